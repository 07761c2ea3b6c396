import { type Static, Type } from 'typebox';
import { decisions } from '#server/common/enums/requests.ts';
import { Day, Id, Instant, Money, StringEnum } from '#server/platform/schema.ts';

export const QuoteStatus = StringEnum([
  'current',
  'superseded',
  'expired',
  'accepted',
  'partly_accepted',
  'declined',
  'lost',
]);
export type QuoteStatus = Static<typeof QuoteStatus>;

export const Decision = StringEnum(decisions);
export type Decision = Static<typeof Decision>;

export const QuoteLine = Type.Object(
  {
    lineId: Id,
    decision: Decision,
    unitPrice: Type.Optional(Money),
    quantity: Type.Optional(Type.Integer()),
    leadTimeDays: Type.Optional(Type.Integer()),
    /** The alternative offered, as text. */
    alternative: Type.Optional(Type.String()),
    /** Set if the alternative is another product of this vendor. */
    alternativeProduct: Type.Optional(
      Type.Object({ id: Id, name: Type.String(), code: Type.String(), sku: Type.String() }),
    ),
    reason: Type.Optional(Type.String()),
    lineTotal: Type.Optional(Money),
    accepted: Type.Boolean(),
  },
  { title: 'QuoteLine' },
);
export type QuoteLine = Static<typeof QuoteLine>;

/** One version of a vendor's answer. */
export const Quote = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    status: QuoteStatus,
    currency: Type.String(),
    validUntil: Day,
    expiresAt: Instant,
    message: Type.String(),
    vendorReference: Type.String(),
    answeredBy: Type.String(),
    createdAt: Instant,
    /** When the buyer declined it, or what was left of it. */
    declinedAt: Type.Optional(Instant),
    total: Money,
    lines: Type.Array(QuoteLine),
  },
  { title: 'Quote' },
);
export type Quote = Static<typeof Quote>;
