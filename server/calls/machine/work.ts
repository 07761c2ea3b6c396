import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { announce } from '#server/platform/realtime.ts';
import * as presence from '#server/presence/service.ts';
import { callClosed, callTimer, dialAgent, endLeg } from '../events.ts';
import { isTerminal, neverExisted, type Leg } from './legs.ts';
import * as queries from './queries.ts';
import { ghostSeconds } from './rules.ts';

/** A call under change: locked, its rows as they will be, and what has to follow when they are written. */
export interface Work {
  tx: Db;
  ctx: Context;
  now: Date;
  call: queries.CallRow;
  legs: Leg[];
  loadedVersion: number;
  /** Something a watcher sees is different, though the state may be the same. */
  changed: boolean;
  events: queries.CallEventRow[];
  changedLegs: Set<Leg>;
  dial: string[];
  end: { legId: string; sid?: string }[];
  missed: number[];
  reached: number[];
  /** Agents whose pin was set or lifted. */
  pinned: number[];
}

/** Locks a call for a change; null for an unknown one. Two statements. */
export async function load(tx: Db, ctx: Context, callId: string, now: Date): Promise<Work | null> {
  const call = await queries.lockCall(tx, callId);
  return call && workOn(tx, ctx, call, await queries.lockLegs(tx, callId), now);
}

export function workOn(tx: Db, ctx: Context, call: queries.CallRow, legs: Leg[], now: Date): Work {
  return {
    ...{ tx, ctx, now, call, legs, loadedVersion: call.version, changed: false },
    ...{ events: [], changedLegs: new Set(), dial: [], end: [], missed: [], reached: [], pinned: [] },
  };
}

/** The leg of the agent being tried, on the line, or last there. */
export const agentLegOf = ({ legs }: Pick<Work, 'legs'>): Leg | null =>
  legs.findLast((leg) => leg.role === 'agent') ?? null;

export const visitorLegOf = ({ legs }: Pick<Work, 'legs'>): Leg | null =>
  legs.find((leg) => leg.role === 'visitor') ?? null;

export function changeLeg(work: Work, leg: Leg, change: Partial<Leg>): void {
  Object.assign(leg, change);
  work.changedLegs.add(leg);
  work.changed = true;
}

/** Ends what this leg may still do; without an id there, as soon as we learn that. */
export function endLater(work: Work, leg: Leg): void {
  if (leg.sid === null || isTerminal(leg.status)) return;
  work.end.push({ legId: leg.id });
  work.changed = true;
}

/** Lets the agent go: at once if its phone is surely quiet, else when it is, at the latest when a ghost has faded. */
export function letGo(work: Work, leg: Leg): void {
  if (leg.agentId === null || leg.releasedAt) return;
  const isQuiet = isTerminal(leg.status) || neverExisted(leg);
  if (isQuiet) changeLeg(work, leg, { releasedAt: work.now, pinnedUntil: null });
  else changeLeg(work, leg, { pinnedUntil: later(work.now, ghostSeconds) });
  work.pinned.push(leg.agentId);
}

export const later = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);

/** Writes everything, legs before presence as everywhere, so that nobody waits for each other in a circle. */
export async function save(work: Work): Promise<void> {
  const { tx, now, call } = work;
  if (!work.changed) return;
  await queries.updateCall(tx, call, work.loadedVersion);
  for (const leg of work.changedLegs) await queries.updateLeg(tx, leg);
  await queries.insertEvents(tx, work.events);
  const { callBackId, outcome } = call;
  const closesNow = call.state === 'closed' && work.events.some(({ toState }) => toState === 'closed');
  if (closesNow && outcome) await work.ctx.hooks.run(tx, callClosed, { callBackId, outcome, at: now });
  await enqueue(work);
  for (const agentId of work.reached) await presence.countReached(tx, agentId);
  const agentIds = [...new Set([...work.pinned, ...(call.agentId === null ? [] : [call.agentId])])];
  await presence.refresh(tx, agentIds, now);
  for (const agentId of work.missed) await presence.countMiss(tx, agentId, now);
  await announce(tx, [`call:${call.id}`, ...agentIds.map((id) => `agent:${id}` as const)]);
  work.ctx.log.debug({ call: call.id, state: call.state, version: call.version }, 'call');
}

async function enqueue({ tx, ctx, now, call, ...work }: Work): Promise<void> {
  await ctx.jobs.enqueue(
    tx,
    dialAgent,
    work.dial.map((legId) => ({ legId })),
  );
  await ctx.jobs.enqueue(tx, endLeg, work.end);
  if (call.deadlineAt && call.version > work.loadedVersion) {
    const afterSeconds = Math.max(0, Math.ceil((call.deadlineAt.getTime() - now.getTime()) / 1000));
    await ctx.jobs.enqueue(tx, callTimer, [{ callId: call.id, version: call.version }], { afterSeconds });
  }
}
