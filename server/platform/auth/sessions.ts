import { and, eq, gt, lte, or } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';
import type { Db } from '#db/client.ts';
import { accounts, accountSessions } from '#db/tables/accounts.ts';
import type { Clock } from '../clock.ts';
import { sha256 } from '../tokens.ts';

/** A request, or the one that opened a socket. */
export type WithCookies = Pick<FastifyRequest, 'cookies'>;

/** The logged-in account. */
export interface Account {
  id: string;
  email: string;
  name: string;
  role: 'buyer' | 'agent' | 'manager' | 'staff';
  locale: string;
  /** Set only for buyers. */
  buyerId: string | null;
  vendorId: number | null;
  agentId: number | null;
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Record<never, never>, { account: Account }>;
    DatabaseSessionAttributes: { endsAt: Date };
    DatabaseUserAttributes: { account: Account };
  }
}

export const sessionCookie = 'session';
/** Idle and absolute timeout (OWASP session management cheat sheet). */
const idleDays = 14;
const longestDays = 90;
const dayMs = 86_400_000;

export interface Sessions {
  /** Returns the session's account, or null, and extends the session. */
  find(visit: WithCookies): Promise<Account | null>;
  /** Begins a session and ends the browser's former one. Returns the new id, for `setCookie`. */
  begin(tx: Db, visit: WithCookies, accountId: string): Promise<string>;
  /** Ends the browser's session. Returns false if it had none. */
  end(tx: Db, visit: WithCookies): Promise<boolean>;
  /** Sets the session's cookie. */
  setCookie(reply: FastifyReply, sessionId: string): void;
  /** Clears the session's cookie. */
  clearCookie(reply: FastifyReply): void;
}

/** Wraps Lucia. The browser has a random id, the database only its SHA-256. */
export function createSessions(db: Db, clock: Clock, publicUrl: string): Sessions {
  const luciaOn = (on: Db) =>
    new Lucia(adapterOf(on, clock), {
      sessionExpiresIn: new TimeSpan(idleDays, 'd'),
      getUserAttributes: ({ account }) => ({ account }),
    });
  const lucia = luciaOn(db);
  const cookie = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
  } as const;
  const idOf = ({ cookies }: WithCookies) => {
    const id = cookies[sessionCookie];
    return id && /^[a-z0-9]{20,80}$/.test(id) ? id : null;
  };
  return {
    async find(visit) {
      const id = idOf(visit);
      if (!id) return null;
      const { user } = await lucia.validateSession(id);
      return user?.account ?? null;
    },
    async begin(tx, visit, accountId) {
      const old = idOf(visit);
      if (old) await luciaOn(tx).invalidateSession(old);
      const endsAt = new Date(clock.now().getTime() + longestDays * dayMs);
      const session = await luciaOn(tx).createSession(accountId, { endsAt });
      return session.id;
    },
    async end(tx, visit) {
      const id = idOf(visit);
      if (id) await luciaOn(tx).invalidateSession(id);
      return id !== null;
    },
    setCookie: (reply, sessionId) =>
      void reply.setCookie(sessionCookie, sessionId, { ...cookie, maxAge: longestDays * 86_400 }),
    clearCookie: (reply) => void reply.clearCookie(sessionCookie, cookie),
  };
}

const hashed = (sessionId: string) => sha256(sessionId).toString('base64url');

const columns = {
  accountId: accountSessions.accountId,
  expiresAt: accountSessions.expiresAt,
  endsAt: accountSessions.endsAt,
};

function adapterOf(db: Db, clock: Clock): Adapter {
  const alive = () => {
    const now = clock.now();
    return and(gt(accountSessions.expiresAt, now), gt(accountSessions.endsAt, now));
  };
  return {
    async getSessionAndUser(id) {
      const [row] = await db
        .select({ ...columns, account: accountColumns })
        .from(accountSessions)
        .innerJoin(accounts, eq(accounts.id, accountSessions.accountId))
        .where(and(eq(accountSessions.idHash, hashed(id)), alive()));
      if (!row) return [null, null];
      const user: DatabaseUser = { id: row.account.id, attributes: { account: row.account } };
      return [sessionOf(id, row), user];
    },
    // The list has hashes as ids, because the ids themselves aren't stored.
    async getUserSessions(accountId) {
      const rows = await db
        .select({ ...columns, idHash: accountSessions.idHash })
        .from(accountSessions)
        .where(and(eq(accountSessions.accountId, accountId), alive()));
      return rows.map((row) => sessionOf(row.idHash, row));
    },
    async setSession({ id, userId, expiresAt, attributes: { endsAt } }) {
      const createdAt = clock.now();
      await db
        .insert(accountSessions)
        .values({ idHash: hashed(id), accountId: userId, expiresAt, endsAt, createdAt });
    },
    async updateSessionExpiration(id, expiresAt) {
      await db
        .update(accountSessions)
        .set({ expiresAt })
        .where(eq(accountSessions.idHash, hashed(id)));
    },
    async deleteSession(id) {
      await db.delete(accountSessions).where(eq(accountSessions.idHash, hashed(id)));
    },
    async deleteUserSessions(accountId) {
      await db.delete(accountSessions).where(eq(accountSessions.accountId, accountId));
    },
    deleteExpiredSessions: () => deleteExpiredSessions(db, clock.now()),
  };
}

/** Deletes expired sessions. */
export async function deleteExpiredSessions(db: Db, now: Date): Promise<void> {
  await db
    .delete(accountSessions)
    .where(or(lte(accountSessions.expiresAt, now), lte(accountSessions.endsAt, now)));
}

const accountColumns = {
  id: accounts.id,
  email: accounts.email,
  name: accounts.name,
  role: accounts.role,
  locale: accounts.locale,
  buyerId: accounts.buyerId,
  vendorId: accounts.vendorId,
  agentId: accounts.agentId,
};

function sessionOf(id: string, row: { accountId: string; expiresAt: Date; endsAt: Date }): DatabaseSession {
  return { id, userId: row.accountId, expiresAt: row.expiresAt, attributes: { endsAt: row.endsAt } };
}
