import { and, eq, gt, lte, ne, or } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Adapter, Lucia, TimeSpan } from 'lucia';
import type { Db } from '#db/client.ts';
import { accounts, accountSessions } from '#db/tables/accounts.ts';
import { companyMembers } from '#db/tables/companies.ts';
import type { companyRoles } from '#server/common/enums/companies.ts';
import type { Clock } from '../clock.ts';
import type { ChangeKey } from '../realtime.ts';
import { sha256 } from '../tokens.ts';
import { clearSecretCookie, type SecretCookie, setSecretCookie } from './cookies.ts';
import { deleteSessions, listSessions, type OwnSession } from './session-list.ts';

/** A request, or the one that opened a socket. */
export type WithCookies = Pick<FastifyRequest, 'cookies'>;

/** A request that logs a browser in. */
export type Visit = Pick<FastifyRequest, 'cookies' | 'headers'>;

/** The company that a person belongs to, and what they may do in it. */
export interface Member {
  companyId: string;
  role: (typeof companyRoles)[number];
}

/** The logged-in account. */
export interface Account {
  id: string;
  email: string;
  name: string;
  company: string | null;
  role: 'buyer' | 'agent' | 'manager' | 'staff';
  locale: string;
  /** In which amounts are shown, or "listed"; null: not chosen. */
  currency: string | null;
  /** Set only for buyers. */
  buyerId: string | null;
  vendorId: number | null;
  agentId: number | null;
  /** Null: the person belongs to no company. */
  member: Member | null;
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Record<never, never>, { account: Account }>;
    DatabaseSessionAttributes: { role: Account['role']; userAgent: string | null };
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
  begin(tx: Db, visit: Visit, account: Pick<Account, 'id' | 'role'>): Promise<string>;
  /** Ends the browser's session. Returns false if it had none. */
  end(tx: Db, visit: WithCookies): Promise<boolean>;
  /** Returns the sessions of an account, the last used first. */
  list(visit: WithCookies, accountId: string): Promise<OwnSession[]>;
  /** Ends one of an account's sessions. Returns false if it has none with this public id. */
  endOne(accountId: string, publicId: string): Promise<boolean>;
  /** Ends an account's sessions, except that of `visit`. */
  endAll(tx: Db, accountId: string, visit?: WithCookies): Promise<void>;
  /** Returns the key of the change that is announced when the browser's session ends; null: it has none. */
  keyOf(visit: WithCookies): ChangeKey | null;
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
  const hashOf = (visit: WithCookies): string | null => {
    const id = idOf(visit);
    return id && hashed(id);
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
      const session = await luciaOn(tx).createSession(accountId, {
        role,
        userAgent: visit.headers['user-agent']?.slice(0, 500) ?? null,
      });
      return session.id;
    },
    async end(tx, visit) {
      const id = idOf(visit);
      if (id) await luciaOn(tx).invalidateSession(id);
      return id !== null;
    },
    list: (visit, accountId) => listSessions(db, accountId, hashOf(visit), clock.now()),
    async endOne(accountId, publicId) {
      const own = await listSessions(db, accountId, null, clock.now());
      const session = own.find(({ id }) => id === publicId);
      if (session) await deleteSessions(db, accountId, eq(accountSessions.idHash, session.idHash));
      return session !== undefined;
    },
    async endAll(tx, accountId, visit) {
      const own = visit && hashOf(visit);
      await deleteSessions(tx, accountId, own ? ne(accountSessions.idHash, own) : undefined);
    },
    keyOf(visit) {
      const idHash = hashOf(visit);
      // A trigger of the table announces it, so that no path that ends a session can forget to.
      return idHash === null ? null : `session:${idHash}`;
    },
    setCookie: (reply, sessionId) => setSecretCookie(reply, publicUrl, sessionCookie, sessionId),
    clearCookie: (reply) => clearSecretCookie(reply, publicUrl, sessionCookie.name),
  };
}

const hashed = (sessionId: string) => sha256(sessionId).toString('base64url');
const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

// Lucia knows one length of sessions, by the machine's clock, and extends a session in the second half of it. The adapter
// translates: sessions live as long as their role's, by the injected clock, and are extended after an hour.
const luciaSpan = new TimeSpan(14, 'd');
/** `usedAt` is right to this. */
const extendedAfterMs = hourMs;

/** Returns when the session expires, as Lucia counts. */
function luciaExpiry({ expiresAt, account }: { expiresAt: Date; account: Account }, now: Date): Date {
  const left = (expiresAt.getTime() - now.getTime()) / (lives[account.role].idleMs - extendedAfterMs);
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
          member: { companyId: companyMembers.companyId, role: companyMembers.role },
        })
        .from(accountSessions)
        .innerJoin(accounts, eq(accounts.id, accountSessions.accountId))
        .leftJoin(companyMembers, eq(companyMembers.buyerId, accounts.buyerId))
        .where(
          and(
            eq(accountSessions.idHash, hashed(id)),
            gt(accountSessions.expiresAt, now),
            gt(accountSessions.endsAt, now),
          ),
        );
      if (!row) return [null, null];
      const account = { ...row.account, member: row.member };
      found = { account, endsAt: row.endsAt };
      const session = {
        id,
        userId: account.id,
        expiresAt: luciaExpiry({ expiresAt: row.expiresAt, account }, now),
        attributes: { role: account.role, userAgent: null },
      };
      return [session, { id: account.id, attributes: { account } }];
    },
    // Their ids aren't stored.
    getUserSessions: () => Promise.resolve([]),
    async setSession({ id, userId, attributes: { role, userAgent } }) {
      const createdAt = clock.now();
      const endsAt = new Date(createdAt.getTime() + lives[role].longestMs);
      await db.insert(accountSessions).values({
        ...{ idHash: hashed(id), accountId: userId, userAgent },
        ...{ expiresAt: idleEnd(role), endsAt, createdAt },
      });
    },
    async updateSessionExpiration(id) {
      if (!found) return;
      await db
        .update(accountSessions)
        .set({ expiresAt: earlier(idleEnd(found.account.role), found.endsAt), usedAt: clock.now() })
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
  currency: accounts.currency,
  buyerId: accounts.buyerId,
  vendorId: accounts.vendorId,
  agentId: accounts.agentId,
};
