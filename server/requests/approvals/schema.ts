import { type Static, Type } from 'typebox';
import { approvalKinds, approvalStatuses, limitPeriods } from '#server/common/enums/companies.ts';
import {
  Day,
  Id,
  Instant,
  InstantOrNull,
  Listing,
  Money,
  MoneyOrNull,
  StringEnum,
  TextOrNull,
} from '#server/platform/schema.ts';

const Exceeded = Type.Object({
  period: StringEnum(limitPeriods),
  limit: Money,
  /** What would be ordered in all, gross; null: a price or a rate is missing. */
  total: MoneyOrNull,
  /** The day of the rates used; null: nothing was converted. */
  rateDate: Type.Union([Day, Type.Null()]),
});

/** One vendor's part of what is to be ordered. */
export const ApprovalPart = Type.Object(
  {
    vendor: Type.Object({ id: Id, name: Type.String() }),
    lines: Type.Array(
      Type.Object({
        name: Type.String(),
        code: Type.String(),
        quantity: Type.Integer(),
        unitPrice: MoneyOrNull,
        total: MoneyOrNull,
      }),
    ),
  },
  { title: 'ApprovalPart' },
);
export type ApprovalPart = Static<typeof ApprovalPart>;

export const Approval = Type.Object(
  {
    id: Id,
    kind: StringEnum(approvalKinds),
    status: StringEnum(approvalStatuses),
    /** The request whose quotes are accepted, or that an approved order has become. */
    request: Type.Union([Type.Object({ id: Id, number: Type.String() }), Type.Null()]),
    title: Type.String(),
    requester: Type.Object({ name: Type.String(), isYou: Type.Boolean() }),
    /** What it costs, gross. */
    amounts: Type.Array(Money),
    exceeded: Type.Array(Exceeded),
    parts: Type.Array(ApprovalPart),
    createdAt: Instant,
    expiresAt: Instant,
    decidedAt: InstantOrNull,
    /** Null: nobody decided. */
    decidedBy: TextOrNull,
    /** The approver for whom a stand-in decided. */
    decidedFor: TextOrNull,
    note: Type.String(),
    can: Type.Object({ decide: Type.Boolean(), withdraw: Type.Boolean() }),
  },
  { title: 'Approval' },
);
export type Approval = Static<typeof Approval>;

export const ApprovalList = Listing(Approval);

/** The answer to what waits for an approver. */
export const Waiting = Type.Object({ approvalId: Id }, { title: 'WaitingForApproval' });
export type Waiting = Static<typeof Waiting>;

export const DecisionBody = Type.Object(
  {
    decision: StringEnum(['approve', 'reject'] as const),
    note: Type.Optional(Type.String({ maxLength: 2_000 })),
  },
  { additionalProperties: false },
);
export type DecisionBody = Static<typeof DecisionBody>;
