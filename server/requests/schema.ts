import { type Static, Type } from 'typebox';
import { productKinds } from '#server/common/enums/catalog.ts';
import { deliveryRoles } from '#server/common/enums/mails.ts';
import {
  enquiryStatuses,
  messageAuthors,
  messageKinds,
  orderLineStates,
  requestKinds,
} from '#server/common/enums/requests.ts';
import { ListTotal } from '#server/rates/schema.ts';
import {
  Day,
  Id,
  Instant,
  InstantOrNull,
  Listing,
  Money,
  MoneyOrNull,
  NumberOrNull,
  PageQuery,
  VendorRef,
  StringEnum,
} from '#server/platform/schema.ts';
import { Quote } from './quotes/schema.ts';

export const RequestKind = StringEnum(requestKinds);

export const Contact = Type.Object(
  {
    name: Type.String({ maxLength: 200 }),
    /** An international domain may be written in its own script. */
    email: Type.String({ maxLength: 254 }),
    /** In any notation on input; stored as E.164, an extension as ` ext. 12` after it. Impossible numbers are refused. */
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

export const VendorName = Type.Object({ id: Id, name: Type.String() });

/** A postal address. On input a country is its ISO 3166-1 code or its name, elsewhere its code. */
export const Address = Type.Object(
  {
    place: Type.Optional(Type.String({ maxLength: 1_000 })),
    country: Type.Optional(Type.String({ maxLength: 100 })),
  },
  { title: 'Address' },
);
export type Address = Static<typeof Address>;

/** Who orders, where the goods go and where the invoice goes: as sent, or as given with the first acceptance. */
export const OrderDetails = Type.Object(
  {
    company: Type.Optional(Type.String()),
    delivery: Address,
    /** Left out: the same as the delivery. */
    billing: Type.Optional(Address),
    /** What vendors still lack, as paths of an acceptance: `company`, `delivery.place`, `delivery.country`. */
    missing: Type.Array(Type.String()),
  },
  { title: 'OrderDetails' },
);
export type OrderDetails = Static<typeof OrderDetails>;

/** How many lines of an order are in each state. */
export const OrderCounts = Type.Object(
  Object.fromEntries(orderLineStates.map((state) => [state, Type.Integer()])) as Record<
    (typeof orderLineStates)[number],
    ReturnType<typeof Type.Integer>
  >,
  { title: 'OrderCounts' },
);
export type OrderCounts = Static<typeof OrderCounts>;

/** What is ordered from one vendor: its lines that were confirmed or accepted, at the prices of its answers. */
export const OrderedPart = Type.Object(
  {
    enquiryId: Id,
    vendor: VendorName,
    lineIds: Type.Array(Id),
    totals: Type.Array(Money),
    longestLeadTimeDays: NumberOrNull,
  },
  { title: 'OrderedPart' },
);
export type OrderedPart = Static<typeof OrderedPart>;

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

/** An enquiry's status for its buyer. `undelivered`: none of its mails arrived, so the vendor doesn't know of it. */
export const FollowedStatus = StringEnum([...enquiryStatuses, 'undelivered']);

/** A vendor with its rating, which is null until its first rated call. */
export const RatedVendor = Type.Pick(VendorRef, ['id', 'name', 'rating']);

export const DeliveryState = Type.Object(
  {
    id: Id,
    /** `vendor` (the official address), `agent` or `buyer`. */
    to: StringEnum(deliveryRoles),
    name: Type.String(),
    /**
     * `waiting`: for the next digest to this address. `bounced`: refused by the mail server. `suppressed`: not sent, because
     * the address was refused before. `revoked`: the person's link was withdrawn.
     */
    status: StringEnum(['queued', 'waiting', 'sent', 'bounced', 'suppressed', 'failed', 'read', 'revoked']),
    at: Instant,
    /** When a waiting mail goes out. */
    goesOutAt: Type.Optional(Instant),
  },
  { title: 'DeliveryState' },
);
export type DeliveryState = Static<typeof DeliveryState>;

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
    status: FollowedStatus,
    statusAt: Instant,
    deadline: InstantOrNull,
    lineIds: Type.Array(Id),
    deliveries: Type.Array(DeliveryState),
    /** Of an order: its lines by state. */
    orderLines: Type.Optional(OrderCounts),
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
        /** The listed lead time when it was sent. */
        leadTimeDays: NumberOrNull,
      }),
    ),
    acceptedQuoteId: Type.Union([Id, Type.Null()]),
    /** Of an order. */
    orderState: Type.Optional(StringEnum(orderLineStates)),
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
    /** The IANA time zone that deadlines are meant and printed in: the buyer's, else UTC. */
    timeZone: Type.String(),
    message: Type.String(),
    delivery: Delivery,
    orderDetails: OrderDetails,
    contact: Contact,
    lines: Type.Array(RequestLine),
    /** Sums per currency at the list prices of that moment: at each line's lowest and at its highest. */
    totals: Type.Array(Type.Object({ low: Money, high: Money })),
    /** As it was when the request was sent. */
    listTotal: ListTotal,
    enquiries: Type.Array(Enquiry),
    /** What is ordered, by vendor. */
    ordered: Type.Array(OrderedPart),
    /** Whether who asks may decide about it; else they read what a colleague sent. */
    mayDecide: Type.Boolean(),
    /** Acceptances that wait for an approver of the buyer's company, in the order they were asked for. */
    approvals: Type.Array(
      Type.Object({
        id: Id,
        requester: Type.String(),
        quoteIds: Type.Array(Id),
        createdAt: Instant,
        expiresAt: Instant,
      }),
    ),
    /** The state of the buyer's own mail. */
    copy: Type.Union([DeliveryState, Type.Null()]),
  },
  { title: 'Request' },
);
export type Request = Static<typeof Request>;

export const ListQuery = Type.Object({
  ...PageQuery.properties,
  /** Words of the number, the title, a product or a partner. */
  q: Type.Optional(Type.String({ maxLength: 200 })),
  status: Type.Optional(RequestStatus),
});

export const RequestList = Listing(
  Type.Object({
    id: Id,
    number: Type.String(),
    kind: RequestKind,
    status: RequestStatus,
    title: Type.String(),
    createdAt: Instant,
    deadline: InstantOrNull,
    timeZone: Type.String(),
    lines: Type.Integer(),
    vendors: Type.Integer(),
    answered: Type.Integer(),
  }),
);
export type RequestList = Static<typeof RequestList>;

/** A follow link's token. */
export const AdditionBody = Type.Object(
  { token: Type.String({ maxLength: 200 }) },
  { additionalProperties: false },
);

export const AddedRequest = Type.Object({ id: Id });
