import { type Static, Type } from 'typebox';
import {
  Day,
  Id,
  Instant,
  InstantOrNull,
  Money,
  MoneyOrNull,
  NumberOrNull,
  TextOrNull,
  Words,
} from '#server/platform/schema.ts';
import {
  Contact,
  Decision,
  Delivery,
  EnquiryMessage,
  EnquiryStatus,
  Quote,
  QuoteLine,
  RatedVendor,
  RequestKind,
  Request,
} from '#server/requests/schema.ts';

/** What a vendor sees behind its link: its own lines and nothing of anybody else. */
export const EnquiryByLink = Type.Object(
  {
    vendor: Type.Object({ id: Id, name: Type.String() }),
    /** Whose link it is. */
    recipient: Type.Object({
      name: Type.String(),
      role: Words(['vendor', 'agent']),
    }),
    /** Who else of the same vendor got one. */
    colleagues: Type.Array(Type.String()),
    request: Type.Object({
      number: Type.String(),
      kind: RequestKind,
      createdAt: Instant,
      deadline: InstantOrNull,
      message: Type.String(),
      delivery: Delivery,
      buyer: Contact,
    }),
    status: EnquiryStatus,
    /** The vendor's own zone (IANA): its days begin and end there. */
    timeZone: Type.String(),
    /** Today's date there, the first day a quote can be valid until. */
    today: Day,
    /** The currency prices are prefilled in. */
    currency: Type.String(),
    currencies: Type.Array(Type.String()),
    /** Of each of them: how many decimals a sum has. */
    minorDigits: Type.Record(Type.String(), Type.Integer()),
    lines: Type.Array(
      Type.Object({
        id: Id,
        position: Type.Integer(),
        product: Type.Object({ id: Id, name: Type.String(), code: Type.String() }),
        sku: Type.String(),
        quantity: Type.Integer(),
        unit: Type.String(),
        options: Type.Record(Type.String(), Type.String()),
        note: Type.String(),
        listPrice: MoneyOrNull,
        minimum: Type.Integer(),
        packSize: Type.Integer(),
        leadTimeDays: NumberOrNull,
      }),
    ),
    /** As last saved by this link, as typed. */
    draft: Type.Optional(Type.Object({ body: Type.Record(Type.String(), Type.Unknown()), savedAt: Instant })),
    quotes: Type.Array(Quote),
    messages: Type.Array(EnquiryMessage),
    can: Type.Object({
      answer: Type.Boolean(),
      askMoreTime: Type.Boolean(),
      message: Type.Boolean(),
      /** Why an answer is not possible: `deadline_over` or `enquiry_closed`. */
      why: TextOrNull,
    }),
    /** What became of it, once the buyer decided: the vendor's own lines that were accepted. */
    acceptedLineIds: Type.Array(Id),
    linkExpiresAt: Instant,
  },
  { title: 'EnquiryByLink' },
);
export type EnquiryByLink = Static<typeof EnquiryByLink>;

const longText = Type.String({ maxLength: 2_000 });

export const AnswerLine = Type.Object(
  {
    lineId: Id,
    decision: Decision,
    unitPrice: Type.Optional(Money),
    /** The requested quantity when left out. */
    quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
    leadTimeDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 3_650 })),
    alternative: Type.Optional(longText),
    /** Another of the vendor's own offers, by its SKU. */
    alternativeSku: Type.Optional(Type.String({ maxLength: 500 })),
    reason: Type.Optional(longText),
  },
  { title: 'AnswerLine' },
);
export type AnswerLine = Static<typeof AnswerLine>;

export const Answer = Type.Object(
  {
    lines: Type.Array(AnswerLine, { minItems: 1, maxItems: 5_000 }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    /** The last day on which it can be accepted, in the vendor's time zone. */
    validUntil: Day,
    message: Type.Optional(Type.String({ maxLength: 5_000 })),
    vendorReference: Type.Optional(Type.String({ maxLength: 100 })),
  },
  { title: 'Answer' },
);
export type Answer = Static<typeof Answer>;

/** A draft is kept as typed, valid or not. */
export const AnswerDraft = Type.Record(Type.String(), Type.Unknown());
export const SavedDraft = Type.Object({ savedAt: Instant });

/** Becomes a message of kind `more_time`; its first line is the day asked for, when one was named. */
export const MoreTime = Type.Object({
  until: Type.Optional(Day),
  text: Type.Optional(longText),
});
export type MoreTime = Static<typeof MoreTime>;

export const Acceptance = Type.Object(
  {
    quotes: Type.Array(
      Type.Object({
        quoteId: Id,
        /** Left out: every line the quote offers that isn't accepted yet. */
        lineIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 5_000 })),
      }),
      { minItems: 1, maxItems: 200 },
    ),
  },
  { title: 'Acceptance' },
);
export type Acceptance = Static<typeof Acceptance>;

export const QuoteDecline = Type.Object({ quoteId: Id, reason: Type.Optional(longText) });
export type QuoteDecline = Static<typeof QuoteDecline>;
export const Revision = Type.Object({
  enquiryId: Id,
  message: Type.String({ minLength: 1, maxLength: 5_000, pattern: '\\S' }),
});
export type Revision = Static<typeof Revision>;

export const strategies = ['price', 'speed', 'fewest'] as const;

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
