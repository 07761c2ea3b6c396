import type { Db } from '#db/client.ts';
import * as presence from '#server/presence/service.ts';
import * as vendors from '#server/vendors/service.ts';
import type { Leg } from './leg-status.ts';
import type { LockedCall } from './locked-call.ts';
import { isMetered } from './metering.ts';
import * as queries from './queries.ts';
import { mostAgents, tryingSeconds } from './rules.ts';

/**
 * Reserves the next agent: responsible for the offer and kind, free and not tried yet; first the one the buyer chose,
 * then the one free longest. Returns null if none is left or enough were tried.
 */
export async function reserveNextAgent(locked: LockedCall): Promise<Leg | null> {
  const { tx, call, legs, now } = locked;
  const tried = triedAgents(legs);
  if (hasTriedEnough(call, tried, now)) return null;
  const kept = await releaseKeptAgent(locked, tried);
  for (const agentId of await candidateAgents(tx, call, tried, kept, now)) {
    const leg = await queries.reserveAgent(tx, call.id, agentId, now);
    if (!leg) continue;
    legs.push(leg);
    call.agentId = agentId;
    locked.busyChanged.push(agentId);
    return leg;
  }
  return null;
}

export type Wanted = Pick<
  queries.CallRow,
  'offerId' | 'kind' | 'callBackId' | 'wantedAgentId' | 'requestedAt'
>;

const triedAgents = (legs: readonly Pick<Leg, 'agentId'>[]): number[] =>
  legs.flatMap(({ agentId }) => agentId ?? []);

const hasTriedEnough = (call: Wanted, tried: readonly number[], now: Date): boolean =>
  tried.length >= mostAgents || now.getTime() - call.requestedAt.getTime() >= tryingSeconds * 1000;

/** Returns the agent who was kept for the buyer after a call was cut off; null if there is none. */
async function releaseKeptAgent(locked: LockedCall, tried: readonly number[]): Promise<number | null> {
  const { tx, call, now } = locked;
  if (!isMetered(call) || tried.length > 0) return null;
  const ids = (await responsibleFor(tx, call)).map(({ agentId }) => agentId);
  const kept = await queries.releaseKept(tx, call.buyerId, ids, now);
  if (kept !== null) locked.busyChanged.push(kept);
  return kept;
}

async function candidateAgents(
  db: Db,
  call: Wanted,
  tried: number[],
  kept: number | null,
  now: Date,
): Promise<number[]> {
  const { callBackId, wantedAgentId } = call;
  // An agent who calls back is at the phone, whatever their status, and nobody else is tried.
  if (callBackId) return wantedAgentId === null || tried.length > 0 ? [] : [wantedAgentId];
  const responsible = await responsibleFor(db, call);
  const untried = responsible.flatMap(({ agentId }) => (tried.includes(agentId) ? [] : agentId));
  return wantedFirst(await presence.freeAmong(db, untried, now), kept ?? wantedAgentId);
}

const wantedFirst = (free: number[], wanted: number | null): number[] =>
  wanted !== null && free.includes(wanted) ? [wanted, ...free.filter((id) => id !== wanted)] : free;

async function responsibleFor(db: Db, { offerId, kind }: Pick<Wanted, 'offerId' | 'kind'>) {
  return (await vendors.responsibleAgents(db, [offerId])).filter((agent) => agent.kind === kind);
}

/** Returns the responsible agent who would be tried next; null if none would. */
export async function nextAmong(
  db: Db,
  call: Wanted,
  responsible: readonly Pick<vendors.ResponsibleAgent, 'agentId' | 'name'>[],
  tried: readonly number[],
  now: Date,
): Promise<{ name: string } | null> {
  if (call.callBackId || hasTriedEnough(call, tried, now)) return null;
  const untried = responsible.flatMap(({ agentId }) => (tried.includes(agentId) ? [] : agentId));
  const [first] = wantedFirst(await presence.freeAmong(db, untried, now), call.wantedAgentId);
  const name = responsible.find(({ agentId }) => agentId === first)?.name;
  return name === undefined ? null : { name };
}

/** Returns the agent who would be tried next, and all agents on whom that depends. */
export async function nextAgent(
  db: Db,
  call: Wanted,
  legs: readonly Pick<Leg, 'agentId'>[],
  now: Date,
): Promise<{ next: { name: string } | null; responsible: number[] }> {
  const tried = triedAgents(legs);
  if (call.callBackId || hasTriedEnough(call, tried, now)) return { next: null, responsible: [] };
  const responsible = await responsibleFor(db, call);
  return {
    next: await nextAmong(db, call, responsible, tried, now),
    responsible: responsible.map(({ agentId }) => agentId),
  };
}
