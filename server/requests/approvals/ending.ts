import type { Db } from '#db/client.ts';
import type { Departure } from '#server/companies/events.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import { type QueueContext, queueMails } from '#server/platform/mailing/queue.ts';
import { lockEnquiries } from '../enquiries/queries.ts';
import type { RequestRow } from '../queries.ts';
import { mailApprovers } from './asking.ts';
import { approvalDecidedMail, approvalEnded } from './events.ts';
import { acceptanceIn } from './input.ts';
import * as queries from './queries.ts';

type End = Parameters<typeof queries.endApproval>[2] & { decidedAt: Date };

/** Ends what waits and mails it to who asked, unless they did it themselves. Returns false if it has ended before. */
export async function end(
  tx: Db,
  ctx: QueueContext,
  approval: queries.ApprovalRow,
  how: End,
): Promise<boolean> {
  if (!(await queries.endApproval(tx, approval.id, how))) return false;
  const { id, companyId, requesterId } = approval;
  const { status, decidedAt: at, decidedBy, decidedFor } = how;
  const actor = decidedBy ? `buyer:${decidedBy}` : 'system';
  const payload = { approvalId: id, status, ...(decidedFor ? { decidedFor } : {}) };
  await record(tx, [approvalEnded({ actor, at, subjectId: id, payload })]);
  if (decidedBy === requesterId) return true;
  const requester = await queries.accountInCompany(tx, companyId, requesterId);
  if (!requester) return true;
  const to = { role: 'account', ...requester };
  await queueMails(
    tx,
    ctx,
    [{ kind: approvalDecidedMail, subjectId: id, reason: 'ended', to, content: {} }],
    at,
  );
  return true;
}

/**
 * Ends what waits of a request for this quote or these lines, because they were decided about otherwise or there is a newer
 * version. The request's enquiries concerned must be locked.
 */
export async function endOutdated(
  tx: Db,
  ctx: QueueContext,
  request: Pick<RequestRow, 'id' | 'companyId'>,
  about: { quoteId?: string; lineIds?: ReadonlySet<string>; except?: string },
  at: Date,
): Promise<void> {
  if (request.companyId === null) return;
  for (const approval of await queries.lockWaiting(tx, request.id)) {
    const isTouched = acceptanceIn(approval).quotes.some(
      ({ quoteId, lineIds = [] }) =>
        quoteId === about.quoteId || lineIds.some((lineId) => about.lineIds?.has(lineId)),
    );
    if (isTouched && approval.id !== about.except)
      await end(tx, ctx, approval, { status: 'outdated', decidedAt: at });
  }
}

const readAtOnce = 100;

/** Yields what waits, the oldest first. Reads no more than a batch at a time. */
async function* waitingApprovals({ db }: Context, wanted: queries.WantedApprovals) {
  let batch: queries.WaitingApproval[] = [];
  do {
    const after = batch.at(-1)?.id ?? null;
    batch = await queries.waitingApprovals(db, wanted, { after, most: readAtOnce });
    yield* batch;
  } while (batch.length === readAtOnce);
}

/** Ends what nobody decided in time, mails who has become an approver meanwhile, and reminds. */
export async function keepApprovalsUp(ctx: Context): Promise<void> {
  const now = ctx.clock.now();
  for await (const { id, requestId } of waitingApprovals(ctx, { expiresBy: now })) {
    await ctx.db.transaction(async (tx) => {
      if (requestId !== null) await lockEnquiries(tx, requestId);
      const approval = await queries.lockApproval(tx, id);
      if (approval) await end(tx, ctx, approval, { status: 'expired', decidedAt: now });
    });
  }
  await mailAllApprovers(ctx);
}

/** Mails what waits, in all companies or in one, to those who may decide and weren't mailed, and reminds. */
export async function mailAllApprovers(ctx: Context, companyId?: string): Promise<void> {
  const now = ctx.clock.now();
  for await (const approval of waitingApprovals(ctx, companyId === undefined ? {} : { companyId }))
    await ctx.db.transaction((tx) => mailApprovers(tx, ctx, approval, now));
}

/**
 * Ends the follow links of what a person sent for a company that they have left, and withdraws orders of theirs that wait.
 * What they asked to accept still waits for the approvers.
 */
export async function handOver(tx: Db, { companyId, buyerId, at }: Departure): Promise<void> {
  await queries.endFollowLinks(tx, { companyId, buyerId }, at);
  for (const { id } of await queries.waitingOrdersOf(tx, companyId, buyerId)) {
    await queries.endApproval(tx, id, { status: 'withdrawn', decidedAt: at, decidedBy: buyerId });
    const payload = { approvalId: id, status: 'withdrawn' } as const;
    await record(tx, [approvalEnded({ actor: `buyer:${buyerId}`, at, subjectId: id, payload })]);
  }
}
