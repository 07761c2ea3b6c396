import type { Db } from '#db/client.ts';
import { lockMember } from '#server/companies/service.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import { type DecidedMail, queueMails } from '#server/platform/mailing/queue.ts';
import { once } from '#server/platform/idempotency.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { transactionInTurn } from '#server/platform/turns.ts';
import * as solutions from '#server/solutions/service.ts';
import { orderForApprover } from '../approvals/orders.ts';
import type { Waiting } from '../approvals/schema.ts';
import { enquirySent, requestSent } from '../events.ts';
import { capsOf } from '../mails/caps.ts';
import { enquiryMail, requestCopyMail } from '../mails/kinds.ts';
import { frozenRequest } from './frozen.ts';
import { type CheckedRequest, checkRequest } from './input.ts';
import { listTotal, loadParts } from './parts.ts';
import * as queries from './queries.ts';
import type { NewRequest, SentRequest } from './schema.ts';
import { type VendorPart, recipientsOf, requireSendable } from './specification.ts';
import { requireVersion } from './version.ts';

export interface Sender {
  buyerId: string;
  /** Whether the person belongs to a company, for which they send. */
  isMember: boolean;
  /** The address of the account that is logged in, in lower case. */
  provenEmail: string | null;
  /** The IP address that the hourly limit counts. */
  address: string;
  locale: string;
  /** The currency of the total; undefined: that of the prices. */
  currency?: string | undefined;
}

const hourSeconds = 3_600;
/** As long as the cookie lives: until then the browser may reopen the page and send it again. */
const keepKeyDays = 400;

/**
 * Freezes a solution as a request and queues its mails. An order above the limits of the person waits for an approver
 * instead, and this returns the approval. Idempotent per key. Refuses `idempotency_key_reused`,
 * `too_many`, `not_found`, `solution_sent`, `specification_changed`, `invalid_input`, `deadline_past`, and by lines
 * (`problemsOf`).
 */
export async function sendRequest(
  ctx: Context,
  sender: Sender,
  key: string,
  body: NewRequest,
): Promise<SentRequest | Waiting> {
  const now = ctx.clock.now();
  const actor = `buyer:${sender.buyerId}`;
  const attempt = { actor, operation: 'requests.send', key, body, now, keepDays: keepKeyDays };
  // The hourly counter's row lock makes senders of one address wait for each other.
  return transactionInTurn(ctx, `requests:${sender.address}`, (tx) =>
    once(tx, attempt, () => sendInTransaction(tx, ctx, sender, body, now), {
      keptAs: (sent): Waiting | Pick<SentRequest, 'id'> => ('approvalId' in sent ? sent : { id: sent.id }),
      replay: (kept) => ('approvalId' in kept ? kept : replaySentRequest(tx, kept.id)),
    }),
  );
}

async function sendInTransaction(
  tx: Db,
  ctx: Context,
  sender: Sender,
  body: NewRequest,
  now: Date,
): Promise<SentRequest | Waiting> {
  const limit = { max: ctx.config.limits.requestsPerHour, windowSeconds: hourSeconds };
  await countOrRefuse(tx, `requests:${sender.address}`, limit, now);
  const person = sender.isMember ? await lockMember(tx, sender.buyerId) : null;
  const { solution, lines, checked } = await markAndCheck(tx, sender, body, now);
  const waiting =
    person && checked.kind === 'order'
      ? await orderForApprover(tx, ctx, { person, sender, body, solution, lines }, now)
      : null;
  if (waiting) return waiting;
  return sendChecked(
    tx,
    ctx,
    { ...sender, companyId: person?.companyId ?? null },
    { solution, lines, checked },
    now,
  );
}

/** Sends an order that was approved. Refuses what `sendRequest` does. */
export async function sendApproved(
  tx: Db,
  ctx: Context,
  sender: CompanySender,
  body: NewRequest,
  now: Date,
): Promise<SentRequest> {
  return sendChecked(tx, ctx, sender, await markAndCheck(tx, sender, body, now), now);
}

/** Who sends, and for which company. */
export type CompanySender = Omit<Sender, 'isMember' | 'address'> & { companyId: string | null };

interface CheckedSolution extends solutions.SolutionWithLines {
  checked: CheckedRequest;
}

async function markAndCheck(
  tx: Db,
  sender: Pick<Sender, 'buyerId'>,
  body: NewRequest,
  now: Date,
): Promise<CheckedSolution> {
  const checked = checkRequest(body, now);
  const { solution, lines } = await solutions.markSent(tx, sender.buyerId, body.solutionId, now);
  if (body.specification !== undefined) requireVersion(body.specification, lines);
  requireSendable(lines, checked.kind);
  return { solution, lines, checked };
}

async function sendChecked(
  tx: Db,
  ctx: Context,
  sender: CompanySender,
  { solution, lines, checked }: CheckedSolution,
  now: Date,
): Promise<SentRequest> {
  const parts = await loadParts(tx, sender.buyerId, lines);
  const total = await listTotal(tx, lines, sender.currency, now);
  const { buyerId, companyId, locale } = sender;
  const inserted = await queries.insertFrozenRequest(
    tx,
    frozenRequest({ checked, buyerId, companyId, locale, solution, lines, parts, listTotal: total, now }),
  );
  const [first] = inserted;
  if (!first) throw new Error('a request without enquiries');
  await queueMailsAndEvents(tx, ctx, { sender, checked, parts, inserted, now, lines: lines.length });
  const names = new Map(parts.map(({ vendor }) => [vendor.id, vendor.name]));
  return sentRequest(
    { id: first.requestId, number: first.number, kind: checked.kind },
    inserted.map(({ enquiryId, vendorId }) => ({
      id: enquiryId,
      vendorId,
      vendorName: names.get(vendorId) ?? '',
    })),
  );
}

/** Refuses what `sendRequest` would refuse, and writes nothing. */
export async function checkSending(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  buyerId: string,
  body: NewRequest,
): Promise<void> {
  const { kind } = checkRequest(body, clock.now());
  const { lines } = await solutions.findUnsent(db, buyerId, body.solutionId);
  if (body.specification !== undefined) requireVersion(body.specification, lines);
  requireSendable(lines, kind);
}

/** Returns the first answer again: all had the status `sent` then. */
async function replaySentRequest(tx: Db, requestId: string): Promise<SentRequest> {
  const rows = await queries.findSent(tx, requestId);
  const [first] = rows;
  if (!first) throw new Error('a request that was sent is gone');
  return sentRequest(
    first.request,
    rows.map(({ enquiry }) => enquiry),
  );
}

function sentRequest(
  request: { id: string; number: string; kind: 'quote' | 'order' },
  enquiries: { id: string; vendorId: number; vendorName: string }[],
): SentRequest {
  return {
    id: request.id,
    number: request.number,
    kind: request.kind,
    status: 'sent',
    enquiries: enquiries.map(({ id, vendorId, vendorName }) => ({
      id,
      vendor: { id: String(vendorId), name: vendorName },
      status: 'sent',
    })),
  };
}

interface SentParts {
  sender: Pick<Sender, 'buyerId' | 'provenEmail' | 'locale'>;
  checked: CheckedRequest;
  parts: VendorPart[];
  inserted: queries.FrozenEnquiry[];
  lines: number;
  now: Date;
}

/** Queues the mails to all recipients and the buyer, and records the events. */
async function queueMailsAndEvents(tx: Db, ctx: Context, sent: SentParts): Promise<void> {
  const { checked, now } = sent;
  const { requestId, number } = sent.inserted[0]!;
  const enquiryIds = new Map(sent.inserted.map((row) => [row.vendorId, row.enquiryId]));
  const parts = sent.parts.map((part) => ({
    enquiryId: enquiryIds.get(part.vendor.id)!,
    vendorId: part.vendor.id,
    recipients: recipientsOf(part),
  }));
  const { email, name } = checked.contact;
  const { partner, unproven } = capsOf(ctx);
  const isProven = email.toLowerCase() === sent.sender.provenEmail;
  const copy: DecidedMail = {
    ...(isProven ? {} : { cap: unproven }),
    ...{ kind: requestCopyMail, subjectId: requestId, reason: 'sent', content: {} },
    to: { role: 'buyer', email, name, locale: sent.sender.locale },
  };
  const enquiries = parts.flatMap(({ enquiryId, recipients }) =>
    recipients.map((to): DecidedMail => ({
      ...{ kind: enquiryMail, subjectId: enquiryId, reason: 'sent', content: {}, to },
      cap: partner,
    })),
  );
  await queueMails(tx, ctx, [copy, ...enquiries], now);

  const about = { actor: `buyer:${sent.sender.buyerId}`, at: now, subjectId: requestId };
  await record(tx, [
    requestSent({ ...about, payload: { number, kind: checked.kind, lines: sent.lines } }),
    ...parts.map(({ enquiryId, vendorId, recipients }) =>
      enquirySent({ ...about, payload: { enquiryId, vendorId, recipients: recipients.length } }),
    ),
  ]);
}
