import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { visitors } from '#db/tables/accounts.ts';
import { sha256 } from '../tokens.ts';

/** A browser that has started something, known by its cookie. */
export interface Visitor {
  id: string;
}

/** What a browser brings along: a request, or a socket since it was opened. */
export type WithCookies = Pick<FastifyRequest, 'cookies'>;

export const visitorCookie = 'sid';
const cookieDays = 400;

export interface Visitors {
  /** Who calls, if it has started something before; reads nothing without a cookie. One statement. */
  find(visit: WithCookies): Promise<Visitor | null>;
  /** Who calls; a newcomer gets a row and a cookie. */
  findOrCreate(request: FastifyRequest, reply: FastifyReply): Promise<Visitor>;
}

export function createVisitors(db: Db, publicUrl: string): Visitors {
  async function find({ cookies }: WithCookies): Promise<Visitor | null> {
    const token = cookies[visitorCookie];
    if (!token || token.length > 100) return null;
    const [visitor] = await db
      .select({ id: visitors.id })
      .from(visitors)
      .where(eq(visitors.tokenHash, sha256(token)));
    return visitor ?? null;
  }
  return {
    find,
    async findOrCreate(request, reply) {
      const known = await find(request);
      if (known) return known;
      const token = randomBytes(24).toString('base64url');
      const [created] = await db
        .insert(visitors)
        .values({ tokenHash: sha256(token) })
        .returning({ id: visitors.id });
      if (!created) throw new Error('the database returned no visitor');
      reply.setCookie(visitorCookie, token, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: publicUrl.startsWith('https:'),
        maxAge: cookieDays * 86_400,
      });
      return created;
    },
  };
}
