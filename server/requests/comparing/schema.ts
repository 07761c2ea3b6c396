import { type Static, Type } from 'typebox';
import { strategies } from '#server/common/enums/requests.ts';
import {
  Day,
  Id,
  Instant,
  Money,
  MoneyOrNull,
  NumberOrNull,
  TextOrNull,
  Words,
} from '#server/platform/schema.ts';
import { Decision, QuoteLine } from '../quotes/schema.ts';
import { EnquiryStatus, RatedVendor, Request } from '../schema.ts';
import { Acceptance } from '../deciding/schema.ts';

export const ComparisonQuery = Type.Object({
  choose: Type.Optional(Words(strategies)),
  /** By hand: `<lineId>:<quoteId>` or `<position>:<column>`, repeated; counts over `choose`. */
  pick: Type.Optional(
    Type.Union([
      Type.String({ maxLength: 100 }),
      Type.Array(Type.String({ maxLength: 100 }), { maxItems: 5_000 }),
    ]),
  ),
  /** Rank across currencies in this one, at dated rates. */
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  /** Answer the request itself too, as the page of both needs it. */
  withRequest: Type.Optional(Type.Boolean()),
});
export type ComparisonQuery = Static<typeof ComparisonQuery>;

/** One vendor's answer to one line. `none`: not asked, or no answer yet (`waiting`). */
export const ComparisonCell = Type.Object(
  {
    enquiryId: Id,
    state: Words(['not_asked', 'waiting', 'offered', 'declined', 'expired']),
    quoteId: Type.Optional(Id),
    decision: Type.Optional(Decision),
    unitPrice: Type.Optional(Money),
    quantity: Type.Optional(Type.Integer()),
    lineTotal: Type.Optional(Money),
    /** The line total at the dated rate, in the comparison's currency. */
    converted: Type.Optional(Money),
    leadTimeDays: Type.Optional(Type.Integer()),
    alternative: Type.Optional(Type.String()),
    alternativeProduct: QuoteLine.properties.alternativeProduct,
    reason: Type.Optional(Type.String()),
    /** Difference to the list price of the day of sending, in tenths of a percent. */
    listDifference: Type.Optional(Type.Integer()),
    lowest: Type.Boolean(),
    fastest: Type.Boolean(),
    chosen: Type.Boolean(),
    accepted: Type.Boolean(),
    /** Whether accepting it is possible now. */
    choosable: Type.Boolean(),
  },
  { title: 'ComparisonCell' },
);
export type ComparisonCell = Static<typeof ComparisonCell>;

export const Comparison = Type.Object(
  {
    /** What the ranking is made in; null when the offers' currencies can't be compared. */
    currency: TextOrNull,
    /** The day of the rates used, when any were. */
    ratesOf: TextOrNull,
    vendors: Type.Array(
      Type.Object({
        enquiryId: Id,
        vendor: RatedVendor,
        status: EnquiryStatus,
        statusAt: Instant,
        quote: Type.Union([
          Type.Object({
            id: Id,
            version: Type.Integer(),
            status: Type.String(),
            currency: Type.String(),
            validUntil: Day,
            expiresAt: Instant,
            message: Type.String(),
            total: Money,
          }),
          Type.Null(),
        ]),
        linesAsked: Type.Integer(),
        linesOffered: Type.Integer(),
        longestLeadTimeDays: NumberOrNull,
      }),
    ),
    rows: Type.Array(
      Type.Object({
        lineId: Id,
        position: Type.Integer(),
        product: Type.Object({ id: Id, code: Type.String(), name: Type.String() }),
        quantity: Type.Integer(),
        unit: Type.String(),
        acceptedQuoteId: Type.Union([Id, Type.Null()]),
        /** In the order of `vendors`. */
        cells: Type.Array(ComparisonCell),
      }),
    ),
    /** The present choice: what accepting it would place, with whom, at what sums. */
    choice: Type.Object({
      lines: Type.Integer(),
      openLines: Type.Integer(),
      byVendor: Type.Array(
        Type.Object({ enquiryId: Id, vendorName: Type.String(), lines: Type.Integer(), total: Money }),
      ),
      totals: Type.Array(Money),
      /** All of it at the dated rates, when they exist for every currency in it. */
      convertedTotal: MoneyOrNull,
      longestLeadTimeDays: NumberOrNull,
      /** What to post as `quotes` to accept it; empty while nothing is chosen. */
      acceptance: Type.Array(Acceptance.properties.quotes.items),
    }),
    request: Type.Optional(Request),
  },
  { title: 'Comparison' },
);
export type Comparison = Static<typeof Comparison>;
