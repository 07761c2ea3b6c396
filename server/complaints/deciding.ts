import { formatCredit, parseCredit } from '#server/common/credits.ts';
import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import * as credits from '#server/credits/service.ts';
import { record } from '#server/platform/events.ts';
import { requireText } from '#server/platform/typed-text.ts';
import { complaintMoved } from './events.ts';
import { mailNews } from './mailing.ts';
import { actorOf } from './parties.ts';
import * as queries from './queries.ts';
import { refuse, refuseField } from './refusals.ts';
import { type ComplaintAction, complaintTransitions, dueAfter, firstReminder } from './rules.ts';
import type * as schema from './schema.ts';
import { lockFor, mustFind, note, others, seenAs } from './service.ts';

type Party = queries.Party;

/** Takes a complaint up. Refuses as `lockFor`. */
export const review = (ctx: Context, party: Party, id: string): Promise<schema.Complaint> =>
  move(ctx, party, id, 'review', {});

/** Withdraws a complaint of the buyer, or of a colleague that they decide for. Refuses as `lockFor`. */
export const withdraw = (ctx: Context, party: Party, id: string): Promise<schema.Complaint> =>
  move(ctx, party, id, 'withdraw', {});

/**
 * Decides a complaint with a reason. Staff may pay back credit of a call. Refuses as `lockFor`, `forbidden` for a refund
 * by the vendor, `not_refundable`, `refund_exceeds_charge`.
 */
export async function decide(
  ctx: Context,
  party: Party,
  id: string,
  { decision, reason: typed, refundCredits }: schema.DecisionBody,
): Promise<schema.Complaint> {
  const reason = requireText('reason', typed);
  const refund = refundCredits === undefined ? 0n : parseCredit(refundCredits);
  const action = decision === 'resolved' ? 'resolve' : 'reject';
  if (refund > 0n && action === 'reject') throw refuseField('refundCredits', 'not_refundable');
  const decided = { decision, reason, decidedBy: party.side, ...(refund > 0n && { refund }) };
  return move(ctx, party, id, action, decided, refund);
}

async function move(
  ctx: Context,
  party: Party,
  id: string,
  action: Exclude<ComplaintAction, 'message' | 'note'>,
  decided: Partial<queries.ComplaintRow>,
  refund = 0n,
): Promise<schema.Complaint> {
  const at = ctx.clock.now();
  const actor = actorOf(party);
  return ctx.db.transaction(async (tx) => {
    const found = await lockFor(tx, party, id, action);
    if (refund > 0n && party.side !== 'staff') throw refuse('forbidden');
    const { complaint, vendor } = found;
    const status = complaintTransitions[complaint.status][action]!;
    const dueAt = dueAfter(status, at, vendor.timeZone);
    if (refund > 0n) await payBack(tx, complaint, refund, { actor, at });
    const change = { ...decided, status, statusAt: at, dueAt, remindAt: firstReminder(dueAt) };
    await queries.updateComplaint(tx, complaint.id, change);
    const payload = { status, ...(refund > 0n && { refund: formatCredit(refund) }) };
    await record(tx, [complaintMoved({ actor, at, subjectId: complaint.id, payload })]);
    await note(tx, party, status, [found], at);
    const moved = await mustFind(tx, complaint.id);
    const mailed = action === 'withdraw' ? (['vendor', 'staff'] as const) : others(party.side);
    if (status !== 'open') await mailNews(tx, ctx, moved, { news: status, to: mailed, reason: status }, at);
    return seenAs(tx, moved, party, at);
  });
}

/** Pays credit of the call back to who paid for it. The call's charge and a trigger hold the bound. */
async function payBack(
  tx: Db,
  { id, number, vendorId, subjectType, subjectId: callId }: queries.ComplaintRow,
  amount: bigint,
  { actor, at }: { actor: string; at: Date },
): Promise<void> {
  if (subjectType !== 'call') throw refuseField('refundCredits', 'not_refundable');
  if ((await credits.refundableOf(tx, callId)) === null) throw refuseField('refundCredits', 'not_refundable');
  const outcome = await credits.refundCall(tx, {
    ...{ callId, vendorId, amount, kind: 'refund', actor, text: number, at },
    operationId: `complaint:${id}:refund`,
  });
  if (outcome === 'too_high') throw refuseField('refundCredits', 'refund_exceeds_charge');
  if (outcome === 'repeated') throw refuse('complaint_closed');
}
