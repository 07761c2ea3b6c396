import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import { type DecidedMail, queueMails } from '#server/platform/mailing/queue.ts';
import { once } from '#server/platform/idempotency.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { transactionInTurn } from '#server/platform/turns.ts';
import * as solutions from '#server/solutions/service.ts';
import { enquirySent, requestSent } from '../events.ts';
import { enquiryMail, requestCopyMail } from '../mails/kinds.ts';
import { frozenRequest } from './frozen.ts';
import { type CheckedRequest, checkRequest } from './input.ts';
import { loadParts } from './parts.ts';
import * as queries from './queries.ts';
import type { NewRequest, SentRequest } from './schema.ts';
import { type Part, recipientsOf, requireSendable } from './specification.ts';

export interface Sender {
  buyerId: string;
  /** Whom the hourly limit counts. */
  address: string;
  locale: string;
}

const hourSeconds = 3_600;
/** As long as the browser's cookie: until then the page that sent it may be opened and sent again. */
const keepKeyDays = 400;

/**
 * Sends a solution off: freezes it, and decides a mail for every recipient, in one transaction whose number of
 * statements doesn't grow with lines and vendors. Idempotent per key. Refuses `idempotency_key_reused`, `too_many`,
 * `not_found`, `solution_sent`, `invalid_input`, `deadline_past`, and what keeps a line from being sent (`problemsOf`).
 */
export async function send(
  ctx: Context,
  sender: Sender,
  key: string,
  body: NewRequest,
): Promise<SentRequest> {
  const now = ctx.clock.now();
  const actor = `buyer:${sender.buyerId}`;
  const attempt = { actor, operation: 'requests.send', key, body, now, keepDays: keepKeyDays };
  // Their hourly counter makes senders of one address wait for each other's commit.
  return transactionInTurn(ctx, `requests:${sender.address}`, (tx) =>
    once(tx, attempt, () => sendIn(tx, ctx, sender, body, now), {
      keptAs: ({ id }) => ({ id }),
      replay: ({ id }) => answerAgain(tx, id),
    }),
  );
}

async function sendIn(
  tx: Db,
  ctx: Context,
  sender: Sender,
  body: NewRequest,
  now: Date,
): Promise<SentRequest> {
  const limit = { max: ctx.config.limits.requestsPerHour, windowSeconds: hourSeconds };
  await countOrRefuse(tx, `requests:${sender.address}`, limit, now);
  const checked = checkRequest(body, now);
  const { solution, lines } = await solutions.take(tx, sender.buyerId, body.solutionId, now);
  requireSendable(lines, checked.kind);
  const parts = await loadParts(tx, sender.buyerId, lines);
  const { buyerId, locale } = sender;
  const frozen = await queries.freeze(
    tx,
    frozenRequest({ checked, buyerId, locale, solution, lines, parts, now }),
  );
  const [first] = frozen;
  if (!first) throw new Error('a request without enquiries');
  await announce(tx, ctx, { sender, checked, parts, frozen, now, lines: lines.length });
  const names = new Map(parts.map(({ vendor }) => [vendor.id, vendor.name]));
  return answer(
    { id: first.requestId, number: first.number, kind: checked.kind },
    frozen.map(({ enquiryId, vendorId }) => ({
      id: enquiryId,
      vendorId,
      vendorName: names.get(vendorId) ?? '',
    })),
  );
}

/** Answers a repeat as the first time: everything had just been sent then. */
async function answerAgain(tx: Db, requestId: string): Promise<SentRequest> {
  const rows = await queries.findSent(tx, requestId);
  const [first] = rows;
  if (!first) throw new Error('a request that was sent is gone');
  return answer(
    first.request,
    rows.map(({ enquiry }) => enquiry),
  );
}

function answer(
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

interface Announcement {
  sender: Sender;
  checked: CheckedRequest;
  parts: Part[];
  frozen: queries.FrozenEnquiry[];
  lines: number;
  now: Date;
}

/** Mails to every recipient and to the buyer, and the events. */
async function announce(tx: Db, ctx: Context, sent: Announcement): Promise<void> {
  const { checked, now } = sent;
  const { requestId, number } = sent.frozen[0]!;
  const enquiryIds = new Map(sent.frozen.map((row) => [row.vendorId, row.enquiryId]));
  const parts = sent.parts.map((part) => ({
    enquiryId: enquiryIds.get(part.vendor.id)!,
    vendorId: part.vendor.id,
    recipients: recipientsOf(part),
  }));
  const { email, name } = checked.contact;
  const copy: DecidedMail = {
    ...{ kind: requestCopyMail, subjectId: requestId, reason: 'sent', content: {} },
    to: { role: 'buyer', email, name, locale: sent.sender.locale },
  };
  const enquiries = parts.flatMap(({ enquiryId, recipients }) =>
    recipients.map((to): DecidedMail => ({
      ...{ kind: enquiryMail, subjectId: enquiryId, reason: 'sent', content: {}, to },
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
