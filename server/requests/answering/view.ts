import { currencies, fromDatabase } from '#server/common/money.ts';
import { dayIn } from '#server/common/zones.ts';
import { acceptanceIn } from '../approvals/input.ts';
import { isOpen, whyNoAnswer } from '../enquiries/rules.ts';
import { message } from '../enquiries/view.ts';
import { companyFor, orderDetailsOf } from '../orders/details.ts';
import type { Quote } from '../quotes/schema.ts';
import { quotes } from '../quotes/view.ts';
import { delivery as deliveryState } from '../view.ts';
import type * as queries from './queries.ts';
import type { EnquiryByLink } from './schema.ts';

/** Returns what the enquiry's vendor sees, field by field, so that a new column can't leak. */
export function enquiryByLink(rows: queries.EnquiryRows, now: Date): EnquiryByLink {
  const { delivery, enquiry, request } = rows;
  const versions = quotes(rows.quotes, enquiry.status, now);
  const why = whyNoAnswer(enquiry, now);
  const accepted = acceptedLineIds(versions);
  const seesDetails = request.kind === 'order' || accepted.length > 0;
  const others = rows.recipients.filter((recipient) => recipient.id !== delivery.id);
  return {
    vendor: { id: String(enquiry.vendorId), name: enquiry.vendorName },
    recipient: { name: delivery.toName, role: delivery.role === 'agent' ? 'agent' : 'vendor' },
    colleagues: others.map((recipient) => recipient.name),
    deliveries: others.map(deliveryState),
    request: {
      number: request.number,
      kind: request.kind,
      createdAt: request.createdAt.toISOString(),
      deadline: enquiry.deadline?.toISOString() ?? null,
      message: request.message,
      timeZone: request.timeZone ?? 'UTC',
      delivery: request.delivery ?? {},
      ...(seesDetails ? { orderDetails: orderDetailsOf(rows.request) } : {}),
      buyer: buyerOf(request, seesDetails),
    },
    status: enquiry.status,
    timeZone: enquiry.vendorTimeZone,
    today: dayIn(enquiry.vendorTimeZone, now),
    currency: mostUsedCurrency(rows.asked),
    currencies: Object.keys(currencies),
    exchangeRates: rows.rates && { date: rows.rates.date, rates: Object.fromEntries(rows.rates.rates) },
    minorDigits: { ...currencies },
    lines: rows.asked.map(lineOf),
    ...(rows.draft ? { draft: { body: rows.draft.body, savedAt: rows.draft.savedAt.toISOString() } } : {}),
    quotes: versions,
    messages: rows.messages.map(message),
    can: {
      answer: why === null,
      askMoreTime: isOpen(enquiry.status) && enquiry.deadline !== null,
      message: true,
      why,
    },
    acceptedLineIds: accepted,
    awaitsApproval: rows.waiting.some(({ approval }) =>
      acceptanceIn(approval).quotes.some(({ quoteId }) => versions.some(({ id }) => id === quoteId)),
    ),
    linkExpiresAt: enquiry.linksExpireAt.toISOString(),
  };
}

function buyerOf(
  request: queries.AnswerLinkHolder['request'],
  seesDetails: boolean,
): EnquiryByLink['request']['buyer'] {
  const company = companyFor(request, seesDetails);
  return {
    name: request.contactName,
    email: request.contactEmail,
    ...(request.contactPhone ? { phone: request.contactPhone } : {}),
    ...(company ? { company } : {}),
    ...(request.contactTaxId ? { taxId: request.contactTaxId } : {}),
  };
}

function lineOf({ line, part }: queries.AskedRow): EnquiryByLink['lines'][number] {
  return {
    id: line.id,
    position: line.position,
    product: { id: String(line.productId), name: line.productName, code: line.productCode },
    sku: part.sku,
    quantity: line.quantity,
    unit: part.unit,
    options: line.options,
    note: line.note,
    listPrice: fromDatabase(part.listPrice, part.currency),
    minimum: part.minimum,
    packSize: part.packSize,
    leadTimeDays: part.leadTimeDays,
  };
}

function mostUsedCurrency(asked: readonly queries.AskedRow[]): string {
  const uses = [...Map.groupBy(asked, ({ part }) => part.currency)].sort((a, b) => b[1].length - a[1].length);
  return uses[0]?.[0] ?? 'EUR';
}

function acceptedLineIds(quotes: readonly Quote[]): string[] {
  const lines = quotes.flatMap((quote) => quote.lines.filter((line) => line.accepted));
  return [...new Set(lines.map((line) => line.lineId))];
}
