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
const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;
const healthPath = /^\/(?:livez|readyz|metrics)(?:\?|$)/;

type Headers = FastifyRequest['headers'];

export const isChange = (method: string | undefined): boolean => !safeMethods.has(method ?? 'GET');

/** Returns whether a request asks for our host, for this machine's own, or for the state of health. */
export function isOwnHost(headers: Headers, url: string, publicUrl: string): boolean {
  const { host = '' } = headers;
  return host.toLowerCase() === new URL(publicUrl).host || loopbackHost.test(host) || healthPath.test(url);
}

/**
 * Returns whether our own page sent a change (OWASP CSRF cheat sheet, fetch metadata). Pages without a referrer send the
 * origin "null", and pages on a loopback address their own, so for these only Sec-Fetch-Site counts.
 */
export function isOwnPage(headers: Headers, publicUrl: string): boolean {
  const { origin, host = '' } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin === new URL(publicUrl).origin) return true;
  if (site === undefined) return false;
  return (
    origin === undefined || origin === 'null' || (loopbackHost.test(host) && origin === `http://${host}`)
  );
}

/** Refuses `foreign_origin` unless one of our own pages sent the change. */
export function requireOwnOrigin(publicUrl: string) {
  return async (request: FastifyRequest): Promise<void> => {
    const isRight =
      !isChange(request.method) || isInProcess(request) || isOwnPage(request.headers, publicUrl);
    if (!isRight) throw refuse('foreign_origin');
  };
}

/** Refuses `unknown_host`, so that no answer is made, or kept by a cache, for a host that isn't ours. */
export function requireOwnHost(publicUrl: string) {
  return async (request: FastifyRequest): Promise<void> => {
    const isRight = isInProcess(request) || isOwnHost(request.headers, request.raw.url ?? '', publicUrl);
    if (!isRight) throw refuse('unknown_host');
  };
}
