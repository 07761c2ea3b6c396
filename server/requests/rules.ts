import * as money from '#server/common/money.ts';
import type { Money } from '#server/platform/schema.ts';
import { hasAnswered } from './enquiries/rules.ts';
import type { EnquiryStatus, RequestStatus } from './schema.ts';

/** The request's status, from its enquiries and how many of its lines are accepted. */
export function requestStatus(
  enquiries: readonly EnquiryStatus[],
  lines: number,
  acceptedLines: number,
): RequestStatus {
  if (lines > 0 && acceptedLines >= lines) return 'accepted';
  if (acceptedLines > 0) return 'partly_accepted';
  const answered = enquiries.filter(hasAnswered).length;
  if (enquiries.every((status) => status === 'declined' || status === 'lost')) return 'closed';
  if (answered === enquiries.length) return 'answered';
  return answered > 0 ? 'partly_answered' : 'sent';
}

/** Unit price (a database amount, or null: on request) x quantity, rounded once. */
export function lineTotal(unitPrice: string | null, quantity: number, currency: string): Money | null {
  return unitPrice === null
    ? null
    : money.money(money.lineTotal(money.parse(unitPrice), quantity, currency), currency);
}
