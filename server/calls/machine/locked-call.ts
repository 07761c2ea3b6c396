import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { announce } from '#server/platform/realtime.ts';
import * as presence from '#server/presence/service.ts';
import { callClosed, callTimer, checkEstimate, dialAgent, hangUpLeg } from '../events.ts';
import { isTerminal, type Leg, neverExisted } from './leg-status.ts';
import * as queries from './queries.ts';
import { askAgainAfterHours, ghostSeconds } from './rules.ts';

/** A call locked by a transaction: its changed rows, and the jobs and notifications to be sent with them. */
export interface LockedCall {
  tx: Db;
  ctx: Context;
  now: Date;
  call: queries.CallRow;
  legs: Leg[];
  loadedVersion: number;
  /** The length of the conversation is our own guess, so Twilio is asked again after the call is closed. */
  isEstimated: boolean;
  /** Also set for changes that watchers see but that don't change the state. */
  isChanged: boolean;
  events: queries.CallEventRow[];
  changedLegs: Set<Leg>;
  legsToDial: string[];
  legsToHangUp: { legId: string; sid?: string }[];
  missedBy: number[];
  acceptedBy: number[];
  /** Agents who are reserved, kept busy longer, or released. */
  busyChanged: number[];
}

/** Wraps rows that this transaction has locked or inserted. `saveCall` writes the changes. */
export function lockedCall(tx: Db, ctx: Context, call: queries.CallRow, legs: Leg[], now: Date): LockedCall {
  return {
    ...{ tx, ctx, now, call, legs, loadedVersion: call.version, isChanged: false },
    isEstimated: false,
    ...{ events: [], changedLegs: new Set(), legsToDial: [], legsToHangUp: [] },
    ...{ missedBy: [], acceptedBy: [], busyChanged: [] },
  };
}

/** Returns the last agent's leg. */
export const agentLegOf = ({ legs }: Pick<LockedCall, 'legs'>): Leg | null =>
  legs.findLast((leg) => leg.role === 'agent') ?? null;

export const visitorLegOf = ({ legs }: Pick<LockedCall, 'legs'>): Leg | null =>
  legs.find((leg) => leg.role === 'visitor') ?? null;

export function changeLeg(locked: LockedCall, leg: Leg, change: Partial<Leg>): void {
  Object.assign(leg, change);
  locked.changedLegs.add(leg);
  locked.isChanged = true;
}

/** Queues the end of a leg. One without a SID is ended when Twilio reports it. */
export function queueHangUp(locked: LockedCall, leg: Leg): void {
  if (leg.sid === null || isTerminal(leg.status)) return;
  locked.legsToHangUp.push({ legId: leg.id });
  locked.isChanged = true;
}

/** Releases a leg's agent: at once if their phone can't ring any more, else when its end is reported or expires. */
export function releaseAgent(locked: LockedCall, leg: Leg): void {
  if (leg.agentId === null || leg.releasedAt) return;
  const isQuiet = isTerminal(leg.status) || neverExisted(leg);
  if (isQuiet) changeLeg(locked, leg, { releasedAt: locked.now, pinnedUntil: null });
  else changeLeg(locked, leg, { pinnedUntil: addSeconds(locked.now, ghostSeconds) });
  locked.busyChanged.push(leg.agentId);
}

export const addSeconds = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);

/** Writes rows, queues jobs and notifies watchers. Locks legs before presence, as everywhere, to avoid deadlocks. */
export async function saveCall(locked: LockedCall): Promise<void> {
  const { tx, ctx, now, call } = locked;
  if (!locked.isChanged) return;
  await queries.updateCall(tx, call, locked.loadedVersion);
  for (const leg of locked.changedLegs) await queries.updateLeg(tx, leg);
  await queries.insertEvents(tx, locked.events);
  const { callBackId, outcome } = call;
  const closesNow = locked.events.some(({ toState }) => toState === 'closed');
  if (closesNow && outcome) await ctx.hooks.run(tx, callClosed, { callBackId, outcome, at: now });
  await enqueueJobs(locked);
  const busyChanged = [...locked.busyChanged, ...(call.agentId === null ? [] : [call.agentId])];
  const { acceptedBy, missedBy } = locked;
  await presence.refreshAfterCall(tx, { busyChanged, acceptedBy, missedBy }, now);
  await announce(tx, [`call:${call.id}`, ...busyChanged.map((id) => `agent:${id}` as const)]);
  ctx.log.debug({ call: call.id, state: call.state, version: call.version }, 'call');
}

async function enqueueJobs({ tx, ctx, now, call, ...locked }: LockedCall): Promise<void> {
  await ctx.jobs.enqueue(
    tx,
    dialAgent,
    locked.legsToDial.map((legId) => ({ legId })),
  );
  await ctx.jobs.enqueue(tx, hangUpLeg, locked.legsToHangUp);
  for (const hours of locked.isEstimated ? askAgainAfterHours : [])
    await ctx.jobs.enqueue(tx, checkEstimate, [{ callId: call.id }], { afterSeconds: hours * 3_600 });
  if (call.deadlineAt && call.version > locked.loadedVersion) {
    const afterSeconds = Math.max(0, Math.ceil((call.deadlineAt.getTime() - now.getTime()) / 1000));
    await ctx.jobs.enqueue(tx, callTimer, [{ callId: call.id, version: call.version }], { afterSeconds });
  }
}
