import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Db } from '#db/client.ts';
import { type SecretCookie, setSecretCookie } from '#server/platform/auth/cookies.ts';
import type { Account, WithCookies } from '#server/platform/auth/sessions.ts';
import type { Clock } from '#server/platform/clock.ts';
import { sha256 } from '#server/platform/tokens.ts';
import * as queries from './queries.ts';

const dayMs = 86_400_000;
/** A browser that isn't used for so long has ended on the server, too. The longest that browsers allow (RFC 6265bis, 5.5). */
const idleDays = 400;
const renewAfterDays = 30;

export const browserCookie: SecretCookie = { name: 'sid', maxAgeSeconds: (idleDays * dayMs) / 1000 };

export interface Buyers {
  /**
   * Returns the logged-in account's buyer id, else the browser's, or null for a browser without one. With `reply` it
   * renews an old cookie.
   */
  find(visit: WithCookies, account: Account | null, reply?: FastifyReply): Promise<string | null>;
  /** Creates a buyer for a browser and sets its cookie. Returns the buyer's id. */
  create(reply: FastifyReply): Promise<string>;
  /** Sets the browser's cookie to a new token. */
  setCookie(reply: FastifyReply, token: string): void;
}

export function createBuyers(db: Db, clock: Clock, publicUrl: string): Buyers {
  const setCookie: Buyers['setCookie'] = (reply, token) =>
    setSecretCookie(reply, publicUrl, browserCookie, token);

  async function ofBrowser({ cookies }: WithCookies, reply?: FastifyReply): Promise<string | null> {
    const token = tokenOf(cookies);
    const now = clock.now();
    const usedSince = new Date(now.getTime() - idleDays * dayMs);
    const browser = token && (await queries.findBrowser(db, sha256(token), usedSince));
    if (!browser) return null;
    const before = new Date(now.getTime() - renewAfterDays * dayMs);
    const isOld = reply && browser.cookieAt < before;
    if (isOld && (await queries.renewCookie(db, browser.id, before, now))) setCookie(reply, token);
    return browser.buyerId;
  }

  return {
    find: async (visit, account, reply) => account?.buyerId ?? ofBrowser(visit, reply),
    async create(reply) {
      const token = newToken();
      setCookie(reply, token);
      return queries.addBrowser(db, sha256(token), clock.now());
    },
    setCookie,
  };
}

/** Returns a secret of 192 bits for a browser's cookie. */
export const newToken = (): string => randomBytes(24).toString('base64url');

/** Returns the hash by which a browser is stored; null if it has no cookie of ours. */
export function tokenHashOf({ cookies }: WithCookies): Buffer | null {
  const token = tokenOf(cookies);
  return token === null ? null : sha256(token);
}

function tokenOf(cookies: WithCookies['cookies']): string | null {
  const token = cookies[browserCookie.name];
  return token && token.length <= 100 ? token : null;
}
