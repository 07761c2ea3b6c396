import { type Static, Type } from 'typebox';
import {
  Day,
  FieldError,
  Id,
  Instant,
  InstantOrNull,
  Money,
  MoneyOrNull,
  NumberOrNull,
  TextOrNull,
  StringEnum,
} from '#server/platform/schema.ts';
import { Decision, Quote } from '../quotes/schema.ts';
import {
  Contact,
  Delivery,
  DeliveryState,
  EnquiryMessage,
  EnquiryStatus,
  OrderDetails,
  RequestKind,
} from '../schema.ts';

/** What a vendor sees behind its link: its own lines only. */
export const EnquiryByLink = Type.Object(
  {
    vendor: Type.Object({ id: Id, name: Type.String() }),
    /** Whose link it is. */
    recipient: Type.Object({
      name: Type.String(),
      role: StringEnum(['vendor', 'agent']),
    }),
    /** Names of others at the vendor who got the enquiry. */
    colleagues: Type.Array(Type.String()),
    /** The others at the vendor who got the enquiry, with the state of their mail and link: the reader's own works. */
    deliveries: Type.Array(DeliveryState),
    request: Type.Object({
      number: Type.String(),
      kind: RequestKind,
      createdAt: Instant,
      deadline: InstantOrNull,
      message: Type.String(),
      /** The zone that the deadline is meant and printed in. */
      timeZone: Type.String(),
      delivery: Delivery,
      /** Of an order, and once lines of this vendor are accepted. */
      orderDetails: Type.Optional(OrderDetails),
      buyer: Contact,
    }),
    status: EnquiryStatus,
    /** The vendor's IANA time zone, in which its dates are meant. */
    timeZone: Type.String(),
    /** Today's date in that zone: the earliest `validUntil`. */
    today: Day,
    /** The default currency of the answer. */
    currency: Type.String(),
    currencies: Type.Array(Type.String()),
    /** The newest reference rates, 1 euro = rate; null if there are none. */
    exchangeRates: Type.Union([
      Type.Object({ date: Day, rates: Type.Record(Type.String(), Type.String()) }),
      Type.Null(),
    ]),
    /** The number of decimals of a sum, by currency. */
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
    /** The last draft saved by this link, as typed. */
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
    /** The vendor's own lines that the buyer has accepted. */
    acceptedLineIds: Type.Array(Id),
    /** Whether the buyer wants to accept lines of its newest quote and waits for an approver in their company. */
    awaitsApproval: Type.Boolean(),
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
    /** Default: the quantity asked for. */
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
    /** The version that the sender saw, 0 for none. If a colleague has sent a newer one, the answer is refused. */
    basedOn: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { title: 'Answer' },
);
export type Answer = Static<typeof Answer>;

/** Something unusual in an answer, which the API takes nevertheless; `path` is a path of the body. */
export const AnswerWarning = Type.Object(
  { path: Type.String(), code: StringEnum(['price_far_from_list']) },
  { title: 'AnswerWarning' },
);
export type AnswerWarning = Static<typeof AnswerWarning>;

export const SentAnswer = Type.Object(
  { ...Quote.properties, warnings: Type.Array(AnswerWarning) },
  { title: 'SentAnswer' },
);
export type SentAnswer = Static<typeof SentAnswer>;

/** What sending an answer would refuse and warn of. */
export const CheckedAnswer = Type.Object(
  { errors: Type.Array(FieldError), warnings: Type.Array(AnswerWarning) },
  { title: 'CheckedAnswer' },
);
export type CheckedAnswer = Static<typeof CheckedAnswer>;

/** A draft is saved as typed, valid or not. */
export const AnswerDraft = Type.Record(Type.String(), Type.Unknown());
export const SavedDraft = Type.Object({ savedAt: Instant });

/** Becomes a message of kind `more_time`, with `until` as its first line. */
export const MoreTime = Type.Object({
  until: Type.Optional(Day),
  text: Type.Optional(longText),
});
export type MoreTime = Static<typeof MoreTime>;
