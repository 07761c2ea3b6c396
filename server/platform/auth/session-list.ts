import { and, eq, gt, type SQL } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { accountSessions } from '#db/tables/accounts.ts';
import { sha256 } from '../tokens.ts';

/** A session as its owner sees it. */
export interface OwnSession {
  /** Names it; gives no access. */
  id: string;
  idHash: string;
  userAgent: string | null;
  beganAt: Date;
  usedAt: Date;
  isCurrent: boolean;
}

/** Returns the live sessions of an account, the last used first. `current`: the hash of the id of the one that asks. */
export async function listSessions(
  db: Db,
  accountId: string,
  current: string | null,
  now: Date,
): Promise<OwnSession[]> {
  const { expiresAt, endsAt } = accountSessions;
  const rows = await db
    .select()
    .from(accountSessions)
    .where(and(eq(accountSessions.accountId, accountId), gt(expiresAt, now), gt(endsAt, now)));
  return rows
    .map(({ idHash, userAgent, createdAt, usedAt }) => ({
      ...{ id: publicIdOf(idHash), idHash, userAgent },
      ...{ beganAt: createdAt, usedAt: usedAt ?? createdAt, isCurrent: idHash === current },
    }))
    .sort((one, other) => other.usedAt.getTime() - one.usedAt.getTime());
}

/** Returns the sessions of an account as it gets them in a copy of its data. */
export const listAllSessions = (db: Db, accountId: string) =>
  db
    .select({
      ...{ userAgent: accountSessions.userAgent, beganAt: accountSessions.createdAt },
      usedAt: accountSessions.usedAt,
    })
    .from(accountSessions)
    .where(eq(accountSessions.accountId, accountId))
    .orderBy(accountSessions.createdAt);

/** Deletes an account's sessions that meet the condition. */
export async function deleteSessions(db: Db, accountId: string, which: SQL | undefined): Promise<void> {
  await db.delete(accountSessions).where(and(eq(accountSessions.accountId, accountId), which));
}

const publicIdOf = (idHash: string): string =>
  sha256(`public id of ${idHash}`).subarray(0, 16).toString('base64url');
