import { type Static, Type } from 'typebox';
import { Credit } from '#server/credits/schema.ts';
import { agentKinds } from '#server/common/enums/agents.ts';
import { callBackStatuses, callEnders, callOutcomes } from '#server/common/enums/calls.ts';
import {
  Id,
  Instant,
  InstantOrNull,
  Listing,
  MoneyOrNull,
  NumberOrNull,
  TextOrNull,
  VendorRef,
  StringEnum,
} from '#server/platform/schema.ts';

export const CallKind = StringEnum(agentKinds);

/** The call's status in the API, derived from the machine's state. */
export const CallStatus = StringEnum([
  'requested',
  'calling_agent',
  'calling_visitor',
  'in_call',
  'ending',
  'ended',
]);
export type CallStatus = Static<typeof CallStatus>;

export const CallOutcome = StringEnum(callOutcomes);
export type CallOutcome = Static<typeof CallOutcome>;

/** As typed, with country prefix. */
const Phone = Type.String({ minLength: 1, maxLength: 40 });

export const StartCallBody = Type.Object(
  {
    offerId: Id,
    kind: CallKind,
    phone: Phone,
    /** The agent to try first, before the vendor's other responsible agents. */
    agentId: Type.Optional(Id),
  },
  { additionalProperties: false },
);
export type StartCallBody = Static<typeof StartCallBody>;

export const StartedCall = Type.Object({ id: Id, status: CallStatus }, { title: 'StartedCall' });
export type StartedCall = Static<typeof StartedCall>;

const CallAgent = Type.Object({
  id: Id,
  name: Type.String(),
  kind: CallKind,
  languages: Type.Array(Type.String()),
});

/** A line of a shared solution that asks the call's vendor. */
export const SharedLine = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  sku: Type.String(),
  quantity: Type.Integer(),
  unit: Type.String(),
  note: Type.String(),
  listTotal: MoneyOrNull,
});

/** The lines of the buyer's solution that ask the call's vendor, as both sides see them. */
export const SharedSolution = Type.Object(
  {
    solutionId: Id,
    name: Type.String(),
    lines: Type.Array(SharedLine),
    /** The sum at list prices; null if a line has no price. */
    total: MoneyOrNull,
  },
  { title: 'SharedSolution' },
);
export type SharedSolution = Static<typeof SharedSolution>;

export const SupportTermsQuery = Type.Object({ vendor: Id });

/** What a call to a vendor's support takes. */
export const SupportTerms = Type.Object(
  {
    /** Credit for a minute; charged by the second. */
    rate: Credit,
    /** What that costs at the price of the smallest top-up, net; null where credit isn't sold. */
    price: MoneyOrNull,
    /** The shortest call that can be begun with, in seconds. */
    leastSeconds: Type.Integer(),
    /**
     * Of the account that is logged in: what it has, and how long a call could be; 0 under `leastSeconds`, and while a card
     * payment for it is disputed.
     */
    credit: Type.Union([
      Type.Object({ available: Credit, seconds: Type.Integer(), isDisputed: Type.Boolean() }),
      Type.Null(),
    ]),
  },
  { title: 'SupportTerms' },
);
export type SupportTerms = Static<typeof SupportTerms>;

/** The credit of a running support call. `available`: what there is besides what is held for it. */
export const CallCredit = Type.Object(
  {
    /** Of a minute. */
    rate: Credit,
    held: Credit,
    spent: Credit,
    available: Credit,
    /** Until the call ends; before the conversation: how long it can be. */
    secondsLeft: Type.Integer(),
  },
  { title: 'CallCredit' },
);

/** What a support call took. `before` and `after`: the credit of the account that paid. */
export const CallReport = Type.Object(
  {
    seconds: Type.Integer(),
    rate: Credit,
    charge: Credit,
    before: Credit,
    after: Credit,
    endedBy: Type.Union([StringEnum(callEnders), Type.Null()]),
  },
  { title: 'CallReport' },
);

/** A call for its buyer, also the state of topic `call:<id>`. Never contains an agent's number. */
export const Call = Type.Object(
  {
    id: Id,
    status: CallStatus,
    kind: CallKind,
    /** Null until the call has ended. */
    outcome: Type.Union([CallOutcome, Type.Null()]),
    endedBy: Type.Union([StringEnum(callEnders), Type.Null()]),
    vendor: VendorRef,
    offerId: Id,
    /** The buyer's request that this call answers; null if the buyer started the call. */
    callBackId: Type.Union([Id, Type.Null()]),
    product: Type.Object({ id: Id, slug: Type.String(), code: Type.String(), name: Type.String() }),
    /** The last agent tried: ringing, on the line, or gone. */
    agent: Type.Union([CallAgent, Type.Null()]),
    /** Agents who were called before and didn't accept, in order. */
    tried: Type.Array(
      Type.Object({
        name: Type.String(),
        result: StringEnum(['no_answer', 'declined', 'busy', 'unreachable']),
        ringSeconds: Type.Integer(),
      }),
    ),
    /** The agent who would be tried next at this moment. */
    nextAgent: Type.Union([Type.Object({ name: Type.String() }), Type.Null()]),
    /** The buyer's number, E.164; null once erased. */
    phone: TextOrNull,
    /** The number that the buyer's phone shows. */
    shownNumber: Type.String(),
    /** Whether the buyer's phone asks to press 1 first, because its number has not agreed to calls yet. */
    asksToConfirm: Type.Boolean(),
    requestedAt: Instant,
    /** When the current ringing times out. */
    ringsUntil: InstantOrNull,
    /** When the agent's phone was picked up, before the agent accepts by pressing 1. */
    agentPickedUpAt: InstantOrNull,
    acceptedAt: InstantOrNull,
    answeredAt: InstantOrNull,
    endedAt: InstantOrNull,
    talkSeconds: NumberOrNull,
    maxSeconds: Type.Integer(),
    /** The server's time, so that clients can count seconds independently of their clock. */
    serverNow: Instant,
    shared: Type.Union([SharedSolution, Type.Null()]),
    /** What the buyer may do now. */
    can: Type.Object({
      hangUp: Type.Boolean(),
      share: Type.Boolean(),
      rate: Type.Boolean(),
      /** To call the agent again who is kept after a cut: there is credit for a minute. */
      goOn: Type.Boolean(),
    }),
    rateUntil: InstantOrNull,
    /** Of a support call while it runs, and afterwards. */
    credit: Type.Union([CallCredit, Type.Null()]),
    report: Type.Union([CallReport, Type.Null()]),
    /** After a support call was cut off: until when its agent is kept for the buyer to go on. */
    keptUntil: InstantOrNull,
    rating: Type.Union([
      Type.Object({ line: Type.Integer(), agent: Type.Integer(), comment: TextOrNull }),
      Type.Null(),
    ]),
  },
  { title: 'Call' },
);
export type Call = Static<typeof Call>;

/** The call that pages show: a live one, or a recent conversation that isn't rated yet. */
export const CurrentCall = Type.Object({ call: Type.Union([Call, Type.Null()]) }, { title: 'CurrentCall' });
export type CurrentCall = Static<typeof CurrentCall>;

/** Whether the agent sees the lines that ask their vendor, during the call. */
export const ShareSolutionBody = Type.Object({ shared: Type.Boolean() }, { additionalProperties: false });

/** Extends or finishes the agent's wrap-up. */
export const WrapUpBody = Type.Object(
  { action: StringEnum(['extend', 'finish']) },
  { additionalProperties: false },
);

/** The note of the agent who accepted the call. */
export const NoteBody = Type.Object(
  { note: Type.String({ maxLength: 4_000 }) },
  { additionalProperties: false },
);

export const CallBackStatus = StringEnum(callBackStatuses);

export const RequestCallBackBody = Type.Object(
  {
    offerId: Id,
    kind: CallKind,
    phone: Phone,
    /** The earliest time to call, within 14 days. */
    wantedAt: Instant,
    name: Type.Optional(Type.String({ maxLength: 200 })),
    note: Type.Optional(Type.String({ maxLength: 2_000 })),
  },
  { additionalProperties: false },
);
export type RequestCallBackBody = Static<typeof RequestCallBackBody>;

/** A call-back request for its buyer. */
export const CallBack = Type.Object(
  {
    id: Id,
    kind: CallKind,
    status: CallBackStatus,
    vendor: VendorRef,
    offerId: Id,
    product: Type.Object({ id: Id, slug: Type.String(), code: Type.String(), name: Type.String() }),
    phone: TextOrNull,
    wantedAt: Instant,
    note: Type.String(),
    createdAt: Instant,
    /** The latest call for it, or null. */
    callId: Type.Union([Id, Type.Null()]),
  },
  { title: 'CallBack' },
);
export type CallBack = Static<typeof CallBack>;

export const CallBackList = Listing(CallBack);

/** Closes a call-back request without a call. */
export const CloseCallBackBody = Type.Object(
  { note: Type.Optional(Type.String({ maxLength: 2_000 })) },
  { additionalProperties: false },
);
