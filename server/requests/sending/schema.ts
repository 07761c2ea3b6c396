import { type Static, Type } from 'typebox';
import { agentKinds } from '#server/common/enums/agents.ts';
import { Id, Money, MoneyOrNull, NumberOrNull, TextOrNull, StringEnum } from '#server/platform/schema.ts';
import { About, ListTotal } from '#server/rates/schema.ts';
import {
  Address,
  Contact,
  EnquiryStatus,
  OrderDetails,
  RatedVendor,
  RequestKind,
  RequestStatus,
  VendorName,
} from '../schema.ts';

// Checked together with the other fields, so that a refusal names all that are wrong.
const ShortText = Type.String({ maxLength: 64 });

const NewDelivery = Type.Object(
  {
    ...Address.properties,
    /** `YYYY-MM-DD`, today or later. */
    neededBy: Type.Optional(ShortText),
  },
  { title: 'NewDelivery' },
);

export const NewRequest = Type.Object(
  {
    solutionId: Id,
    kind: RequestKind,
    /** The buyer's own name for it, which no vendor sees. Default: the solution's. */
    title: Type.Optional(Type.String({ maxLength: 200 })),
    /** An order needs its `company`. */
    contact: Contact,
    /** A string is the place. An order needs place and country. */
    delivery: Type.Optional(Type.Union([Type.String({ maxLength: 1_000 }), NewDelivery])),
    /** Where the invoice goes. Default: to the place of delivery. */
    billing: Type.Optional(Address),
    message: Type.Optional(Type.String({ maxLength: 5_000 })),
    /** A date-time (RFC 3339), or a day, whose end in `timeZone` counts. Everybody reads it in that zone. */
    deadline: Type.Optional(ShortText),
    /** The currency of the total in the copy; else the visitor's. */
    currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
    /** The buyer's IANA time zone, for deadlines and for the dates in mails to the buyer. Default: UTC. */
    timeZone: Type.Optional(Type.String({ maxLength: 64 })),
    /** The `version` of the specification that the buyer reviewed. Refused if another one would be sent. */
    specification: Type.Optional(Type.String({ maxLength: 200_000 })),
  },
  { title: 'NewRequest' },
);
export type NewRequest = Static<typeof NewRequest>;

export const SentRequest = Type.Object({
  id: Id,
  number: Type.String(),
  kind: RequestKind,
  status: RequestStatus,
  enquiries: Type.Array(Type.Object({ id: Id, vendor: VendorName, status: EnquiryStatus })),
});
export type SentRequest = Static<typeof SentRequest>;

/** The specification exactly as it would be sent: which vendors and people get which lines. */
export const Specification = Type.Object(
  {
    solutionId: Id,
    kind: RequestKind,
    /** Changes with the lines, their quantities, vendors, prices, options and notes; the same for both kinds. */
    version: Type.String(),
    lineCount: Type.Integer(),
    parts: Type.Array(
      Type.Object({
        vendor: RatedVendor,
        /** The vendor's official address; null: the vendor can't be asked. */
        email: TextOrNull,
        agents: Type.Array(Type.Object({ name: Type.String(), kind: StringEnum(agentKinds) })),
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
            /** The same in the currency of `listTotal`, where the line's vendors have list prices in several. */
            about: Type.Optional(About),
            leadTimeDays: NumberOrNull,
          }),
        ),
        subtotals: Type.Array(Money),
        onRequest: Type.Integer(),
      }),
    ),
    totals: Type.Array(Type.Object({ low: Money, high: Money })),
    listTotal: ListTotal,
    /** Who sent the buyer's newest request and where it went, to be filled in again; null before the first. */
    last: Type.Union([Type.Object({ contact: Contact, orderDetails: OrderDetails }), Type.Null()]),
    /** Refusal codes that sending would get; those of a line with its id. */
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
