import { type Static, Type } from 'typebox';
import { agentKinds } from '#server/common/enums/agents.ts';
import { Id, Instant, Money, MoneyOrNull, NumberOrNull, TextOrNull, Words } from '#server/platform/schema.ts';
import {
  Contact,
  Delivery,
  EnquiryStatus,
  RatedVendor,
  RequestKind,
  RequestStatus,
  VendorName,
} from '../schema.ts';

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

export const SentRequest = Type.Object({
  id: Id,
  number: Type.String(),
  kind: RequestKind,
  status: RequestStatus,
  enquiries: Type.Array(Type.Object({ id: Id, vendor: VendorName, status: EnquiryStatus })),
});
export type SentRequest = Static<typeof SentRequest>;

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
        agents: Type.Array(Type.Object({ name: Type.String(), kind: Words(agentKinds) })),
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
