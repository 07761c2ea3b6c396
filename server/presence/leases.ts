import type { Context } from '#server/context.ts';
import * as queries from './queries.ts';
import { refresh } from './refreshing.ts';

export type { Lease } from './queries.ts';

type Parts = Pick<Context, 'db' | 'clock'>;

/** A page of the agent's desk is open from now on. */
export async function open({ db, clock }: Parts, lease: queries.Lease): Promise<void> {
  const now = clock.now();
  await db.transaction(async (tx) => {
    await queries.renewLeases(tx, [lease], now);
    await refresh(tx, [lease.agentId], now);
  });
}

/** These pages are still open. An agent that was given up meanwhile is back at the next sweep. One statement. */
export async function renew({ db, clock }: Parts, leases: readonly queries.Lease[]): Promise<void> {
  if (leases.length > 0) await queries.renewLeases(db, leases, clock.now());
}

/** These pages are gone: reloaded, perhaps, so their agents have the grace before they are offline. One statement. */
export async function end({ db, clock }: Parts, leases: readonly queries.Lease[]): Promise<void> {
  const connectionIds = leases.map(({ connectionId }) => connectionId);
  if (connectionIds.length > 0) await queries.endLeases(db, connectionIds, clock.now());
}

/** What time alone has changed: statuses of leases and phone windows that ran out; leases that mean nothing any more. */
export async function sweep({ db, clock }: Parts): Promise<void> {
  const now = clock.now();
  const agentIds = await queries.outdated(db, now);
  if (agentIds.length > 0) await db.transaction((tx) => refresh(tx, agentIds, now));
  await queries.forgetLeases(db, now);
}
