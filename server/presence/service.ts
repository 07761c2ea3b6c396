import type { Db } from '#db/client.ts';
import { rowId } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import { announce } from '#server/platform/realtime.ts';
import * as vendors from '#server/vendors/service.ts';
import * as queries from './queries.ts';
import { keyOf, recompute } from './refreshing.ts';
import { refuse, refuseField } from './refusals.ts';
import { phoneWindowFault, worksFrom } from './rules.ts';
import type { AgentState, Declared, OwnStatus, ProductAgents, SetStatusBody } from './schema.ts';

export { createKeeper } from './keeper.ts';
export { refresh } from './refreshing.ts';

/**
 * Returns those of the agents who can take a call at `now` (whatever the stored status says): available and with a
 * phone, the longest available first.
 */
export async function freeAmong(tx: Db, agentIds: readonly number[], now: Date): Promise<number[]> {
  return agentIds.length === 0 ? [] : queries.free(tx, agentIds, now);
}

/**
 * Returns what the agent says of itself; with `until` it stays available by phone till then, with no page open. Makes
 * an unreachable agent reachable again. Throws 422 for an end that isn't ahead and within 24 hours, or not
 * `available`.
 */
export async function declare(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  agentId: number,
  { status, until }: SetStatusBody,
): Promise<OwnStatus> {
  const now = clock.now();
  const phoneUntil = until === undefined ? null : new Date(until);
  const fault = phoneWindowFault(status, phoneUntil, now);
  if (fault === 'time_not_ahead') throw refuseField('until', fault);
  if (fault) {
    const message = 'goes with "available" only';
    throw refuse('invalid_input', { errors: [{ path: 'until', code: fault, message }] });
  }
  return db.transaction(async (tx) => {
    await declareAs(tx, [agentId], { declared: status, phoneUntil }, now);
    return ownStatus(tx, agentId, now);
  });
}

/** Many agents at once, available by phone until a time: how the demo staffs its vendors. */
export async function declareMany(
  db: Db,
  agentIds: readonly number[],
  phoneUntil: Date,
  now: Date,
): Promise<void> {
  if (agentIds.length === 0) return;
  await db.transaction((tx) => declareAs(tx, agentIds, { declared: 'available', phoneUntil }, now));
}

async function declareAs(
  tx: Db,
  agentIds: readonly number[],
  declaration: { declared: Declared; phoneUntil: Date | null },
  now: Date,
): Promise<void> {
  await queries.lock(tx, agentIds, now);
  await queries.declare(tx, agentIds, declaration, now);
  await recompute(tx, agentIds, now);
  // The agent's desk shows more than the status: notify it in any case.
  await announce(tx, agentIds.map(keyOf));
}

/** What a call changed about its agents. */
export interface CallChanges {
  /** Reserved for it, kept busy longer by it, or released from it. */
  busyChanged: readonly number[];
  acceptedBy: readonly number[];
  missedBy: readonly number[];
}

/**
 * Counts misses and recomputes the status of a call's agents. The second miss in a row makes an agent unreachable; an
 * accepted call resets the count. Locks all their presence rows first, in the order of their ids: no deadlock.
 */
export async function refreshAfterCall(
  tx: Db,
  { busyChanged, acceptedBy, missedBy }: CallChanges,
  now: Date,
): Promise<void> {
  const agentIds = [...new Set([...busyChanged, ...acceptedBy, ...missedBy])];
  if (agentIds.length === 0) return;
  await queries.lock(tx, agentIds, now);
  for (const agentId of acceptedBy) await queries.resetMisses(tx, agentId);
  for (const agentId of missedBy) await queries.countMiss(tx, agentId, now);
  await recompute(tx, agentIds, now);
  await announce(tx, missedBy.map(keyOf));
}

/** Returns the agent's own status, with the last digits of its own phone. Throws 404 for an unknown agent. */
export async function ownStatus(db: Db, agentId: number, now: Date): Promise<OwnStatus> {
  const row = await queries.own(db, agentId);
  if (!row) throw refuse('not_found');
  return {
    status: row.status,
    since: instant(row.since) ?? now.toISOString(),
    declared: row.declared,
    phoneUntil: instant(row.phoneUntil),
    unreachableSince: instant(row.unreachableSince),
    phoneEnding: row.phone?.slice(-4) ?? null,
  };
}

/** Returns the agents as everyone is shown them, sales first, then by name. */
export async function statesOf(db: Db, agentIds: readonly number[], now: Date): Promise<AgentState[]> {
  if (agentIds.length === 0) return [];
  const rows = await queries.shown(db, agentIds);
  return rows.map((row) => ({
    id: String(row.agentId),
    vendorId: row.vendorId,
    name: row.name,
    kind: row.kind,
    languages: row.languages,
    status: row.status,
    since: instant(row.since),
    worksFrom: worksFrom(row.hours, row.timeZone, now)?.toISOString() ?? null,
  }));
}

/** Returns who answers for each of the offers, as shown, by offer id; sales first. */
export async function agentsOf(
  db: Db,
  offerIds: readonly number[],
  now: Date,
): Promise<Map<number, AgentState[]>> {
  const responsible = await vendors.responsibleAgents(db, offerIds);
  const states = await statesOf(db, [...new Set(responsible.map(({ agentId }) => agentId))], now);
  const byId = new Map(states.map((state) => [state.id, state]));
  const found = new Map<number, AgentState[]>(offerIds.map((id) => [id, []]));
  for (const { offerId, agentId } of responsible) {
    const state = byId.get(String(agentId));
    if (state) found.get(offerId)?.push(state);
  }
  return found;
}

/** Returns the snapshot of topic `product:<id>`; null for an unknown product. */
export async function productTopic(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  productId: string,
): Promise<{ state: ProductAgents; dependsOn: string[] } | null> {
  const offerIds = rowId(productId) === null ? null : await queries.offersOf(db, productId);
  if (!offerIds) return null;
  const byOffer = await agentsOf(db, offerIds, clock.now());
  const agents = new Map([...byOffer.values()].flat().map((agent) => [agent.id, agent]));
  return {
    state: { agents: [...agents.values()] },
    dependsOn: [...agents.keys()].map((id) => `agent:${id}`),
  };
}

/** PostgreSQL's text of an instant -> ISO 8601 in UTC. */
function instant(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}
