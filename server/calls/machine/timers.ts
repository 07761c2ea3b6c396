import type { Context } from '#server/context.ts';
import { announce } from '#server/platform/realtime.ts';
import * as presence from '#server/presence/service.ts';
import { sweepCalls, workWebhook } from '../events.ts';
import { happen } from './advance.ts';
import { ask } from './dialing.ts';
import { isTerminal } from './legs.ts';
import * as queries from './queries.ts';
import { askBridgedSeconds, asksBeforeTimeout } from './rules.ts';
import { load, save } from './work.ts';

/** Times the call out if it is still in the state that it had at this version, and over its time. */
export async function timeOut(ctx: Context, callId: string, version: number): Promise<void> {
  const due = await queries.dueCall(ctx.db, callId, version, ctx.clock.now());
  if (!due) return;
  if (asksBeforeTimeout(due.state)) await ask(ctx, callId);
  await ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const work = await load(tx, ctx, callId, now);
    if (work?.call.version !== version || !work.call.deadlineAt || work.call.deadlineAt > now) return;
    await happen(work, 'timeout', { actor: 'timer' });
    await save(work);
  });
}

const mostAtOnce = 50;
/** A webhook's job has had its chance by then. */
const webhookPatienceMs = 5_000;
/** What couldn't be worked by then can't be: its call has learnt its end otherwise, and jobs would pile up. */
const webhookForgottenMs = 10 * 60_000;

/**
 * What lost wake-ups left: calls over their time, agents pinned for too long, webhooks nobody worked, conversations
 * whose end nobody could tell us.
 */
export async function sweep(ctx: Context): Promise<void> {
  const now = ctx.clock.now();
  await release(ctx, now);
  const overdue = await queries.overdueCalls(ctx.db, now, mostAtOnce);
  await Promise.all(overdue.map(({ callId, version }) => timeOut(ctx, callId, version)));
  const bridged = await queries.bridgedInTurn(ctx.db, now, askBridgedSeconds, sweepCalls.everySeconds ?? 0);
  await Promise.all(bridged.map((callId) => ask(ctx, callId)));
  const before = new Date(now.getTime() - webhookPatienceMs);
  const after = new Date(now.getTime() - webhookForgottenMs);
  const waiting = await queries.unworkedWebhooks(ctx.db, { after, before }, mostAtOnce);
  await ctx.jobs.enqueue(
    ctx.db,
    workWebhook,
    waiting.map((webhookId) => ({ webhookId })),
  );
}

/**
 * Wrap-ups that are over, and agents whose phone may no longer ring. Where nobody told how a leg ended, it is asked: for
 * the books, and in case it didn't.
 */
async function release(ctx: Context, now: Date): Promise<void> {
  const untold = await ctx.db.transaction(async (tx) => {
    const released = await queries.releaseDue(tx, now);
    const agentIds = released.flatMap(({ agentId }) => agentId ?? []);
    await presence.refresh(tx, agentIds, now);
    await announce(tx, [
      ...agentIds.map((id) => `agent:${id}` as const),
      ...released.map(({ callId }) => `call:${callId}` as const),
    ]);
    return released.filter(({ sid, status }) => sid !== null && !isTerminal(status));
  });
  await Promise.all(untold.map(({ callId }) => ask(ctx, callId)));
}
