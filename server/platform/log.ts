import type { FastifyBaseLogger } from 'fastify';

export type Log = Pick<FastifyBaseLogger, 'info' | 'warn' | 'error' | 'debug'>;

/** Tokens in addresses are secrets: what is logged shows the route, never the token. */
export function withoutTokens(url: string): string {
  return url.replace(/\/(e|f|follow|enquiry-links)\/[^/?#]+/g, '/$1/…');
}

/** What of an error's own fields helps, and never holds what a person wrote. */
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
 * Returns an error as it is logged: what went wrong and where, without what it was about. Errors of libraries carry
 * along the parameters of a statement, the row it would have made, a request with its headers: people's data, and our
 * secrets.
 */
export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const message = messageOf(error);
  const own = error as unknown as Record<string, unknown>;
  const telling = tellingFields.flatMap((name) => (isPlain(own[name]) ? [[name, own[name]]] : []));
  return {
    type: error.name,
    message,
    ...(Object.fromEntries(telling) as Record<string, string | number>),
    stack: (error.stack ?? '').replace(error.message, () => message),
    ...(error.cause === undefined ? {} : { cause: loggedError(error.cause) }),
  };
}

/** Drizzle's message ends with the statement's parameters. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\nparams: ', 1)[0] ?? '';
}

const isPlain = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
