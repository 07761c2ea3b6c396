import type { Context } from '#server/context.ts';
import * as queries from './queries.ts';
import { refresh } from './refreshing.ts';

export type { Lease } from './queries.ts';

type Parts = Pick<Context, 'db' | 'clock'>;

/** Opens a lease for a page of an agent's desk. */
export async function open({ db, clock }: Parts, lease: queries.Lease): Promise<void> {
  const now = clock.now();
  await db.transaction(async (tx) => {
    await queries.renewLeases(tx, [lease], now);
    await refresh(tx, [lease.agentId], now);
  });
}

/** Renews leases of open pages. After an expired one the next sweep updates the agent's status. */
export async function renew({ db, clock }: Parts, leases: readonly queries.Lease[]): Promise<void> {
  if (leases.length > 0) await queries.renewLeases(db, leases, clock.now());
}

/** Ends leases of closed pages. Agents go offline after a grace period, because it may be a reload. */
export async function end({ db, clock }: Parts, leases: readonly queries.Lease[]): Promise<void> {
  const connectionIds = leases.map(({ connectionId }) => connectionId);
  if (connectionIds.length > 0) await queries.endLeases(db, connectionIds, clock.now());
}

/** Updates statuses after expired leases and phone windows, and deletes old leases. */
export async function sweep({ db, clock }: Parts): Promise<void> {
  const now = clock.now();
  const agentIds = await queries.outdatedAgents(db, now);
  if (agentIds.length > 0) await db.transaction((tx) => refresh(tx, agentIds, now));
  await queries.deleteExpiredLeases(db, now);
}
