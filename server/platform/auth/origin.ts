import type { FastifyRequest } from 'fastify';
import { refuse } from '../errors.ts';
import { isInProcess } from '../in-process.ts';

/** Returns the key by which limits count a client; for in-process calls that of the page's visitor. */
export const clientAddress = (request: FastifyRequest): string => networkOf(request.ip);

/** Returns an IPv4 address, or the /64 of an IPv6 one, which usually belongs to one customer. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [before = '', after] = address.split('::');
  const head = before.split(':').filter(Boolean);
  const tail = after?.split(':').filter(Boolean) ?? [];
  const left = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
  return [...head, ...left, ...tail]
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Prevents CSRF: changes need Sec-Fetch-Site or Origin of our own pages (OWASP CSRF cheat sheet, fetch metadata).
 * Refuses `foreign_origin`.
 */
export function requireOwnOrigin(publicUrl: string) {
  return async (request: FastifyRequest): Promise<void> => {
    if (safeMethods.has(request.method) || isInProcess(request)) return;
    const site = request.headers['sec-fetch-site'];
    if (site === 'same-origin') return;
    const { origin } = request.headers;
    if (site === undefined && origin !== undefined && isOwn(origin, request, publicUrl)) return;
    throw refuse('foreign_origin');
  };
}

function isOwn(origin: string, request: FastifyRequest, publicUrl: string): boolean {
  return (
    origin === publicUrl || (origin.startsWith('http') && origin.split('://')[1] === request.headers.host)
  );
}
