import type { ExceededLimit } from '#db/tables/approvals.ts';
import type { Db } from '#db/client.ts';
import * as companies from '#server/companies/service.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import { queueMails } from '#server/platform/mailing/queue.ts';
import { ratesOn } from '#server/rates/service.ts';
import { approvalAsked, approvalRequestedMail, orderApprovalAsked } from './events.ts';
import { exceededLimits, type PricedLine } from './limits.ts';
import * as queries from './queries.ts';
import { orderedOfRequest, orderedSince } from './spending/queries.ts';

/** Who orders for a company. */
export interface Person {
  companyId: string;
  buyerId: string;
}

/**
 * Returns the limits that a person exceeds by ordering these lines. Their membership must be locked. `requestId`: of which
 * they are, null for a new order. `replaced`: lines of it that count at their new price.
 */
export async function limitsExceededBy(
  tx: Db,
  { companyId, buyerId }: Person,
  wanted: readonly PricedLine[],
  of: { requestId: string | null; replaced: ReadonlySet<string> },
  at: Date,
): Promise<ExceededLimit[]> {
  const limits = await companies.limitsOf(tx, { buyerId });
  if (limits.length === 0) return [];
  const { timeZone } = await companies.findCompany(tx, companyId);
  const today = at.toISOString().slice(0, 10);
  const rates = await ratesOn(tx, today);
  const ofRequest = of.requestId === null ? [] : await orderedOfRequest(tx, of.requestId);
  const hasMonth = limits.some(({ period }) => period === 'month');
  const since = companies.monthStart(at, timeZone);
  const ofMonth = hasMonth ? await orderedSince(tx, { companyId, buyerId }, since) : [];
  const others = (lines: typeof ofRequest) => lines.filter(({ lineId }) => !of.replaced.has(lineId));
  const spent = { request: others(ofRequest), month: others(ofMonth) };
  return exceededLimits(limits, wanted, spent, { rates, today });
}

/** What waits, before it is stored. */
export type NewApproval = Pick<
  queries.ApprovalRow,
  'kind' | 'companyId' | 'requesterId' | 'input' | 'amounts' | 'exceeded' | 'createdAt' | 'expiresAt'
> &
  ({ requestId: string; solutionId?: never } | { solutionId: string; requestId?: never });

/** Stores what waits and mails everybody who may decide about it. Returns its id. */
export async function askForApproval(tx: Db, ctx: Context, wish: NewApproval): Promise<string> {
  const approval = await queries.addApproval(tx, wish);
  const { id, requesterId, kind, createdAt: at } = approval;
  const actor = `buyer:${requesterId}`;
  await record(tx, [
    wish.requestId === undefined
      ? orderApprovalAsked({ actor, at, subjectId: wish.solutionId, payload: { approvalId: id } })
      : approvalAsked({ actor, at, subjectId: wish.requestId, payload: { approvalId: id, kind } }),
  ]);
  await mailApprovers(tx, ctx, approval, at);
  return id;
}

/** How long nobody decides before approvers are mailed again. */
const reminderMs = 2 * 86_400_000;

/** Mails those who may decide and weren't mailed before, and each of them again after two days. */
export async function mailApprovers(
  tx: Db,
  ctx: Context,
  { id, companyId, requesterId }: Omit<queries.WaitingApproval, 'requestId'>,
  at: Date,
): Promise<void> {
  const approvers = await companies.approversOf(tx, companyId, at);
  const asked = await queries.addressesAsked(tx, id, new Date(at.getTime() - reminderMs));
  const mails = approvers
    .filter(({ buyerId }) => buyerId !== requesterId)
    .map(({ email, name, locale }) => ({
      ...{ kind: approvalRequestedMail, subjectId: id, to: { role: 'account', email, name, locale } },
      ...(asked.has(email)
        ? { reason: 'reminder', content: { isReminder: true } }
        : { reason: 'asked', content: {} }),
    }));
  await queueMails(tx, ctx, mails, at);
}
