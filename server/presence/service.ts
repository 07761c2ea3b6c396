import type { Db } from '#db/client.ts';
import { rowId } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import { announce } from '#server/platform/realtime.ts';
import { hasLiveWorker, workersKey } from '#server/platform/workers.ts';
import * as vendors from '#server/vendors/service.ts';
import * as queries from './queries.ts';
import { agentKey, recompute } from './refreshing.ts';
import { refuse, refuseField } from './refusals.ts';
import { phoneWindowFault, worksFrom } from './rules.ts';
import type { AgentState, Declared, OwnStatus, ProductAgents, SetStatusBody } from './schema.ts';

export { createLeaseKeeper } from './keeper.ts';
export { refresh } from './refreshing.ts';

/** Returns those of the agents who can take a call at `now`, longest-available first. Ignores the stored status. */
export async function freeAmong(tx: Db, agentIds: readonly number[], now: Date): Promise<number[]> {
  return agentIds.length === 0 ? [] : queries.freeAgents(tx, agentIds, now);
}

/**
 * Sets the agent's declared status, and makes an unreachable one reachable. Refuses `time_not_ahead` unless `until` is
 * within 24 hours, and `invalid_input` with another status than `available`.
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

/** Makes agents available by phone until a time. For the demo. */
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
  await queries.lockPresence(tx, agentIds, now);
  await queries.setDeclared(tx, agentIds, declaration, now);
  await recompute(tx, agentIds, now);
  // Always notify, because desks show more than the status.
  await announce(tx, agentIds.map(agentKey));
}

/** A call's effects on its agents. */
export interface CallChanges {
  /** Agents who were reserved, are busy for longer, or were released. */
  busyChanged: readonly number[];
  acceptedBy: readonly number[];
  missedBy: readonly number[];
}

/**
 * Counts missed calls and updates the status of a call's agents. The second miss in a row makes an agent unreachable.
 * Locks all presence rows first, by id, to avoid deadlocks.
 */
export async function refreshAfterCall(
  tx: Db,
  { busyChanged, acceptedBy, missedBy }: CallChanges,
  now: Date,
): Promise<void> {
  const agentIds = [...new Set([...busyChanged, ...acceptedBy, ...missedBy])];
  if (agentIds.length === 0) return;
  await queries.lockPresence(tx, agentIds, now);
  for (const agentId of acceptedBy) await queries.resetMisses(tx, agentId);
  for (const agentId of missedBy) await queries.countMiss(tx, agentId, now);
  await recompute(tx, agentIds, now);
  await announce(tx, missedBy.map(agentKey));
}

/** Returns the agent's status, with the last digits of their number. Refuses `not_found`. */
export async function ownStatus(db: Db, agentId: number, now: Date): Promise<OwnStatus> {
  const row = await queries.findOwnStatus(db, agentId);
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

/** Returns the agents' public data, sales first, then by name. */
export async function statesOf(db: Db, agentIds: readonly number[], now: Date): Promise<AgentState[]> {
  if (agentIds.length === 0) return [];
  const rows = await queries.publicAgents(db, agentIds);
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

/** Returns the public data of the responsible agents, sales first, by offer id. */
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

/** Returns whether calls can be made: not where calling is off, nor while no worker lives. */
export const canCall = async ({ db, telephony }: Pick<Context, 'db' | 'telephony'>): Promise<boolean> =>
  telephony !== null && hasLiveWorker(db);

/** Returns the snapshot of topic `product:<id>`; null for an unknown product. */
export async function productTopic(
  { db, clock, telephony }: Pick<Context, 'db' | 'clock' | 'telephony'>,
  productId: string,
): Promise<{ state: ProductAgents; dependsOn: string[] } | null> {
  const offerIds = rowId(productId) === null ? null : await queries.offersOf(db, productId);
  if (!offerIds) return null;
  const byOffer = await agentsOf(db, offerIds, clock.now());
  const agents = new Map([...byOffer.values()].flat().map((agent) => [agent.id, agent]));
  return {
    state: { agents: [...agents.values()], calling: await canCall({ db, telephony }) },
    dependsOn: [workersKey, ...[...agents.keys()].map((id) => `agent:${id}`)],
  };
}

/** Converts PostgreSQL's text of an instant to ISO 8601 in UTC. */
function instant(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}
