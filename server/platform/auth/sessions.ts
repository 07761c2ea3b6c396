import { and, eq, gt, lte, or } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Adapter, Lucia, TimeSpan } from 'lucia';
import type { Db } from '#db/client.ts';
import { accounts, accountSessions } from '#db/tables/accounts.ts';
import type { Clock } from '../clock.ts';
import { sha256 } from '../tokens.ts';
import { clearSecretCookie, type SecretCookie, setSecretCookie } from './cookies.ts';

/** A request, or the one that opened a socket. */
export type WithCookies = Pick<FastifyRequest, 'cookies'>;

/** The logged-in account. */
export interface Account {
  id: string;
  email: string;
  name: string;
  company: string | null;
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
    DatabaseSessionAttributes: { role: Account['role'] };
    DatabaseUserAttributes: { account: Account };
  }
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * Idle and absolute timeout by role (OWASP session management cheat sheet). People of vendors and staff see other
 * people's data, so they log in every day; a desk that is open counts as used.
 */
const lives: Record<Account['role'], { idleMs: number; longestMs: number }> = {
  buyer: { idleMs: 14 * dayMs, longestMs: 90 * dayMs },
  agent: { idleMs: 12 * hourMs, longestMs: 7 * dayMs },
  manager: { idleMs: 12 * hourMs, longestMs: 7 * dayMs },
  staff: { idleMs: 12 * hourMs, longestMs: 7 * dayMs },
};

export const sessionCookie: SecretCookie = {
  name: 'session',
  maxAgeSeconds: lives.buyer.longestMs / 1000,
};

export interface Sessions {
  /** Returns the session's account, or null, and extends the session. */
  find(visit: WithCookies): Promise<Account | null>;
  /** Begins a session and ends the browser's former one. Returns the new id, for `setCookie`. */
  begin(tx: Db, visit: WithCookies, account: Pick<Account, 'id' | 'role'>): Promise<string>;
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
      sessionExpiresIn: luciaSpan,
      getUserAttributes: ({ account }) => ({ account }),
    });
  const idOf = ({ cookies }: WithCookies) => {
    const id = cookies[sessionCookie.name];
    return id && /^[a-z0-9]{20,80}$/.test(id) ? id : null;
  };
  return {
    async find(visit) {
      const id = idOf(visit);
      if (!id) return null;
      const { user } = await luciaOn(db).validateSession(id);
      return user?.account ?? null;
    },
    async begin(tx, visit, { id: accountId, role }) {
      const old = idOf(visit);
      if (old) await luciaOn(tx).invalidateSession(old);
      const session = await luciaOn(tx).createSession(accountId, { role });
      return session.id;
    },
    async end(tx, visit) {
      const id = idOf(visit);
      if (id) await luciaOn(tx).invalidateSession(id);
      return id !== null;
    },
    setCookie: (reply, sessionId) => setSecretCookie(reply, publicUrl, sessionCookie, sessionId),
    clearCookie: (reply) => clearSecretCookie(reply, publicUrl, sessionCookie.name),
  };
}

const hashed = (sessionId: string) => sha256(sessionId).toString('base64url');
const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

// Lucia knows one length of sessions, by the machine's clock, and extends a session in the second half of it. The adapter
// translates: sessions live as long as their role's, by the injected clock, and are extended after a twelfth of it.
const luciaSpan = new TimeSpan(14, 'd');
const extendedBelow = 11 / 12;

/** Returns when the session expires, as Lucia counts. */
function luciaExpiry({ expiresAt, account }: { expiresAt: Date; account: Account }, now: Date): Date {
  const left = (expiresAt.getTime() - now.getTime()) / (lives[account.role].idleMs * extendedBelow);
  return new Date(Date.now() + (left * luciaSpan.milliseconds()) / 2);
}

/** Returns an adapter for one visit: it remembers the session that Lucia reads, which it may extend. */
function adapterOf(db: Db, clock: Clock): Adapter {
  let found: { account: Account; endsAt: Date } | undefined;
  const idleEnd = (role: Account['role']) => new Date(clock.now().getTime() + lives[role].idleMs);
  return {
    async getSessionAndUser(id) {
      const now = clock.now();
      const [row] = await db
        .select({
          expiresAt: accountSessions.expiresAt,
          endsAt: accountSessions.endsAt,
          account: accountColumns,
        })
        .from(accountSessions)
        .innerJoin(accounts, eq(accounts.id, accountSessions.accountId))
        .where(
          and(
            eq(accountSessions.idHash, hashed(id)),
            gt(accountSessions.expiresAt, now),
            gt(accountSessions.endsAt, now),
          ),
        );
      if (!row) return [null, null];
      found = row;
      const { account } = row;
      const session = {
        id,
        userId: account.id,
        expiresAt: luciaExpiry(row, now),
        attributes: { role: account.role },
      };
      return [session, { id: account.id, attributes: { account } }];
    },
    // Nothing lists sessions, and their ids aren't stored.
    getUserSessions: () => Promise.resolve([]),
    async setSession({ id, userId, attributes: { role } }) {
      const createdAt = clock.now();
      const endsAt = new Date(createdAt.getTime() + lives[role].longestMs);
      await db
        .insert(accountSessions)
        .values({ idHash: hashed(id), accountId: userId, expiresAt: idleEnd(role), endsAt, createdAt });
    },
    async updateSessionExpiration(id) {
      if (!found) return;
      await db
        .update(accountSessions)
        .set({ expiresAt: earlier(idleEnd(found.account.role), found.endsAt) })
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
  company: accounts.company,
  role: accounts.role,
  locale: accounts.locale,
  buyerId: accounts.buyerId,
  vendorId: accounts.vendorId,
  agentId: accounts.agentId,
};
