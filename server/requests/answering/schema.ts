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
import { Decision, Quote } from '../quotes/schema.ts';
import { Contact, Delivery, EnquiryMessage, EnquiryStatus, RequestKind } from '../schema.ts';

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
