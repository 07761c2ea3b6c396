import { randomBytes } from 'node:crypto';
import { and, eq, gt, lte, or } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
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
  role: 'buyer' | 'agent' | 'manager' | 'staff';
  locale: string;
  /** Set only for buyers. */
  buyerId: string | null;
  vendorId: number | null;
  agentId: number | null;
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

/** Keeps sessions in the database. The browser has a random id of 160 bits, the database only its SHA-256. */
export function createSessions(db: Db, clock: Clock, publicUrl: string): Sessions {
  const idOf = ({ cookies }: WithCookies) => {
    const id = cookies[sessionCookie.name];
    return id && /^[a-z0-9]{20,80}$/.test(id) ? id : null;
  };
  return {
    async find(visit) {
      const id = idOf(visit);
      const now = clock.now();
      const session = id && (await findSession(db, hashed(id), now));
      if (!session) return null;
      const { account, expiresAt, endsAt } = session;
      const { idleMs } = lives[account.role];
      // Not at every use, to save writes: for people of vendors once an hour.
      if (expiresAt.getTime() - now.getTime() < (idleMs * 11) / 12) {
        await extendSession(db, hashed(id), earlier(new Date(now.getTime() + idleMs), endsAt));
      }
      return account;
    },
    async begin(tx, visit, { id: accountId, role }) {
      const old = idOf(visit);
      if (old) await deleteSession(tx, hashed(old));
      const id = randomBytes(20).toString('hex');
      const createdAt = clock.now();
      const { idleMs, longestMs } = lives[role];
      const expiresAt = new Date(createdAt.getTime() + idleMs);
      const endsAt = new Date(createdAt.getTime() + longestMs);
      await tx
        .insert(accountSessions)
        .values({ idHash: hashed(id), accountId, expiresAt, endsAt, createdAt });
      return id;
    },
    async end(tx, visit) {
      const id = idOf(visit);
      if (id) await deleteSession(tx, hashed(id));
      return id !== null;
    },
    setCookie: (reply, sessionId) => setSecretCookie(reply, publicUrl, sessionCookie, sessionId),
    clearCookie: (reply) => clearSecretCookie(reply, publicUrl, sessionCookie.name),
  };
}

const hashed = (sessionId: string) => sha256(sessionId).toString('base64url');
const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

async function findSession(db: Db, idHash: string, now: Date) {
  const [session] = await db
    .select({
      expiresAt: accountSessions.expiresAt,
      endsAt: accountSessions.endsAt,
      account: accountColumns,
    })
    .from(accountSessions)
    .innerJoin(accounts, eq(accounts.id, accountSessions.accountId))
    .where(
      and(
        eq(accountSessions.idHash, idHash),
        gt(accountSessions.expiresAt, now),
        gt(accountSessions.endsAt, now),
      ),
    );
  return session ?? null;
}

async function extendSession(db: Db, idHash: string, expiresAt: Date): Promise<void> {
  await db.update(accountSessions).set({ expiresAt }).where(eq(accountSessions.idHash, idHash));
}

async function deleteSession(db: Db, idHash: string): Promise<void> {
  await db.delete(accountSessions).where(eq(accountSessions.idHash, idHash));
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
