import type { Context } from '#server/context.ts';
import { handle, type JobHandler } from '#server/platform/jobs.ts';
import {
  callTimer,
  checkEstimate,
  dialAgent,
  forgetNumbers,
  hangUpLeg,
  processStatusCallback,
  sweepCalls,
} from './events.ts';
import * as forgetting from './forgetting/service.ts';
import * as dialing from './machine/dialing.ts';
import { reconcileCall } from './machine/reconciling.ts';
import * as statusCallbacks from './machine/status-callbacks.ts';
import * as timers from './machine/timers.ts';

export function handlers(ctx: Context): JobHandler[] {
  return [
    handle(dialAgent, ({ legId }) => dialing.dialAgent(ctx, legId)),
    handle(hangUpLeg, ({ legId, sid }) => dialing.hangUpLeg(ctx, legId, sid)),
    handle(processStatusCallback, ({ webhookId }) => statusCallbacks.processStatusCallback(ctx, webhookId)),
    handle(callTimer, ({ callId, version }) => timers.timeOutCall(ctx, callId, version)),
    handle(checkEstimate, ({ callId }) => reconcileCall(ctx, callId)),
    handle(sweepCalls, () => timers.sweepCalls(ctx)),
    handle(forgetNumbers, () => forgetting.forgetOldCalls(ctx)),
  ];
}
