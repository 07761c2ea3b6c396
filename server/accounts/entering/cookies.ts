import type { FastifyReply } from 'fastify';
import type { Context } from '#server/context.ts';
import { knownBrowserCookie, setSecretCookie } from '#server/platform/auth/cookies.ts';
import type { Entry } from './service.ts';

/** Sets the cookies of a browser that was logged in. */
export function setEntryCookies(
  { config, sessions, buyers }: Pick<Context, 'config' | 'sessions' | 'buyers'>,
  reply: FastifyReply,
  { sessionId, browserToken, knownBrowser }: Entry,
): void {
  setSecretCookie(reply, config.publicUrl, knownBrowserCookie, knownBrowser);
  sessions.setCookie(reply, sessionId);
  if (browserToken !== null) buyers.setCookie(reply, browserToken);
}
