import { type Static, Type } from 'typebox';
import { productKinds } from '#server/common/enums/catalog.ts';
import { deliveryRoles } from '#server/common/enums/mails.ts';
import {
  enquiryStatuses,
  messageAuthors,
  messageKinds,
  requestKinds,
} from '#server/common/enums/requests.ts';
import {
  Day,
  Id,
  Instant,
  InstantOrNull,
  Listing,
  Money,
  MoneyOrNull,
  VendorRef,
  StringEnum,
} from '#server/platform/schema.ts';
import { Quote } from './quotes/schema.ts';

export const RequestKind = StringEnum(requestKinds);

export const Contact = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
    email: Type.String({ format: 'email', maxLength: 254 }),
    /** In any notation on input; stored as E.164. Impossible numbers are refused. */
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

/** Derived from the enquiries, never stored. */
export const RequestStatus = StringEnum([
  'sent',
  'partly_answered',
  'answered',
  'partly_accepted',
  'accepted',
  'closed',
]);
export type RequestStatus = Static<typeof RequestStatus>;

export const EnquiryStatus = StringEnum(enquiryStatuses);
export type EnquiryStatus = Static<typeof EnquiryStatus>;

export const VendorName = Type.Object({ id: Id, name: Type.String() });
/** A vendor with its rating, which is null until its first rated call. */
export const RatedVendor = Type.Pick(VendorRef, ['id', 'name', 'rating']);

export const DeliveryState = Type.Object(
  {
    /** `vendor` (the official address), `agent` or `buyer`. */
    to: StringEnum(deliveryRoles),
    name: Type.String(),
    status: StringEnum(['queued', 'sent', 'bounced', 'failed', 'read']),
    at: Instant,
  },
  { title: 'DeliveryState' },
);

export const EnquiryMessage = Type.Object(
  {
    id: Id,
    author: StringEnum(messageAuthors),
    authorName: Type.String(),
    kind: StringEnum(messageKinds),
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

/** A line as sent, with each vendor's list price of that moment. */
export const RequestLine = Type.Object(
  {
    id: Id,
    position: Type.Integer(),
    product: Type.Object({
      id: Id,
      code: Type.String(),
      name: Type.String(),
      kind: StringEnum(productKinds),
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
    /** Sums per currency at the list prices of that moment: at each line's lowest and at its highest. */
    totals: Type.Array(Type.Object({ low: Money, high: Money })),
    enquiries: Type.Array(Enquiry),
    /** The state of the buyer's own mail. */
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
