import { fullFormats } from 'ajv-formats/dist/formats.js';

// The formats of schemas, for fields that are checked together with others after their schema.

type Check = (text: string) => boolean;
const checkOf = (name: 'date' | 'date-time'): Check => {
  const format = fullFormats[name];
  if (typeof format === 'object' && 'validate' in format) return format.validate as Check;
  throw new Error(`no check of ${name}`);
};

/** Returns whether the text is a date, `YYYY-MM-DD`. */
export const isDay = checkOf('date');

/** Returns whether the text is a date and time with its offset from UTC (RFC 3339). */
export const isInstant = checkOf('date-time');
