import type { FastifyReply } from 'fastify';
import type { App } from '../http.ts';

/** A secret that only this server and the browser know. Code reads it by its name without the prefix. */
export interface SecretCookie {
  name: string;
  maxAgeSeconds: number;
}

/** Lets a browser log in again while others guess at its account. */
export const knownBrowserCookie: SecretCookie = { name: 'known', maxAgeSeconds: 400 * 86_400 };

const isSecure = (publicUrl: string): boolean => publicUrl.startsWith('https:');

/** Names a login whose password was right, so that the browser need not send it again with the second factor. */
export const loginStepCookie: SecretCookie = { name: 'step', maxAgeSeconds: 600 };

/** On https, no sibling host can set or read a cookie with this prefix (RFC 6265bis, 4.1.3.2). */
const nameSent = (name: string, publicUrl: string): string => (isSecure(publicUrl) ? `__Host-${name}` : name);

const optionsFor = (publicUrl: string) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(publicUrl) }) as const;

export function setSecretCookie(
  reply: FastifyReply,
  publicUrl: string,
  { name, maxAgeSeconds }: SecretCookie,
  value: string,
): void {
  reply.setCookie(nameSent(name, publicUrl), value, { ...optionsFor(publicUrl), maxAge: maxAgeSeconds });
}

export function clearSecretCookie(reply: FastifyReply, publicUrl: string, name: string): void {
  reply.clearCookie(nameSent(name, publicUrl), optionsFor(publicUrl));
}

/**
 * Gives routes the cookies by their plain names. On https a browser of a previous release sends the plain name itself:
 * it counts once, and the answer replaces it; beside the prefixed one it counts for nothing.
 */
export function readSecretCookies(app: App, publicUrl: string, cookies: readonly SecretCookie[]): void {
  if (!isSecure(publicUrl)) return;
  app.addHook('onRequest', async (request, reply) => {
    for (const cookie of cookies) {
      const former = request.cookies[cookie.name];
      const value = request.cookies[nameSent(cookie.name, publicUrl)];
      if (former !== undefined) reply.clearCookie(cookie.name, optionsFor(publicUrl));
      if (former !== undefined && value === undefined) setSecretCookie(reply, publicUrl, cookie, former);
      if (value !== undefined) request.cookies[cookie.name] = value;
    }
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether none of our secret cookies names its browser, so that it has written nothing that it could miss. */
    isAnonymous: boolean;
  }
}

/** Sets `isAnonymous`, after `readSecretCookies`. */
export function noteAnonymous(app: App, cookies: readonly SecretCookie[]): void {
  app.decorateRequest('isAnonymous', false);
  app.addHook('onRequest', async (request) => {
    request.isAnonymous = cookies.every(({ name }) => request.cookies[name] === undefined);
  });
}
