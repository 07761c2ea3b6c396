import type { Context } from '#server/context.ts';
import type { Telephony } from '#server/platform/telephony.ts';
import { applyEvent, estimateVisitorLeg } from './advance.ts';
import { withCallOfLeg } from './changing.ts';
import { numberOfAgent } from './dialing.ts';
import { applyLegReport } from './leg-reports.ts';
import { isTerminal, type Leg } from './leg-status.ts';
import { agentLegOf, changeLeg, type LockedCall, visitorLegOf } from './locked-call.ts';
import * as queries from './queries.ts';

/** Asks Twilio for a call's status and applies it like a callback. Only logs failures: the next timer asks again. */
export async function reconcileCall(ctx: Context, callId: string): Promise<void> {
  const { telephony } = ctx;
  if (!telephony) return;
  try {
    const legs = await queries.legsOf(ctx.db, callId);
    const agentLeg = agentLegOf({ legs });
    if (!agentLeg) return;
    if (agentLeg.sid === null) await adoptUnreportedCall(ctx, telephony, agentLeg);
    else await applyTwilioState(ctx, telephony, agentLeg, agentLeg.sid);
  } catch (error) {
    ctx.log.warn({ err: error, call: callId }, 'Twilio could not be asked');
  }
}

// Allowed difference between Twilio's clock and ours.
const slackMs = 5_000;

/** Looks for a call that Twilio made although its response was lost. */
async function adoptUnreportedCall(ctx: Context, telephony: Telephony, leg: Leg): Promise<void> {
  if (leg.agentId === null || leg.status !== 'sending') return;
  const { phone } = await numberOfAgent(ctx, ctx.db, leg.agentId);
  if (phone === null) return;
  const since = new Date(leg.createdAt.getTime() - slackMs);
  const found = await telephony.find({ to: phone, since });
  const known = await queries.knownSids(
    ctx.db,
    found.map(({ sid }) => sid),
  );
  const own = found.find(({ sid }) => !known.has(sid));
  if (!own) return;
  await withCallOfLeg(ctx, leg.id, async (locked, current) => {
    if (current.sid === null) await applyLegReport(locked, current, own);
  });
}

async function applyTwilioState(ctx: Context, telephony: Telephony, leg: Leg, sid: string): Promise<void> {
  const own = await telephony.fetch(sid);
  const [child] = own && leg.result === 'accepted' ? await telephony.children(sid) : [];
  await withCallOfLeg(ctx, leg.id, async (locked, agentLeg) => {
    const visitorLeg = visitorLegOf(locked);
    const bothEnded = !!visitorLeg && !!child && isTerminal(child.status) && !isTerminal(visitorLeg.status);
    if (visitorLeg && child) await applyLegReport(locked, visitorLeg, child);
    if (!own && visitorLeg && locked.call.state !== 'closed') endedUnseen(locked);
    const gone = { sid, status: 'completed', durationSeconds: null };
    await applyLegReport(locked, agentLeg, { ...(own ?? gone), bothEnded });
    if (!visitorLeg || child) return;
    if (!own) {
      // Twilio has deleted the call, so nothing more will be reported.
      estimateVisitorLeg(locked);
      await applyEvent(locked, 'visitor_ended', { actor: 'system' });
    } else if (isTerminal(own.status) && visitorLeg.sid === null) {
      // The call ended before it dialled the buyer.
      changeLeg(locked, visitorLeg, { status: 'canceled', endedAt: locked.now });
      await applyEvent(locked, 'visitor_ended', { actor: 'system' });
    }
  });
}

/** Attributes the end of a call that Twilio has deleted to the system. */
function endedUnseen({ call }: LockedCall): void {
  call.endedBy ??= 'system';
  if (!call.answeredAt) call.outcome ??= 'platform_error';
}
