import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/platform/errors.ts';
import type { ResponsibleAgent } from '#server/vendors/service.ts';
import { endIfGivenUp } from './machine/changing.ts';
import { isGivenUp } from './machine/rules.ts';
import * as queries from './queries.ts';
import { offeredMinutes } from './rules.ts';
import type { Call } from './schema.ts';
import * as view from './view.ts';

export { nextAmong } from './machine/reserving.ts';
export { ringSeconds } from './machine/rules.ts';
export { markMissedCallsSeen } from './missed.ts';
export {
  declineCall,
  hangUpAsAgent,
  hangUpAsBuyer,
  shareSolution,
  stopConnecting,
  wrapUpCall,
  writeCallNote,
} from './ongoing.ts';
export { type NotOpened, openCall, startCall } from './starting.ts';
export { supportTerms } from './support-terms.ts';
export { statusOf } from './rules.ts';
export { sharedSolution } from './view.ts';

/** Returns the buyer's own call. Refuses `not_found`. */
export async function findCall(ctx: Context, buyerId: string, id: string): Promise<Call> {
  const topic = await callTopic(ctx, id, buyerId);
  if (!topic) throw refuse('not_found');
  return topic.state;
}

/** Returns the snapshot of topic `call:<id>`; null if it isn't the buyer's. */
export async function callTopic(
  ctx: Context,
  callId: string,
  buyerId: string,
): Promise<{ state: Call; dependsOn: string[] } | null> {
  const find = () => queries.findOwn(ctx.db, buyerId, callId);
  const seen = await inTime(ctx, find);
  return seen && view.describeCall(ctx, seen);
}

/** Finds a call, and ends it first if it is too late to ring a phone. */
async function inTime(
  ctx: Context,
  find: () => Promise<queries.SeenCall | null>,
): Promise<queries.SeenCall | null> {
  const seen = await find();
  if (!seen || !isGivenUp(seen.call, ctx.clock.now())) return seen;
  await endIfGivenUp(ctx, seen.call);
  return find();
}

/** Returns the buyer's live call, or a recent conversation that isn't rated yet. */
export async function findCurrentCall(ctx: Context, buyerId: string): Promise<Call | null> {
  const endedSince = new Date(ctx.clock.now().getTime() - offeredMinutes * 60_000);
  const seen = await inTime(ctx, () => queries.findCurrent(ctx.db, buyerId, endedSince));
  return seen && (await view.describeCall(ctx, seen)).state;
}

/** Returns the agents of these vendors with whom the buyer spoke, latest first. */
export function spokenWith(
  db: Db,
  buyerId: string,
  vendorIds: readonly number[],
): Promise<Omit<ResponsibleAgent, 'offerId' | 'isCalled'>[]> {
  return queries.spokenWith(db, buyerId, vendorIds);
}
