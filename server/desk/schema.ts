import { type Static, Type } from 'typebox';
import { CallKind, CallOutcome, SharedSolution } from '#server/calls/schema.ts';
import { requestKinds } from '#server/common/enums/requests.ts';
import {
  Id,
  Instant,
  InstantOrNull,
  Listing,
  MoneyOrNull,
  NumberOrNull,
  TextOrNull,
  StringEnum,
} from '#server/platform/schema.ts';
import { AgentState, OwnStatus } from '#server/presence/schema.ts';
import { EnquiryStatus } from '#server/requests/schema.ts';

/** The buyer. Guests may have no name. */
const Caller = Type.Object({ name: TextOrNull, maskedPhone: TextOrNull, locale: Type.String() });

const Subject = Type.Object({
  offerId: Id,
  product: Type.Object({ id: Id, slug: Type.String(), code: Type.String(), name: Type.String() }),
});

/** The agent's current call, from reservation to the end of the wrap-up. */
export const DeskCall = Type.Object(
  {
    id: Id,
    kind: CallKind,
    /** The call's phase for this agent. */
    phase: StringEnum(['ringing', 'accepted', 'talking', 'wrap_up']),
    caller: Caller,
    ...Subject.properties,
    /** The offer of the agent's vendor. */
    own: Type.Object({
      sku: Type.String(),
      stock: NumberOrNull,
      price: MoneyOrNull,
      unit: Type.String(),
      priceBreaks: Type.Array(Type.Object({ quantity: Type.Integer(), price: MoneyOrNull })),
    }),
    shared: Type.Union([SharedSolution, Type.Null()]),
    /** Earlier calls of this number or buyer with this vendor. */
    earlier: Type.Array(
      Type.Object({ at: Instant, agentName: Type.String(), talkSeconds: Type.Integer(), note: TextOrNull }),
    ),
    isCallBack: Type.Boolean(),
    /** The buyer's words of the call-back request. */
    callBackNote: TextOrNull,
    /** The agent who would be tried next if this one declined. */
    nextAgent: Type.Union([Type.Object({ name: Type.String() }), Type.Null()]),
    ringingAt: InstantOrNull,
    /** When the agent's phone was picked up, before 1 is pressed. */
    pickedUpAt: InstantOrNull,
    ringsUntil: InstantOrNull,
    answeredAt: InstantOrNull,
    endedAt: InstantOrNull,
    talkSeconds: NumberOrNull,
    outcome: Type.Union([CallOutcome, Type.Null()]),
    wrapUpUntil: InstantOrNull,
    /** Of a call that the buyer pays for: how long it can be, when it is cut off, until when the agent is kept after that. */
    paid: Type.Union([
      Type.Object({ maxSeconds: Type.Integer(), endsAt: InstantOrNull, keptUntil: InstantOrNull }),
      Type.Null(),
    ]),
    note: TextOrNull,
    can: Type.Object({
      decline: Type.Boolean(),
      hangUp: Type.Boolean(),
      extendWrapUp: Type.Boolean(),
      finishWrapUp: Type.Boolean(),
    }),
  },
  { title: 'DeskCall' },
);
export type DeskCall = Static<typeof DeskCall>;

export const DeskCallRow = Type.Object(
  {
    id: Id,
    at: Instant,
    kind: CallKind,
    caller: Caller,
    ...Subject.properties,
    /** The result for this agent. */
    result: StringEnum(['talked', 'missed', 'declined', 'not_connected']),
    outcome: Type.Union([CallOutcome, Type.Null()]),
    talkSeconds: NumberOrNull,
    /** The name of the other agent who took the call, or null. */
    takenBy: TextOrNull,
    rating: Type.Union([Type.Object({ line: Type.Integer(), agent: Type.Integer() }), Type.Null()]),
    note: TextOrNull,
    seen: Type.Boolean(),
  },
  { title: 'DeskCallRow' },
);
export type DeskCallRow = Static<typeof DeskCallRow>;

/** All calls that have ended for this agent. */
export const DeskCallList = Listing(DeskCallRow);
export type DeskCallList = Static<typeof DeskCallList>;

export const DeskCallBack = Type.Object(
  {
    id: Id,
    kind: CallKind,
    status: StringEnum(['open', 'calling']),
    caller: Caller,
    ...Subject.properties,
    wantedAt: Instant,
    note: Type.String(),
    attempts: Type.Integer(),
    /** The name of the colleague who is calling back. */
    calledBy: TextOrNull,
    createdAt: Instant,
  },
  { title: 'DeskCallBack' },
);
export type DeskCallBack = Static<typeof DeskCallBack>;

export const DeskEnquiry = Type.Object(
  {
    number: Type.String(),
    kind: StringEnum(requestKinds),
    buyer: Type.String(),
    lines: Type.Integer(),
    total: MoneyOrNull,
    deadline: InstantOrNull,
    /** The zone that the deadline is meant and printed in. */
    timeZone: Type.String(),
    status: EnquiryStatus,
    /** The URL of this agent's answer page. */
    href: Type.String(),
  },
  { title: 'DeskEnquiry' },
);
export type DeskEnquiry = Static<typeof DeskEnquiry>;

/** All open enquiries that were mailed to this agent. */
export const DeskEnquiryList = Listing(DeskEnquiry);
export type DeskEnquiryList = Static<typeof DeskEnquiryList>;

/** Everything on an agent's desk, also the state of topic `agent`. */
export const Desk = Type.Object(
  {
    serverNow: Instant,
    me: Type.Object({ id: Id, name: Type.String(), kind: CallKind, ...OwnStatus.properties }),
    vendor: Type.Object({ id: Id, name: Type.String(), timeZone: Type.String() }),
    /** Today's working hours in the vendor's time zone, "HH:MM". */
    hours: Type.Union([Type.Object({ opens: Type.String(), closes: Type.String() }), Type.Null()]),
    /** Whether calls are possible: Twilio is set up and calls aren't stopped. */
    calling: Type.Boolean(),
    call: Type.Union([DeskCall, Type.Null()]),
    /** The first of the call-back requests that this agent may take. */
    callBacks: Type.Array(DeskCallBack),
    callBacksTotal: Type.Integer(),
    recent: Type.Array(DeskCallRow),
    missedUnseen: Type.Integer(),
    enquiries: Type.Array(DeskEnquiry),
    enquiriesTotal: Type.Integer(),
    team: Type.Array(AgentState),
    /** Statistics of today in the vendor's time zone. `rating`: of all the agent's rated calls. */
    day: Type.Object({
      calls: Type.Integer(),
      talkSeconds: Type.Integer(),
      pickUpSeconds: NumberOrNull,
      missed: Type.Integer(),
      answersSent: Type.Integer(),
      rating: Type.Union([Type.Object({ average: Type.Number(), count: Type.Integer() }), Type.Null()]),
    }),
  },
  { title: 'Desk' },
);
export type Desk = Static<typeof Desk>;
