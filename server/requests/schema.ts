import { type Static, Type } from 'typebox';
import {
  Day,
  Id,
  Instant,
  InstantOrNull,
  Listing,
  Money,
  MoneyOrNull,
  NumberOrNull,
  TextOrNull,
  VendorRef,
  Words,
} from '#server/platform/schema.ts';

export const RequestKind = Words(['quote', 'order']);

export const Contact = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
    email: Type.String({ format: 'email', maxLength: 254 }),
    /** As typed; a number that can't exist is refused, what is kept is E.164. */
    phone: Type.Optional(Type.String({ maxLength: 50 })),
    company: Type.Optional(Type.String({ maxLength: 200 })),
    taxId: Type.Optional(Type.String({ maxLength: 50 })),
  },
  { title: 'Contact' },
);
export type Contact = Static<typeof Contact>;

export const Delivery = Type.Object(
  {
    place: Type.Optional(Type.String({ maxLength: 1_000 })),
    country: Type.Optional(Type.String({ maxLength: 100 })),
    neededBy: Type.Optional(Day),
  },
  { title: 'Delivery' },
);
export type Delivery = Static<typeof Delivery>;

export const NewRequest = Type.Object(
  {
    solutionId: Id,
    kind: RequestKind,
    contact: Contact,
    /** A place in words, or its parts. */
    delivery: Type.Optional(Type.Union([Type.String({ maxLength: 1_000 }), Delivery])),
    message: Type.Optional(Type.String({ maxLength: 5_000 })),
    deadline: Type.Optional(Instant),
    /** IANA name: whose days and times mails to the buyer name. */
    timeZone: Type.Optional(Type.String({ maxLength: 64 })),
  },
  { title: 'NewRequest' },
);
export type NewRequest = Static<typeof NewRequest>;

/** Derived from the enquiries, never stored. */
export const RequestStatus = Words([
  'sent',
  'partly_answered',
  'answered',
  'partly_accepted',
  'accepted',
  'closed',
]);
export type RequestStatus = Static<typeof RequestStatus>;

export const EnquiryStatus = Words([
  'sent',
  'opened',
  'answered',
  'revision_asked',
  'declined',
  'confirmed',
  'accepted',
  'partly_accepted',
  'lost',
]);
export type EnquiryStatus = Static<typeof EnquiryStatus>;

const VendorName = Type.Object({ id: Id, name: Type.String() });
/** A vendor where a buyer weighs it: with its rating, null until calls were rated. */
export const RatedVendor = Type.Pick(VendorRef, ['id', 'name', 'rating']);

export const SentRequest = Type.Object({
  id: Id,
  number: Type.String(),
  kind: RequestKind,
  status: RequestStatus,
  enquiries: Type.Array(Type.Object({ id: Id, vendor: VendorName, status: EnquiryStatus })),
});
export type SentRequest = Static<typeof SentRequest>;

export const DeliveryState = Type.Object(
  {
    /** `vendor` (the official address), `agent` or `buyer`. */
    to: Words(['vendor', 'agent', 'buyer']),
    name: Type.String(),
    status: Words(['queued', 'sent', 'bounced', 'failed', 'read']),
    at: Instant,
  },
  { title: 'DeliveryState' },
);

export const QuoteStatus = Words([
  'current',
  'superseded',
  'expired',
  'accepted',
  'partly_accepted',
  'declined',
  'lost',
]);
export type QuoteStatus = Static<typeof QuoteStatus>;

export const Decision = Words(['offer', 'alternative', 'confirm', 'decline']);
export type Decision = Static<typeof Decision>;

export const QuoteLine = Type.Object(
  {
    lineId: Id,
    decision: Decision,
    unitPrice: Type.Optional(Money),
    quantity: Type.Optional(Type.Integer()),
    leadTimeDays: Type.Optional(Type.Integer()),
    /** What is offered instead, in words. */
    alternative: Type.Optional(Type.String()),
    /** ... when it is another product of this vendor. */
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
    total: Money,
    lines: Type.Array(QuoteLine),
  },
  { title: 'Quote' },
);
export type Quote = Static<typeof Quote>;

export const EnquiryMessage = Type.Object(
  {
    id: Id,
    author: Words(['buyer', 'vendor']),
    authorName: Type.String(),
    kind: Words(['message', 'more_time', 'deadline', 'revision', 'decline']),
    text: Type.String(),
    createdAt: Instant,
  },
  { title: 'EnquiryMessage' },
);
export type EnquiryMessage = Static<typeof EnquiryMessage>;

export const Enquiry = Type.Object(
  {
    id: Id,
    vendor: RatedVendor,
    status: EnquiryStatus,
    statusAt: Instant,
    deadline: InstantOrNull,
    lineIds: Type.Array(Id),
    deliveries: Type.Array(DeliveryState),
    /** Newest version first. */
    quotes: Type.Array(Quote),
    messages: Type.Array(EnquiryMessage),
    can: Type.Object({
      accept: Type.Boolean(),
      decline: Type.Boolean(),
      askRevision: Type.Boolean(),
      message: Type.Boolean(),
      giveMoreTime: Type.Boolean(),
    }),
  },
  { title: 'Enquiry' },
);
export type Enquiry = Static<typeof Enquiry>;

/** A line as the buyer sent it, with each vendor's list price of that moment. */
export const RequestLine = Type.Object(
  {
    id: Id,
    position: Type.Integer(),
    product: Type.Object({
      id: Id,
      code: Type.String(),
      name: Type.String(),
      kind: Words(['product', 'service']),
    }),
    categoryPath: Type.String(),
    quantity: Type.Integer(),
    options: Type.Record(Type.String(), Type.String()),
    note: Type.String(),
    asked: Type.Array(
      Type.Object({
        enquiryId: Id,
        vendor: VendorName,
        sku: Type.String(),
        unit: Type.String(),
        listPrice: MoneyOrNull,
        lineTotal: MoneyOrNull,
      }),
    ),
    acceptedQuoteId: Type.Union([Id, Type.Null()]),
  },
  { title: 'RequestLine' },
);
export type RequestLine = Static<typeof RequestLine>;

export const Request = Type.Object(
  {
    id: Id,
    number: Type.String(),
    kind: RequestKind,
    status: RequestStatus,
    title: Type.String(),
    createdAt: Instant,
    deadline: InstantOrNull,
    message: Type.String(),
    delivery: Delivery,
    contact: Contact,
    lines: Type.Array(RequestLine),
    /** List prices of that moment, per currency: every line at its lowest and at its highest. */
    totals: Type.Array(Type.Object({ low: Money, high: Money })),
    enquiries: Type.Array(Enquiry),
    /** The state of the buyer's own copy. */
    copy: Type.Union([DeliveryState, Type.Null()]),
  },
  { title: 'Request' },
);
export type Request = Static<typeof Request>;

export const RequestList = Listing(
  Type.Object({
    id: Id,
    number: Type.String(),
    kind: RequestKind,
    status: RequestStatus,
    title: Type.String(),
    createdAt: Instant,
    deadline: InstantOrNull,
    lines: Type.Integer(),
    vendors: Type.Integer(),
    answered: Type.Integer(),
  }),
);
export type RequestList = Static<typeof RequestList>;

/** The specification exactly as it would be sent now: who gets what, by which addresses. */
export const Specification = Type.Object(
  {
    solutionId: Id,
    kind: RequestKind,
    lineCount: Type.Integer(),
    parts: Type.Array(
      Type.Object({
        vendor: RatedVendor,
        /** The vendor's official address; null when it has none and can't be asked. */
        email: TextOrNull,
        agents: Type.Array(Type.Object({ name: Type.String(), kind: Words(['sales', 'support']) })),
        lines: Type.Array(
          Type.Object({
            lineId: Id,
            position: Type.Integer(),
            product: Type.Object({ id: Id, name: Type.String(), code: Type.String() }),
            sku: Type.String(),
            quantity: Type.Integer(),
            unit: Type.String(),
            options: Type.Record(Type.String(), Type.String()),
            note: Type.String(),
            listPrice: MoneyOrNull,
            lineTotal: MoneyOrNull,
            leadTimeDays: NumberOrNull,
          }),
        ),
        subtotals: Type.Array(Money),
        onRequest: Type.Integer(),
      }),
    ),
    totals: Type.Array(Type.Object({ low: Money, high: Money })),
    /** What keeps it from being sent as this kind: refusal codes, by line where one is concerned. */
    problems: Type.Array(
      Type.Object({
        code: Type.String(),
        lineId: Type.Optional(Id),
        position: Type.Optional(Type.Integer()),
        name: Type.Optional(Type.String()),
      }),
    ),
  },
  { title: 'Specification' },
);
export type Specification = Static<typeof Specification>;

export const NewMessage = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 10_000, pattern: '\\S' }),
});
export const NewFollowMessage = Type.Object({ enquiryId: Id, ...NewMessage.properties });
export const NewDeadline = Type.Object({ enquiryId: Id, deadline: Instant });
