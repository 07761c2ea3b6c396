import type { Context } from '#server/context.ts';
import { announce } from '#server/platform/realtime.ts';
import { hasLiveWorker } from '#server/platform/workers.ts';
import * as presence from '#server/presence/service.ts';
import { processStatusCallback, sweepCalls as sweepCallsJob } from '../events.ts';
import { applyEvent } from './advance.ts';
import { isTerminal } from './leg-status.ts';
import { endIfGivenUp, withCall } from './changing.ts';
import * as queries from './queries.ts';
import { reconcileCall } from './reconciling.ts';
import { askBridgedSeconds, asksBeforeTimeout } from './rules.ts';

/** Times the call out if it is still at this version and past its deadline. */
export async function timeOutCall(ctx: Context, callId: string, version: number): Promise<void> {
  const due = await queries.dueCall(ctx.db, callId, version, ctx.clock.now());
  if (!due) return;
  if (asksBeforeTimeout(due.state)) await reconcileCall(ctx, callId);
  await withCall(ctx, callId, async (locked) => {
    const { version: current, deadlineAt } = locked.call;
    if (current === version && deadlineAt && deadlineAt <= locked.now)
      await applyEvent(locked, 'timeout', { actor: 'timer' });
  });
}

const mostAtOnce = 50;
/** By then the callback's own job should have run. */
const callbackPatienceMs = 5_000;
/** Callbacks this old are given up: their call has been reconciled otherwise, and jobs would pile up. */
const callbackAbandonedMs = 10 * 60_000;

/**
 * Handles what lost jobs and callbacks left over: times out overdue calls, releases agents, asks about conversations,
 * and queues stored status callbacks again.
 */
export async function sweepCalls(ctx: Context): Promise<void> {
  const now = ctx.clock.now();
  await releaseAgents(ctx, now);
  const overdue = await queries.overdueCalls(ctx.db, now, mostAtOnce);
  await Promise.all(overdue.map(({ id, version }) => timeOutCall(ctx, id, version)));
  const bridged = await queries.bridgedInTurn(
    ctx.db,
    now,
    askBridgedSeconds,
    sweepCallsJob.everySeconds ?? 0,
  );
  await Promise.all(bridged.map((callId) => reconcileCall(ctx, callId)));
  const before = new Date(now.getTime() - callbackPatienceMs);
  const after = new Date(now.getTime() - callbackAbandonedMs);
  const waiting = await queries.unworkedWebhooks(ctx.db, { after, before }, mostAtOnce);
  await ctx.jobs.enqueue(
    ctx.db,
    processStatusCallback,
    waiting.map((webhookId) => ({ webhookId })),
  );
}

/**
 * Does without a worker what pages must show in time: ends calls that are too late to ring a phone, and releases agents
 * while no worker lives to do so. Every process that serves calls it.
 */
export async function watchCalls(ctx: Context): Promise<void> {
  const now = ctx.clock.now();
  for (const call of await queries.overdueCalls(ctx.db, now, mostAtOnce)) await endIfGivenUp(ctx, call);
  // A worker also asks Twilio about those it releases.
  if (!(await hasLiveWorker(ctx.db))) await releaseDueAgents(ctx, now);
}

/** Releases agents whose wrap-up or ringing is over. Asks Twilio about legs whose end was never reported. */
async function releaseAgents(ctx: Context, now: Date): Promise<void> {
  const unreported = await releaseDueAgents(ctx, now);
  await Promise.all(unreported.map(({ callId }) => reconcileCall(ctx, callId)));
}

/** Releases agents, and returns their legs of which Twilio never reported the end. */
function releaseDueAgents(ctx: Context, now: Date) {
  return ctx.db.transaction(async (tx) => {
    const released = await queries.releaseDue(tx, now);
    const agentIds = released.flatMap(({ agentId }) => agentId ?? []);
    await presence.refresh(tx, agentIds, now);
    await announce(tx, [
      ...agentIds.map((id) => `agent:${id}` as const),
      ...released.map(({ callId }) => `call:${callId}` as const),
    ]);
    return released.filter(({ sid, status }) => sid !== null && !isTerminal(status));
  });
}
