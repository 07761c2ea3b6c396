import * as money from '#server/common/money.ts';
import * as rates from '#server/rates/service.ts';
import { ratingOf } from '#server/vendors/service.ts';
import { acceptanceIn } from './approvals/input.ts';
import type * as queries from './queries.ts';
import type { EnquiryRow } from './enquiries/queries.ts';
import { buyerCan } from './enquiries/rules.ts';
import { message } from './enquiries/view.ts';
import type { ListedRequest } from './listing/queries.ts';
import type { QuoteRow } from './quotes/queries.ts';
import { quotes } from './quotes/view.ts';
import { orderDetailsOf } from './orders/details.ts';
import { orderCounts, orderedParts, orderLineState, type OrderLineState } from './orders/rules.ts';
import { requestStatus } from './rules.ts';
import type { DeliveryState, Enquiry, Request, RequestLine, RequestList } from './schema.ts';

/** Returns a request for its buyer, field by field, so that a new column can't leak. */
export function request(rows: queries.RequestRows, now: Date, known: rates.DatedRates | null): Request {
  const { request: row } = rows;
  const vendors = new Map(rows.enquiries.map(({ enquiry }) => [enquiry.id, nameOf(enquiry)]));
  const accepted = acceptedLines(rows.quotes);
  const quotesByEnquiry = Map.groupBy(rows.quotes, ({ quote }) => quote.enquiryId);
  const states = row.kind === 'order' ? orderStates(rows, quotesByEnquiry, accepted) : undefined;
  const lines = requestLines(rows.lines, { vendors, accepted, states });
  const lineIds = Map.groupBy(rows.lines, ({ part }) => part.enquiryId);
  const enquiries = rows.enquiries.map((each) => {
    const own = (lineIds.get(each.enquiry.id) ?? []).map(({ line }) => line.id);
    const parts = { lineIds: own, quotes: quotesByEnquiry.get(each.enquiry.id) ?? [], accepted };
    const counts = states && orderCounts(own.map((id) => ({ orderState: states.get(id) })));
    return { ...enquiry(each, parts, now), ...(counts ? { orderLines: counts } : {}) };
  });
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    status: requestStatus(
      enquiries.map(({ can }, at) => ({
        status: rows.enquiries[at]?.enquiry.status ?? 'sent',
        canAccept: can.accept,
      })),
      lines.length,
      accepted.size,
    ),
    title: row.title,
    createdAt: row.createdAt.toISOString(),
    deadline: row.deadline?.toISOString() ?? null,
    timeZone: row.timeZone ?? 'UTC',
    message: row.message,
    delivery: row.delivery ?? {},
    orderDetails: orderDetailsOf(row),
    contact: contact(row),
    lines,
    totals: money.totalsPerCurrency(lines.map((line) => line.asked.map((asked) => asked.lineTotal))),
    listTotal: row.listTotal ?? totalThen(row, lines, known),
    enquiries,
    ordered: orderedParts(lines, enquiries),
    mayDecide: true,
    approvals: rows.approvals.map(({ approval, requester }) => ({
      ...{ id: approval.id, requester: requester ?? '' },
      quoteIds: acceptanceIn(approval).quotes.map(({ quoteId }) => quoteId),
      createdAt: approval.createdAt.toISOString(),
      expiresAt: approval.expiresAt.toISOString(),
    })),
    copy: rows.copy ? delivery(rows.copy) : null,
  };
}

/** Returns the total of a request that was sent before totals were kept. */
function totalThen(row: queries.RequestRow, lines: readonly RequestLine[], known: rates.DatedRates | null) {
  const totals = lines.map((line) => line.asked.map((asked) => asked.lineTotal));
  const today = row.createdAt.toISOString().slice(0, 10);
  return rates.listTotalOf(totals, known, { wanted: undefined, today });
}

export function contact(row: queries.RequestRow): Request['contact'] {
  return {
    name: row.contactName,
    email: row.contactEmail,
    ...(row.contactPhone ? { phone: row.contactPhone } : {}),
    ...(row.contactCompany ? { company: row.contactCompany } : {}),
    ...(row.contactTaxId ? { taxId: row.contactTaxId } : {}),
  };
}

function nameOf(row: EnquiryRow) {
  return { id: String(row.vendorId), name: row.vendorName };
}

/** Returns the accepted quote's id by line id. */
function acceptedLines(quoteRows: readonly QuoteRow[]): Map<string, string> {
  const accepted = quoteRows.flatMap((row) => row.lines).filter(({ acceptedAt }) => acceptedAt !== null);
  return new Map(accepted.map(({ line }) => [line.requestLineId, line.quoteId]));
}

/** Returns the state of each line of an order, which has one vendor. */
function orderStates(
  rows: queries.RequestRows,
  quotesByEnquiry: ReadonlyMap<string, QuoteRow[]>,
  accepted: ReadonlyMap<string, string>,
): ReadonlyMap<string, OrderLineState> {
  return new Map(
    rows.lines.map(({ line, part }) => {
      const newest = quotesByEnquiry.get(part.enquiryId)?.[0];
      const answer = newest?.lines.find((row) => row.line.requestLineId === line.id)?.line;
      const isBound = accepted.has(line.id);
      return [line.id, orderLineState({ isBound }, answer, Boolean(newest?.declinedAt))];
    }),
  );
}

interface LineFacts {
  vendors: ReadonlyMap<string, { id: string; name: string }>;
  accepted: ReadonlyMap<string, string>;
  states: ReadonlyMap<string, OrderLineState> | undefined;
}

function requestLines(rows: queries.LineAndPart[], { vendors, accepted, states }: LineFacts): RequestLine[] {
  const byLine = Map.groupBy(rows, ({ line }) => line.id);
  return [...byLine.values()].map((parts) => {
    const { line } = parts[0]!;
    const orderState = states?.get(line.id);
    return {
      id: line.id,
      position: line.position,
      product: {
        id: String(line.productId),
        code: line.productCode,
        name: line.productName,
        kind: line.productKind,
      },
      categoryPath: line.categoryPath,
      quantity: line.quantity,
      options: line.options,
      note: line.note,
      asked: parts.map(({ part }) => ({
        enquiryId: part.enquiryId,
        vendor: vendors.get(part.enquiryId) ?? { id: '', name: '' },
        sku: part.sku,
        unit: part.unit,
        listPrice: money.fromDatabase(part.listPrice, part.currency),
        lineTotal: money.lineMoney(money.parse(part.listPrice), line.quantity, part.currency),
        leadTimeDays: part.leadTimeDays,
      })),
      acceptedQuoteId: accepted.get(line.id) ?? null,
      ...(orderState ? { orderState } : {}),
    };
  });
}

interface EnquiryParts {
  lineIds: string[];
  quotes: QuoteRow[];
  accepted: ReadonlyMap<string, string>;
}

const notArrived: ReadonlySet<queries.MailState['status']> = new Set(['bounced', 'suppressed', 'failed']);

/** Returns whether all of an enquiry's mails were refused or given up. */
const isUndelivered = (mails: readonly queries.MailState[]): boolean =>
  mails.length > 0 && mails.every(({ status, readAt }) => notArrived.has(status) && readAt === null);

const answers: ReadonlySet<Enquiry['status']> = new Set(['answered', 'declined', 'confirmed']);

function enquiry(
  { enquiry: row, ratings, mails, messages }: queries.EnquiryAndMails,
  parts: EnquiryParts,
  now: Date,
): Enquiry {
  const versions = quotes(parts.quotes, row.status, now);
  const newest = versions[0];
  const openOffers =
    newest?.lines.filter((line) => line.decision !== 'decline' && !parts.accepted.has(line.lineId)) ?? [];
  const isDeclined = Boolean(parts.quotes[0]?.declinedAt);
  const hasBound = parts.quotes.some((quote) => quote.lines.some(({ acceptedAt }) => acceptedAt !== null));
  return {
    id: row.id,
    vendor: { ...nameOf(row), rating: ratingOf(ratings) },
    status: row.status === 'sent' && isUndelivered(mails) ? 'undelivered' : row.status,
    // A corrected answer doesn't change the status, so its time is that of the newest version.
    statusAt: answers.has(row.status) && newest ? newest.createdAt : row.statusAt.toISOString(),
    deadline: row.deadline?.toISOString() ?? null,
    lineIds: parts.lineIds,
    deliveries: mails.map(delivery),
    quotes: versions,
    messages: messages.map(message),
    can: buyerCan(
      {
        ...{ status: row.status, deadline: row.deadline, linksExpireAt: row.linksExpireAt },
        isAllOrdered: parts.lineIds.length > 0 && parts.lineIds.every((id) => parts.accepted.has(id)),
        wantsTime: messages.at(-1)?.kind === 'more_time',
      },
      newest
        ? {
            ...{ status: newest.status, expiresAt: new Date(newest.expiresAt), isDeclined, hasBound },
            openOffers: openOffers.length,
          }
        : null,
      now,
    ),
  };
}

/** Returns a mail's state; that of its link counts more, as a revoked one leads nowhere. */
export function delivery(row: queries.MailState): DeliveryState {
  const { id, role: to, name, readAt, revokedAt, goesOutAt } = row;
  const moment = (at: string) => new Date(at).toISOString();
  // A mail is withdrawn when its link was revoked before it was sent.
  if (revokedAt !== null || row.status === 'withdrawn')
    return { id, to, name, status: 'revoked', at: moment(revokedAt ?? row.statusAt) };
  if (readAt !== null) return { id, to, name, status: 'read', at: moment(readAt) };
  return {
    ...{ id, to, name, status: row.status, at: moment(row.statusAt) },
    ...(goesOutAt === null ? {} : { goesOutAt: moment(goesOutAt) }),
  };
}

/** Returns an item of the buyer's list. `answered`: the number of vendors that sent a quote or declined. */
export function requestListItem({
  request: row,
  lines,
  accepted,
  answered,
  enquiries,
}: ListedRequest): RequestList['items'][number] {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    status: requestStatus(enquiries, lines, accepted),
    title: row.title,
    createdAt: row.createdAt.toISOString(),
    deadline: row.deadline?.toISOString() ?? null,
    timeZone: row.timeZone ?? 'UTC',
    lines,
    vendors: enquiries.length,
    answered,
  };
}
