import type { Context } from '#server/context.ts';
import { processStatusCallback as processStatusCallbackJob } from '../events.ts';
import { applyLegReport } from './leg-reports.ts';
import { parseSeconds } from './leg-status.ts';
import { changeCall } from './changing.ts';
import * as queries from './queries.ts';
import type { Fields } from './voice-answers.ts';

const longestField = 500;

/** Stores a status callback and queues its processing. Idempotent. */
export async function storeStatusCallback(ctx: Context, legId: string, fields: Fields): Promise<void> {
  const { CallSid: sid, CallStatus: status } = fields;
  if (!sid || !status) return;
  const params = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value.slice(0, longestField)] as const],
  );
  await ctx.db.transaction(async (tx) => {
    const webhookId = await queries.insertWebhook(tx, {
      legId,
      // A call reports each status once.
      key: `${legId}:${sid}:${status}`,
      params: Object.fromEntries(params),
      receivedAt: ctx.clock.now(),
    });
    if (webhookId !== null) await ctx.jobs.enqueue(tx, processStatusCallbackJob, [{ webhookId }]);
  });
}

/** Processes a stored status callback once, as of the time it was received. */
export async function processStatusCallback(ctx: Context, webhookId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const webhook = await queries.lockWebhook(tx, webhookId);
    if (!webhook) return;
    const { legId, params, receivedAt } = webhook;
    const callId = await queries.callOfLeg(tx, legId);
    if (callId !== null)
      await changeCall(tx, ctx, callId, receivedAt, async (locked) => {
        const leg = locked.legs.find(({ id }) => id === legId);
        if (leg) await applyLegReport(locked, leg, reportOf(params));
      });
    await queries.markWorked(tx, webhookId, ctx.clock.now());
  });
}

const reportOf = (params: Record<string, string>) => ({
  sid: params['CallSid'] ?? '',
  status: params['CallStatus'] ?? '',
  sipCode: params['SipResponseCode'],
  durationSeconds: parseSeconds(params['CallDuration']),
});
