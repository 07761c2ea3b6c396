import type { Db } from '#db/client.ts';
import { isUuid } from '#server/common/ids.ts';
import { type Approver, approversOf, lockMember } from '#server/companies/service.ts';
import type { Context } from '#server/context.ts';
import type { Buyer, Member } from '#server/platform/auth/actors.ts';
import { Refusal } from '#server/platform/errors.ts';
import { cleanText } from '#server/platform/typed-text.ts';
import { acceptApproved } from '../deciding/decisions.ts';
import { lockEnquiries } from '../enquiries/queries.ts';
import { findRequest } from '../queries.ts';
import { refuse } from '../refusals.ts';
import { sendApproved } from '../sending/send.ts';
import { end } from './ending.ts';
import { acceptanceIn, orderIn } from './input.ts';
import * as queries from './queries.ts';
import type { Approval, DecisionBody } from './schema.ts';
import { approvalView } from './view.ts';

/** A buyer who belongs to a company. */
export type InCompany = Pick<Buyer, 'buyerId'> & { member: Member };

/** Returns whether the person decides in their company now, as an approver or a stand-in. */
async function approverIn(db: Db, { buyerId, member }: InCompany, at: Date): Promise<Approver | null> {
  const approvers = await approversOf(db, member.companyId, at);
  return approvers.find((one) => one.buyerId === buyerId) ?? null;
}

/** Returns a page of what waits and waited: of the company for who decides, else what the person asked for. */
export async function listApprovals(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  by: InCompany,
  page: { page: number; perPage: number },
): Promise<{ items: Approval[]; total: number; page: number; perPage: number }> {
  const approver = await approverIn(db, by, clock.now());
  const wanted = { companyId: by.member.companyId, requesterId: approver ? undefined : by.buyerId };
  const { rows, total } = await queries.listApprovals(db, { ...wanted, ...page });
  const viewer = { buyerId: by.buyerId, isApprover: approver !== null };
  return { items: rows.map((row) => approvalView(row, viewer)), total, ...page };
}

/** Refuses `not_found` to others than who asked and who may decide. */
export async function readApproval(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  by: InCompany,
  id: string,
): Promise<Approval> {
  const { found, approver } = await findSeen(db, by, id, clock.now());
  return approvalView(found, { buyerId: by.buyerId, isApprover: approver !== null });
}

async function findSeen(
  db: Db,
  by: InCompany,
  id: string,
  at: Date,
): Promise<{ found: queries.NamedApproval; approver: Approver | null }> {
  const found = isUuid(id) ? await queries.findApproval(db, id) : null;
  if (found?.approval.companyId !== by.member.companyId) throw refuse('not_found');
  const approver = await approverIn(db, by, at);
  if (!approver && found.approval.requesterId !== by.buyerId) throw refuse('not_found');
  return { found, approver };
}

/**
 * Approves, which carries out exactly what was frozen, or rejects. The same decision again by the same person is a no-op.
 * Refuses `not_found`, `own_approval`, `approval_over`, and, after ending the approval, what carrying it out refuses, such as
 * `quote_superseded` or `specification_changed`.
 */
export async function decideApproval(
  ctx: Context,
  by: InCompany,
  id: string,
  { decision, note: typed = '' }: DecisionBody,
): Promise<Approval> {
  const at = ctx.clock.now();
  const refusal = await ctx.db.transaction(async (tx) => {
    const { found } = await findSeen(tx, by, id, at);
    const { requestId, solutionId, requesterId } = found.approval;
    if (requesterId === by.buyerId) throw refuse('own_approval');
    // In the same order as accepting and sending, and so that nobody decides who has just been removed.
    if (requestId !== null) await lockEnquiries(tx, requestId);
    if (solutionId !== null) await queries.lockSolution(tx, solutionId);
    await lockMember(tx, by.buyerId);
    const approver = await approverIn(tx, by, at);
    if (!approver) throw refuse('not_found');
    const approval = await queries.lockApproval(tx, found.approval.id);
    if (!approval) throw refuse('not_found');
    const status = decision === 'approve' ? 'approved' : 'rejected';
    if (approval.status === status && approval.decidedBy === by.buyerId) return null;
    if (approval.status !== 'waiting') throw refuse('approval_over');
    if (approval.expiresAt <= at) {
      await end(tx, ctx, approval, { status: 'expired', decidedAt: at });
      return refuse('approval_over');
    }
    const how = {
      ...{ decidedAt: at, decidedBy: by.buyerId, decidedFor: approver.standsInFor },
      note: cleanText(typed),
    };
    if (decision === 'reject') {
      await end(tx, ctx, approval, { status, ...how });
      return null;
    }
    const carriedOut = await carryOut(tx, ctx, approval, at);
    if (carriedOut instanceof Refusal) {
      await end(tx, ctx, approval, { status: 'outdated', decidedAt: at });
      return carriedOut;
    }
    await end(tx, ctx, approval, { status, ...how, ...carriedOut });
    return null;
  });
  // Thrown after the commit, so that the approval stays ended.
  if (refusal) throw refusal;
  return readApproval(ctx, by, id);
}

/** Returns what an order has become, or the refusal of what can't be carried out, with nothing written. */
async function carryOut(
  tx: Db,
  ctx: Context,
  approval: queries.ApprovalRow,
  at: Date,
): Promise<Partial<Pick<queries.ApprovalRow, 'requestId'>> | Refusal> {
  try {
    return await tx.transaction(async (own) => {
      if (approval.kind === 'order') return { requestId: await sendOrder(own, ctx, approval, at) };
      await accept(own, ctx, approval, at);
      return {};
    });
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

async function accept(tx: Db, ctx: Context, approval: queries.ApprovalRow, at: Date): Promise<void> {
  const { id: approvalId, requestId, requesterId } = approval;
  const request = requestId === null ? null : await findRequest(tx, { id: requestId });
  if (!request) throw new Error(`the approval ${approvalId} has no request`);
  const buyer = { request, actor: `buyer:${requesterId}`, viewer: null };
  const acceptance = acceptanceIn(approval);
  await acceptApproved(tx, ctx, { buyer, acceptance, requesterId, approvalId }, at);
}

async function sendOrder(tx: Db, ctx: Context, approval: queries.ApprovalRow, at: Date): Promise<string> {
  const { body, sender } = orderIn(approval);
  const { locale, provenEmail, currency } = sender;
  const { companyId, requesterId: buyerId } = approval;
  const from = { buyerId, companyId, locale, provenEmail, currency: currency ?? undefined };
  return (await sendApproved(tx, ctx, from, body, at)).id;
}

/** Withdraws what the person asked for. Idempotent. Refuses `not_found` to others, `approval_over`. */
export async function withdrawApproval(ctx: Context, by: InCompany, id: string): Promise<Approval> {
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const { found } = await findSeen(tx, by, id, at);
    if (found.approval.requesterId !== by.buyerId) throw refuse('not_found');
    const approval = await queries.lockApproval(tx, found.approval.id);
    if (!approval || approval.status === 'withdrawn') return;
    if (approval.status !== 'waiting') throw refuse('approval_over');
    await end(tx, ctx, approval, { status: 'withdrawn', decidedAt: at, decidedBy: by.buyerId });
  });
  return readApproval(ctx, by, id);
}
