import * as money from '#server/common/money.ts';
import type { EnquiryStatus } from '../schema.ts';
import type { QuoteRow } from './queries.ts';
import { quoteStatus } from './rules.ts';
import type { Quote, QuoteLine } from './schema.ts';

/** Returns all versions of one enquiry's answer, newest first. */
export function quotes(rows: readonly QuoteRow[], status: EnquiryStatus, now: Date): Quote[] {
  return rows.map(({ quote, declinedAt, lines: lineRows }, index) => {
    const facts = {
      isNewest: index === 0,
      expiresAt: quote.expiresAt,
      isDeclined: declinedAt !== null,
      offered: lineRows.filter(({ line }) => line.decision !== 'decline').length,
      accepted: lineRows.filter(({ acceptedAt }) => acceptedAt !== null).length,
    };
    const lines = lineRows.map((row) => quoteLine(row, quote.currency));
    const total = lines.reduce((sum, line) => sum + money.parse(line.lineTotal?.amount ?? '0'), 0n);
    return {
      id: quote.id,
      version: quote.version,
      status: quoteStatus(facts, status, now),
      currency: quote.currency,
      validUntil: quote.validUntil,
      expiresAt: quote.expiresAt.toISOString(),
      message: quote.message,
      vendorReference: quote.vendorReference,
      answeredBy: quote.answeredBy,
      createdAt: quote.createdAt.toISOString(),
      ...(declinedAt ? { declinedAt: declinedAt.toISOString() } : {}),
      total: money.money(total, quote.currency),
      lines,
    };
  });
}

function quoteLine(
  { line, acceptedAt, alternative }: QuoteRow['lines'][number],
  currency: string,
): QuoteLine {
  const unitPrice = money.fromDatabase(line.unitPrice, currency);
  const total = money.lineMoney(money.parse(line.unitPrice), line.quantity ?? 0, currency);
  return {
    lineId: line.requestLineId,
    decision: line.decision,
    ...(unitPrice ? { unitPrice } : {}),
    ...(line.quantity !== null ? { quantity: line.quantity } : {}),
    ...(line.leadTimeDays !== null ? { leadTimeDays: line.leadTimeDays } : {}),
    ...(line.alternative ? { alternative: line.alternative } : {}),
    ...(alternative?.id && alternative.sku !== null
      ? {
          alternativeProduct: {
            id: String(alternative.id),
            name: alternative.name ?? '',
            code: alternative.code ?? '',
            sku: alternative.sku,
          },
        }
      : {}),
    ...(line.reason ? { reason: line.reason } : {}),
    ...(total ? { lineTotal: total } : {}),
    accepted: acceptedAt !== null,
  };
}
