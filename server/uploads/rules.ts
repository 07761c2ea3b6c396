import { uploadTypes } from '#server/common/enums/uploads.ts';

/** Limits of one owner. */
export const unusedAtOnce = 50;
export const perHour = { max: 120, windowSeconds: 3_600 };

const dayMs = 86_400_000;

/** What was uploaded before and isn't used is removed. */
export const unusedBefore = (now: Date): Date => new Date(now.getTime() - dayMs);

/** Of the keys in the storage. */
export const keyFolder = 'uploads';
export const keyOf = (id: string): string => `${keyFolder}/${id}`;

const longestName = 150;

/**
 * Returns a file's name without folders and control characters, with an ending that belongs to its type: "a.exe" that is
 * a picture becomes "a.exe.png".
 */
export function nameFor(given: string, type: string): string {
  const plain = given
    .toWellFormed()
    // Controls, and marks that make "gpj.exe" look like "exe.jpg".
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, '')
    .replace(/^.*[/\\]/, '')
    .replace(/["<>|:*?]+/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const endings = uploadTypes[type] ?? [];
  const ending = endings.find((each) => plain.toLowerCase().endsWith(`.${each}`)) ?? endings[0] ?? 'bin';
  const stem = plain.toLowerCase().endsWith(`.${ending}`) ? plain.slice(0, -ending.length - 1) : plain;
  return `${[...stem].slice(0, longestName).join('').trim() || 'file'}.${ending}`;
}

// What browsers or drawing programs would run, at the beginning or anywhere.
const markup = /<\s*(?:!doctype|!entity|\?xml|\?php|html|head|body|script|svg|iframe|object|embed|meta)\b/i;
const harmless = new Set([...'\t\n\f\r\u001b'].map((sign) => sign.charCodeAt(0)));
const firstPrintable = 32;
const del = 127;

function hasControls(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === del || (code < firstPrintable && !harmless.has(code))) return true;
  }
  return false;
}

/**
 * Returns the media type of a text by its content, null for one that isn't taken: markup, scripts and binary data. Table
 * or not is all that its name decides. `text`: its bytes as Latin-1.
 */
export function typeOfText(text: string, name: string): string | null {
  if (hasControls(text) || markup.test(text) || text.startsWith('#!')) return null;
  const begins = text.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (begins.startsWith('ISO-10303-21;')) return 'model/step';
  if (/^0\s*\r?\n\s*SECTION\b/.test(begins) || /^999\r?\n[^\n]*\n\s*0\s*\r?\n\s*SECTION\b/.test(begins))
    return 'image/vnd.dxf';
  return name.toLowerCase().endsWith('.csv') ? 'text/csv' : 'text/plain';
}
