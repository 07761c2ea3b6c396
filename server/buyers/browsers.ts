import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Db } from '#db/client.ts';
import type { Account, WithCookies } from '#server/platform/auth/sessions.ts';
import type { Clock } from '#server/platform/clock.ts';
import { sha256 } from '#server/platform/tokens.ts';
import * as queries from './queries.ts';

export const browserCookie = 'sid';
/** The longest lifetime that browsers allow (RFC 6265bis, 5.5). */
const cookieDays = 400;
const renewAfterDays = 30;
const dayMs = 86_400_000;

export interface Buyers {
  /**
   * Returns the logged-in account's buyer id, else the browser's, or null for a browser without one. With `reply` it
   * renews an old cookie.
   */
  find(visit: WithCookies, account: Account | null, reply?: FastifyReply): Promise<string | null>;
  /** Creates a buyer for a browser and sets its cookie. Returns the buyer's id. */
  create(reply: FastifyReply): Promise<string>;
}

export function createBuyers(db: Db, clock: Clock, publicUrl: string): Buyers {
  function giveCookie(reply: FastifyReply, token: string): void {
    reply.setCookie(browserCookie, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: publicUrl.startsWith('https:'),
      maxAge: cookieDays * 86_400,
    });
  }

  async function ofBrowser({ cookies }: WithCookies, reply?: FastifyReply): Promise<string | null> {
    const token = tokenOf(cookies);
    const browser = token && (await queries.findBrowser(db, sha256(token)));
    if (!browser) return null;
    const now = clock.now();
    const before = new Date(now.getTime() - renewAfterDays * dayMs);
    const isOld = reply && browser.cookieAt < before;
    if (isOld && (await queries.renewCookie(db, browser.id, before, now))) giveCookie(reply, token);
    return browser.buyerId;
  }

  return {
    find: async (visit, account, reply) => account?.buyerId ?? ofBrowser(visit, reply),
    async create(reply) {
      const token = randomBytes(24).toString('base64url');
      giveCookie(reply, token);
      return queries.addBrowser(db, sha256(token), clock.now());
    },
  };
}

/** Returns the hash by which a browser is stored; null if it has no cookie of ours. */
export function tokenHashOf({ cookies }: WithCookies): Buffer | null {
  const token = tokenOf(cookies);
  return token === null ? null : sha256(token);
}

function tokenOf(cookies: WithCookies['cookies']): string | null {
  const token = cookies[browserCookie];
  return token && token.length <= 100 ? token : null;
}
