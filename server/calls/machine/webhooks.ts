import type { Context } from '#server/context.ts';
import { workWebhook } from '../events.ts';
import type { Fields } from './answers.ts';
import { secondsOf } from './legs.ts';
import * as queries from './queries.ts';
import { told } from './told.ts';
import { load, save } from './work.ts';

const longestField = 500;

/** Keeps what the telephone company told us of a leg, to be worked at once by a job; told again it is the same. */
export async function keep(ctx: Context, legId: string, fields: Fields): Promise<void> {
  const { CallSid: sid, CallStatus: status } = fields;
  if (!sid || !status) return;
  const known = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value.slice(0, longestField)] as const],
  );
  await ctx.db.transaction(async (tx) => {
    const webhookId = await queries.insertWebhook(tx, {
      legId,
      // A call is in each status once.
      key: `${legId}:${sid}:${status}`,
      params: Object.fromEntries(known),
      receivedAt: ctx.clock.now(),
    });
    if (webhookId !== null) await ctx.jobs.enqueue(tx, workWebhook, [{ webhookId }]);
  });
}

/** Works one, once. It happened when it was received, whenever that is. */
export async function work(ctx: Context, webhookId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const webhook = await queries.lockWebhook(tx, webhookId);
    if (!webhook) return;
    const { legId, params, receivedAt } = webhook;
    const callId = await queries.callOfLeg(tx, legId);
    const found = callId === null ? null : await load(tx, ctx, callId, receivedAt);
    const leg = found?.legs.find(({ id }) => id === legId);
    if (found && leg) {
      await told(found, leg, {
        sid: params['CallSid'] ?? '',
        status: params['CallStatus'] ?? '',
        sipCode: params['SipResponseCode'],
        durationSeconds: secondsOf(params['CallDuration']),
      });
      await save(found);
    }
    await queries.markWorked(tx, webhookId, ctx.clock.now());
  });
}
