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
  StringEnum,
} from '#server/platform/schema.ts';
import { Decision, QuoteLine } from '../quotes/schema.ts';
import { FollowedStatus, RatedVendor, Request } from '../schema.ts';
import { Acceptance } from '../deciding/schema.ts';

export const ComparisonQuery = Type.Object({
  choose: Type.Optional(StringEnum(strategies)),
  /** The buyer's own picks, `<lineId>:<quoteId>` or `<position>:<column>`, repeatable; they override `choose`. */
  pick: Type.Optional(
    Type.Union([
      Type.String({ maxLength: 100 }),
      Type.Array(Type.String({ maxLength: 100 }), { maxItems: 5_000 }),
    ]),
  ),
  /** Converts all prices to this currency at dated rates, to rank them; else the visitor's, if there are several. */
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  /** Also returns the request, for the page that shows both. */
  withRequest: Type.Optional(Type.Boolean()),
});
export type ComparisonQuery = Static<typeof ComparisonQuery>;

/** One vendor's answer to one line. */
export const ComparisonCell = Type.Object(
  {
    enquiryId: Id,
    state: StringEnum(['not_asked', 'waiting', 'offered', 'declined', 'expired']),
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
    /** Difference to the list price when the request was sent, in tenths of a percent. */
    listDifference: Type.Optional(Type.Integer()),
    lowest: Type.Boolean(),
    fastest: Type.Boolean(),
    chosen: Type.Boolean(),
    accepted: Type.Boolean(),
    /** Whether it can be accepted now. */
    choosable: Type.Boolean(),
  },
  { title: 'ComparisonCell' },
);
export type ComparisonCell = Static<typeof ComparisonCell>;

export const Comparison = Type.Object(
  {
    /** The currency of the ranking; null if the offers' currencies can't be compared. */
    currency: TextOrNull,
    /** The day of the rates used, when any were. */
    ratesOf: TextOrNull,
    /** Whether these rates are older than four days. */
    ratesOld: Type.Boolean(),
    vendors: Type.Array(
      Type.Object({
        enquiryId: Id,
        vendor: RatedVendor,
        status: FollowedStatus,
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
            /** The total at the dated rate, in the comparison's currency, if that is another one. */
            convertedTotal: MoneyOrNull,
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
    /** The current choice: the lines it would accept, per vendor, with sums. */
    choice: Type.Object({
      lines: Type.Integer(),
      openLines: Type.Integer(),
      byVendor: Type.Array(
        Type.Object({ enquiryId: Id, vendorName: Type.String(), lines: Type.Integer(), total: Money }),
      ),
      totals: Type.Array(Money),
      /** The sum at dated rates, if they exist for every currency in it. */
      convertedTotal: MoneyOrNull,
      longestLeadTimeDays: NumberOrNull,
      /** The `quotes` to post to accept the choice; empty while nothing is chosen. */
      acceptance: Type.Array(Acceptance.properties.quotes.items),
    }),
    /** What is ordered so far, of all vendors: sums per currency, and about what they are in the comparison's. */
    ordered: Type.Object({ totals: Type.Array(Money), convertedTotal: MoneyOrNull }),
    request: Type.Optional(Request),
  },
  { title: 'Comparison' },
);
export type Comparison = Static<typeof Comparison>;
