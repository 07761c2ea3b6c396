import { isDeepStrictEqual } from 'node:util';
import type { Db } from '#db/client.ts';
import * as money from '#server/common/money.ts';
import { handlerOf, lockMember } from '#server/companies/service.ts';
import type { Context } from '#server/context.ts';
import type { RequestBuyer } from '../access.ts';
import type { NewlyAcceptedLine } from '../deciding/acceptance.ts';
import { lockDetails } from '../deciding/queries.ts';
import type { Acceptance } from '../deciding/schema.ts';
import { addedDetails } from '../orders/details.ts';
import { findRequest, type RequestRow } from '../queries.ts';
import { refuse } from '../refusals.ts';
import { askForApproval, limitsExceededBy, type Person } from './asking.ts';
import { end } from './ending.ts';
import { acceptanceIn, type AcceptanceInput } from './input.ts';
import { sumsOf } from './limits.ts';
import * as queries from './queries.ts';
import type { ApprovalPart, Waiting } from './schema.ts';

/**
 * Locks the membership of the person who decides about a request of a company: who is logged in, or, by follow link, who
 * gets its mails. Returns null for a request of no company. Refuses `not_found` to who has left it meanwhile, and
 * `link_not_valid` if the follow link was replaced or revoked since it was resolved, as it is when its person leaves.
 */
export async function lockPerson(tx: Db, { request, viewer }: RequestBuyer): Promise<Person | null> {
  const { companyId, buyerId } = request;
  if (companyId === null) return null;
  const personId = viewer?.buyerId ?? (await handlerOf(tx, { companyId, buyerId }))?.buyerId;
  const member = personId === undefined ? null : await lockMember(tx, personId);
  // Read after the lock, which a person's removal holds.
  if (viewer === null && !(await hasSameLink(tx, request)))
    throw refuse('link_not_valid', { isOutdated: true });
  if (member?.companyId !== companyId) throw refuse('not_found');
  return { companyId, buyerId: member.buyerId };
}

/** Returns whether the follow link of a request is the one that it was read with. */
async function hasSameLink(tx: Db, { id, linkVersion }: RequestRow): Promise<boolean> {
  const present = await findRequest(tx, { id });
  return present?.linkVersion === linkVersion && present.followRevokedAt === null;
}

interface WantedAcceptance {
  request: RequestRow;
  acceptance: Acceptance;
  person: Person;
  facts: { newlyAccepted: readonly NewlyAcceptedLine[] };
}

type PricedRow = Awaited<ReturnType<typeof queries.pricedLines>>[number];

/**
 * Stores an acceptance that exceeds the limits of the person, to be approved; null if it doesn't. The request's enquiries and
 * the person's membership must be locked. The same acceptance again is the same approval; with other details it replaces
 * that one. Refuses `approval_waiting`, and wrong details.
 */
export async function waitForApprover(
  tx: Db,
  ctx: Context,
  { request, acceptance, person, facts: { newlyAccepted } }: WantedAcceptance,
  at: Date,
): Promise<Waiting | null> {
  const names = new Set(newlyAccepted.map(({ quoteId, lineId }) => `${quoteId} ${lineId}`));
  const quoteIds = [...new Set(newlyAccepted.map(({ quoteId }) => quoteId))];
  const rows = (await queries.pricedLines(tx, request.id, quoteIds)).filter(({ quoteId, lineId }) =>
    names.has(`${quoteId} ${lineId}`),
  );
  const wanted = rows.map((row) => ({ currency: row.currency, total: totalOf(row) }));
  const replaced = new Set(rows.map(({ lineId }) => lineId));
  const of = { requestId: request.id, replaced };
  const exceeded = await limitsExceededBy(tx, person, wanted, of, at);
  if (exceeded.length === 0) return null;
  const known = await lockDetails(tx, request.id);
  const { details, errors } = addedDetails(known, acceptance);
  if (errors.length > 0) throw refuse('invalid_input', { errors });
  const former = await findFormer(tx, request.id, person, names);
  if (former && isDeepStrictEqual(addedDetails(known, acceptanceIn(former)).details, details))
    return { approvalId: former.id };
  if (former) await end(tx, ctx, former, { status: 'withdrawn', decidedAt: at, decidedBy: person.buyerId });
  const approvalId = await askForApproval(tx, ctx, {
    ...{ kind: 'acceptance', companyId: person.companyId, requesterId: person.buyerId },
    ...{ requestId: request.id, input: frozen(acceptance, rows), amounts: sumsOf(wanted), exceeded },
    ...{ createdAt: at, expiresAt: rows.map(({ expiresAt }) => expiresAt).reduce(earlier) },
  });
  return { approvalId };
}

const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

const totalOf = ({ unitPrice, quantity, currency }: PricedRow): bigint =>
  money.lineTotal(money.parse(unitPrice ?? '0'), quantity ?? 0, currency);

/** Returns what waits for exactly these lines by this person. Refuses `approval_waiting` if another one has some of them. */
async function findFormer(
  tx: Db,
  requestId: string,
  { buyerId }: Person,
  names: ReadonlySet<string>,
): Promise<queries.ApprovalRow | null> {
  for (const approval of await queries.lockWaiting(tx, requestId)) {
    const own = acceptanceIn(approval).quotes.flatMap(({ quoteId, lineIds = [] }) =>
      lineIds.map((lineId) => `${quoteId} ${lineId}`),
    );
    const isSame = own.length === names.size && own.every((name) => names.has(name));
    if (isSame && approval.requesterId === buyerId) return approval;
    const lines = new Set([...names].map((name) => name.split(' ')[1]));
    if (own.some((name) => lines.has(name.split(' ')[1]))) throw refuse('approval_waiting');
  }
  return null;
}

/** Returns the acceptance with the lines that it means now, and what they cost. */
function frozen({ quotes: _quotes, ...details }: Acceptance, rows: readonly PricedRow[]): AcceptanceInput {
  const byQuote = Map.groupBy(rows, ({ quoteId }) => quoteId);
  const quotes = [...byQuote].map(([quoteId, own]) => ({
    ...{ quoteId, lineIds: own.map(({ lineId }) => lineId) },
  }));
  const parts = [...Map.groupBy(rows, ({ vendor }) => vendor.id).values()].map((own): ApprovalPart => ({
    vendor: { id: String(own[0]!.vendor.id), name: own[0]!.vendor.name },
    lines: own.map((row) => ({
      ...{ name: row.name, code: row.code, quantity: row.quantity ?? 0 },
      unitPrice: money.fromDatabase(row.unitPrice, row.currency),
      total: money.money(totalOf(row), row.currency),
    })),
  }));
  return { acceptance: { quotes, ...details }, parts };
}
