import { lineTotal, money, parse } from '#server/common/money.ts';
import type { Rates } from '#server/requests/comparing/scale.ts';
import type { Quote, QuoteLine } from '#server/requests/quotes/schema.ts';
import type { Enquiry, Request } from '#server/requests/schema.ts';

/**
 * A vendor's answer in short form, line by line: `12.50@5` (unit price, days), followed by `/alternative` or `*4`
 * (another quantity); `declined:<reason>`; null: not asked; undefined: no answer yet.
 */
export interface BriefAnswer {
  currency: string;
  lines: readonly (string | null | undefined)[];
  accepted?: number[];
  can?: boolean;
  status?: Enquiry['status'];
  quoteStatus?: Quote['status'];
}

export function briefAnswer(
  currency: string,
  lines: BriefAnswer['lines'],
  more: Partial<BriefAnswer> = {},
): BriefAnswer {
  return { currency, lines, ...more };
}

export const rates: Rates = {
  of: '2026-05-29',
  rates: new Map([
    ['RSD', '117.20'],
    ['PLN', '4.25'],
  ]),
};

const at = '2026-06-01T12:00:00.000Z';

/** Returns a request as its buyer sees it, from quantities and answers, with ids such as `line-0` and `quote-0`. */
export function requestOf(quantities: readonly number[], answers: readonly BriefAnswer[]): Request {
  const acceptedFrom = new Map(
    answers.flatMap((answer, vendor) =>
      (answer.accepted ?? []).map((line) => [line, `quote-${vendor}`] as const),
    ),
  );
  return {
    id: 'request',
    number: 'QL-26-00001',
    kind: 'quote',
    status: 'answered',
    title: '',
    createdAt: at,
    deadline: null,
    message: '',
    timeZone: 'UTC',
    delivery: {},
    orderDetails: { delivery: {}, missing: [] },
    ordered: [],
    mayDecide: true,
    approvals: [],
    contact: { name: 'Jana', email: 'jana@morava.example' },
    totals: [],
    listTotal: {
      ...{ about: null, conversion: null, lines: quantities.length },
      ...{ withoutPrice: quantities.length, withoutRate: 0, byCurrency: [] },
    },
    copy: null,
    lines: quantities.map((quantity, line) => ({
      id: `line-${line}`,
      position: line + 1,
      product: { id: `${line}`, code: `P-${line}`, name: `Product ${line}`, kind: 'product' },
      categoryPath: '',
      quantity,
      options: {},
      note: '',
      acceptedQuoteId: acceptedFrom.get(line) ?? null,
      asked: answers.flatMap((answer, vendor) =>
        answer.lines[line] === null
          ? []
          : [
              {
                enquiryId: `enquiry-${vendor}`,
                vendor: vendorOf(vendor),
                sku: '',
                unit: 'piece',
                listPrice: null,
                lineTotal: null,
                leadTimeDays: null,
              },
            ],
      ),
    })),
    enquiries: answers.map((answer, vendor) => enquiryOf(answer, vendor, quantities)),
  };
}

function vendorOf(vendor: number) {
  return { id: `${vendor}`, name: `Vendor ${vendor}`, rating: null };
}

function enquiryOf(answer: BriefAnswer, vendor: number, quantities: readonly number[]): Enquiry {
  const lines = answer.lines.flatMap((line, index) =>
    typeof line === 'string' ? [lineOf(line, index, answer, quantities[index] ?? 1)] : [],
  );
  const total = lines.reduce((sum, line) => sum + parse(line.lineTotal?.amount ?? '0'), 0n);
  const quote: Quote = {
    id: `quote-${vendor}`,
    version: 1,
    status: answer.quoteStatus ?? 'current',
    currency: answer.currency,
    validUntil: '2026-07-01',
    expiresAt: '2026-07-01T22:00:00.000Z',
    message: '',
    vendorReference: '',
    answeredBy: '',
    createdAt: at,
    total: money(total, answer.currency),
    lines,
  };
  return {
    id: `enquiry-${vendor}`,
    vendor: vendorOf(vendor),
    status: answer.status ?? (lines.length > 0 ? 'answered' : 'sent'),
    statusAt: at,
    deadline: null,
    lineIds: answer.lines.flatMap((line, index) => (line === null ? [] : [`line-${index}`])),
    deliveries: [],
    quotes: lines.length > 0 ? [quote] : [],
    messages: [],
    can: { accept: answer.can ?? true, decline: true, askRevision: true, message: true, giveMoreTime: true },
  };
}

function lineOf(text: string, index: number, answer: BriefAnswer, asked: number): QuoteLine {
  const lineId = `line-${index}`;
  if (text.startsWith('declined:')) {
    return { lineId, decision: 'decline', reason: text.slice('declined:'.length), accepted: false };
  }
  const [, amount = '', days = '', other, quantity] =
    /^([\d.]+)@(\d+)(\/alternative)?(?:\*(\d+))?$/.exec(text) ?? [];
  const { currency } = answer;
  const count = quantity ? Number(quantity) : asked;
  return {
    lineId,
    decision: other ? 'alternative' : 'offer',
    unitPrice: money(parse(amount), currency),
    quantity: count,
    leadTimeDays: Number(days),
    ...(other ? { alternative: 'Something else' } : {}),
    lineTotal: money(lineTotal(parse(amount), count, currency), currency),
    accepted: answer.accepted?.includes(index) ?? false,
  };
}
