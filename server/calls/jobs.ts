import type { Context } from '#server/context.ts';
import { handle, type JobHandler } from '#server/platform/jobs.ts';
import { callTimer, dialAgent, endLeg, forgetNumbers, sweepCalls, workWebhook } from './events.ts';
import * as forgetting from './forgetting/service.ts';
import * as dialing from './machine/dialing.ts';
import * as timers from './machine/timers.ts';
import * as webhooks from './machine/webhooks.ts';

export function handlers(ctx: Context): JobHandler[] {
  return [
    handle(dialAgent, ({ legId }) => dialing.dialAgent(ctx, legId)),
    handle(endLeg, ({ legId, sid }) => dialing.endLeg(ctx, legId, sid)),
    handle(workWebhook, ({ webhookId }) => webhooks.work(ctx, webhookId)),
    handle(callTimer, ({ callId, version }) => timers.timeOut(ctx, callId, version)),
    handle(sweepCalls, () => timers.sweep(ctx)),
    handle(forgetNumbers, () => forgetting.forget(ctx)),
  ];
}
