import { type Static, Type } from 'typebox';
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

/** The call machine as seen from outside. */
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

/** As a person types it; the country is that of the prefix. */
const Phone = Type.String({ minLength: 1, maxLength: 40 });

export const StartCallBody = Type.Object(
  {
    offerId: Id,
    kind: CallKind,
    phone: Phone,
    /** Tried first; the vendor's other responsible agents follow. */
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

/** A line of a shared solution, for the vendor of the call alone. */
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

/** The lines of the visitor's solution that ask the vendor of the call: the same for both ends, live. */
export const SharedSolution = Type.Object(
  {
    solutionId: Id,
    name: Type.String(),
    lines: Type.Array(SharedLine),
    /** Sum at list prices; null when a line has no price. */
    total: MoneyOrNull,
  },
  { title: 'SharedSolution' },
);
export type SharedSolution = Static<typeof SharedSolution>;

/** A call as its caller sees it: getCall, and the state of topic `call:<id>`. Never an agent's number. */
export const Call = Type.Object(
  {
    id: Id,
    status: CallStatus,
    kind: CallKind,
    /** Null until it has ended. */
    outcome: Type.Union([CallOutcome, Type.Null()]),
    endedBy: Type.Union([StringEnum(callEnders), Type.Null()]),
    vendor: VendorRef,
    offerId: Id,
    product: Type.Object({ id: Id, slug: Type.String(), code: Type.String(), name: Type.String() }),
    /** The agent whose phone rings, who is on the line, or was last. */
    agent: Type.Union([CallAgent, Type.Null()]),
    /** Agents who were called before and didn't take it, in order. */
    tried: Type.Array(
      Type.Object({
        name: Type.String(),
        result: StringEnum(['no_answer', 'declined', 'busy', 'unreachable']),
        ringSeconds: Type.Integer(),
      }),
    ),
    /** Who would be called next, as things stand. */
    nextAgent: Type.Union([Type.Object({ name: Type.String() }), Type.Null()]),
    /** The caller's own number, E.164; null once erased. */
    phone: TextOrNull,
    /** The number the caller's phone shows. */
    shownNumber: Type.String(),
    requestedAt: Instant,
    /** When the phone that rings now stops ringing. */
    ringsUntil: InstantOrNull,
    acceptedAt: InstantOrNull,
    answeredAt: InstantOrNull,
    endedAt: InstantOrNull,
    talkSeconds: NumberOrNull,
    maxSeconds: Type.Integer(),
    /** The server's time, to count seconds from whatever the caller's clock says. */
    serverNow: Instant,
    shared: Type.Union([SharedSolution, Type.Null()]),
    /** What the caller may do now. */
    can: Type.Object({ hangUp: Type.Boolean(), share: Type.Boolean(), rate: Type.Boolean() }),
    rateUntil: InstantOrNull,
    rating: Type.Union([
      Type.Object({ line: Type.Integer(), agent: Type.Integer(), comment: TextOrNull }),
      Type.Null(),
    ]),
  },
  { title: 'Call' },
);
export type Call = Static<typeof Call>;

/** The call that pages show: a live one, or a conversation that ended a moment ago and waits for its marks. */
export const CurrentCall = Type.Object({ call: Type.Union([Call, Type.Null()]) }, { title: 'CurrentCall' });
export type CurrentCall = Static<typeof CurrentCall>;

/** Whether the agent sees the lines that ask its vendor, for the length of the call. */
export const ShareSolutionBody = Type.Object({ shared: Type.Boolean() }, { additionalProperties: false });

/** What an agent does with its wrap-up. */
export const WrapUpBody = Type.Object(
  { action: StringEnum(['extend', 'finish']) },
  { additionalProperties: false },
);

/** What the agent who took a call writes about it. */
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
    /** The earliest time; within 14 days. */
    wantedAt: Instant,
    name: Type.Optional(Type.String({ maxLength: 200 })),
    note: Type.Optional(Type.String({ maxLength: 2_000 })),
  },
  { additionalProperties: false },
);
export type RequestCallBackBody = Static<typeof RequestCallBackBody>;

/** A call-back request as its visitor sees it. */
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
  },
  { title: 'CallBack' },
);
export type CallBack = Static<typeof CallBack>;

export const CallBackList = Listing(CallBack);

/** An agent closes a call-back request without a call. */
export const CloseCallBackBody = Type.Object(
  { note: Type.Optional(Type.String({ maxLength: 2_000 })) },
  { additionalProperties: false },
);
