import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Db } from '#db/client.ts';
import type { Account, Sessions, WithCookies } from '#server/platform/auth/sessions.ts';
import type { Clock } from '#server/platform/clock.ts';
import { sha256 } from '#server/platform/tokens.ts';
import * as queries from './queries.ts';

export const browserCookie = 'sid';
/** Browsers keep no cookie for longer (RFC 6265bis, 5.5). */
const cookieDays = 400;
const renewAfterDays = 30;
const dayMs = 86_400_000;

/** What is known of a visit beforehand. */
interface Known {
  /** Who is logged in; left out: not looked up yet. */
  account?: Account | null;
  /** Where an old cookie is renewed; left out: nowhere. */
  reply?: FastifyReply;
}

export interface Buyers {
  /**
   * Returns the id of the buyer that a visit acts for: the account's when a buyer is logged in, else the browser's; null
   * for a browser that has started nothing.
   */
  find(visit: WithCookies, known?: Known): Promise<string | null>;
  /** Does the same for a browser that starts something: without a buyer it gets one, and a cookie. */
  findOrCreate(request: FastifyRequest, reply: FastifyReply, known?: Known): Promise<string>;
}

export function createBuyers(db: Db, clock: Clock, sessions: Sessions, publicUrl: string): Buyers {
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

  async function find(visit: WithCookies, { account, reply }: Known = {}): Promise<string | null> {
    const loggedIn = account === undefined ? await sessions.find(visit) : account;
    return loggedIn?.buyerId ?? ofBrowser(visit, reply);
  }

  return {
    find,
    async findOrCreate(request, reply, known) {
      const found = await find(request, { reply, ...known });
      if (found) return found;
      const token = randomBytes(24).toString('base64url');
      giveCookie(reply, token);
      return queries.addBrowser(db, sha256(token), clock.now());
    },
  };
}

function tokenOf(cookies: WithCookies['cookies']): string | null {
  const token = cookies[browserCookie];
  return token && token.length <= 100 ? token : null;
}
