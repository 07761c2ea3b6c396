import type { Db } from '#db/client.ts';
import * as presence from '#server/presence/service.ts';
import * as vendors from '#server/vendors/service.ts';
import type { Leg } from './legs.ts';
import * as queries from './queries.ts';
import { mostAgents, tryingSeconds } from './rules.ts';
import type { Work } from './work.ts';

/**
 * Reserves the next agent for the call: one who answers for the offer in this kind, is free now and wasn't tried, the
 * wanted one first, then whoever has been free longest. Null when nobody is left, or enough were tried.
 */
export async function reserveNext(work: Work): Promise<Leg | null> {
  const { tx, call, legs, now } = work;
  const tried = triedAgents(legs);
  if (isEnough(call, tried, now)) return null;
  for (const agentId of await candidates(tx, call, tried, now)) {
    const leg = await queries.reserveAgent(tx, call.id, agentId, now);
    if (!leg) continue;
    legs.push(leg);
    call.agentId = agentId;
    work.pinned.push(agentId);
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

const isEnough = (call: Wanted, tried: readonly number[], now: Date): boolean =>
  tried.length >= mostAgents || now.getTime() - call.requestedAt.getTime() >= tryingSeconds * 1000;

async function candidates(db: Db, call: Wanted, tried: number[], now: Date): Promise<number[]> {
  const { callBackId, wantedAgentId } = call;
  // Who calls back is at the phone, whatever it declared; nobody else is called.
  if (callBackId) return wantedAgentId === null || tried.length > 0 ? [] : [wantedAgentId];
  const responsible = await responsibleFor(db, call);
  const untried = responsible.flatMap(({ agentId }) => (tried.includes(agentId) ? [] : agentId));
  return inLine(await presence.freeAmong(db, untried, now), wantedAgentId);
}

const inLine = (free: number[], wanted: number | null): number[] =>
  wanted !== null && free.includes(wanted) ? [wanted, ...free.filter((id) => id !== wanted)] : free;

async function responsibleFor(db: Db, { offerId, kind }: Pick<Wanted, 'offerId' | 'kind'>) {
  return (await vendors.responsibleAgents(db, [offerId])).filter((agent) => agent.kind === kind);
}

/**
 * Who of those who answer for the call's offer, in its kind, would be called next, as things stand. One statement, none
 * when nobody else will be.
 */
export async function nextAmong(
  db: Db,
  call: Wanted,
  responsible: readonly Pick<vendors.ResponsibleAgent, 'agentId' | 'name'>[],
  tried: readonly number[],
  now: Date,
): Promise<{ name: string } | null> {
  if (call.callBackId || isEnough(call, tried, now)) return null;
  const untried = responsible.flatMap(({ agentId }) => (tried.includes(agentId) ? [] : agentId));
  const [first] = inLine(await presence.freeAmong(db, untried, now), call.wantedAgentId);
  const name = responsible.find(({ agentId }) => agentId === first)?.name;
  return name === undefined ? null : { name };
}

/** The same for a call whose responsible agents aren't known yet, and all of whom that depends. */
export async function nextAgent(
  db: Db,
  call: Wanted,
  legs: readonly Pick<Leg, 'agentId'>[],
  now: Date,
): Promise<{ next: { name: string } | null; responsible: number[] }> {
  const tried = triedAgents(legs);
  if (call.callBackId || isEnough(call, tried, now)) return { next: null, responsible: [] };
  const responsible = await responsibleFor(db, call);
  return {
    next: await nextAmong(db, call, responsible, tried, now),
    responsible: responsible.map(({ agentId }) => agentId),
  };
}
