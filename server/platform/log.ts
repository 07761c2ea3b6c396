import type { FastifyBaseLogger } from 'fastify';
import { isReadOnly, outageOf } from '#db/outage.ts';

export type Log = Pick<FastifyBaseLogger, 'info' | 'warn' | 'error' | 'debug'>;

/** Removes tokens, which are secrets, from a URL to be logged. */
export function withoutTokens(url: string): string {
  return url.replace(
    /\/(e|f|s|follow|enquiry-links|complaint-links|shared-solutions|verify|reset|undo|password-resets|invitations?)\/[^/?#]+/g,
    '/$1/…',
  );
}

/** Fields of errors that are useful and never contain personal data. */
const tellingFields = [
  'code',
  'status',
  'statusCode',
  'responseCode',
  'syscall',
  'table_name',
  'constraint_name',
];

interface LoggedError extends Record<string, unknown> {
  type: string;
  message: string;
  stack: string;
}

/**
 * Returns an error for the log. Leaves out other fields, because libraries attach SQL parameters, rows and request
 * headers: personal data and secrets.
 */
export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const message = messageOf(error);
  const outage = outageOf(error);
  const own = error as unknown as Record<string, unknown>;
  const telling = tellingFields.flatMap((name) => (isPlain(own[name]) ? [[name, own[name]]] : []));
  return {
    type: error.name,
    message,
    ...(Object.fromEntries(telling) as Record<string, string | number>),
    // Everything fails while the database is away, and no stack says why.
    stack: outage && !isReadOnly(outage) ? '' : (error.stack ?? '').replace(error.message, () => message),
    ...(error.cause === undefined ? {} : { cause: loggedError(error.cause) }),
  };
}

/** Returns an error's message without the SQL parameters that Drizzle appends. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\nparams: ', 1)[0] ?? '';
}

const isPlain = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
