import type { FastifyBaseLogger } from 'fastify';

export type Log = Pick<FastifyBaseLogger, 'info' | 'warn' | 'error' | 'debug'>;

/** Tokens in addresses are secrets: what is logged shows the route, never the token. */
export function withoutTokens(url: string): string {
  return url.replace(/\/(e|f|follow|enquiry-links)\/[^/?#]+/g, '/$1/…');
}
