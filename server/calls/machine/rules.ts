import type { callOutcomes, callStates } from '#server/common/enums/calls.ts';

/**
 * The call machine as data: what leads from which state to which, what has to be done on the way, and how long each
 * state may last. Nothing here runs; `advance` applies it.
 */
export type State = (typeof callStates)[number];
export type Outcome = (typeof callOutcomes)[number];

export const events = [
  /** An agent was reserved; nobody is left to try. */
  'agent_reserved',
  'nobody_left',
  /** The telephone company is about to be asked for the agent's call; what it answered. */
  'dialing',
  'created',
  'number_refused',
  'platform_refused',
  'unsure',
  /** The agent's phone: rings, was picked up, its person's choice, or the leg is over. */
  'agent_ringing',
  'agent_answered',
  'agent_accepted',
  'agent_declined',
  'agent_silent',
  'agent_ended',
  /** The visitor's phone: rings, was picked up, hears the prompt, its person's choice, or the leg is over. */
  'visitor_ringing',
  'visitor_answered',
  'visitor_prompted',
  'visitor_consented',
  'visitor_refused',
  'visitor_ended',
  /** The agent's leg is done with dialling the visitor. */
  'dial_done',
  /** By the page, and by the desk. */
  'visitor_hung_up',
  'agent_hung_up',
  /** All there is to know about the end is known. */
  'settled',
  'timeout',
] as const;
export type Event = (typeof events)[number];

/** What a transition does besides changing the state, in this order. */
export type Action =
  /** Notes how the attempt with this agent went, and lets the agent go as soon as its phone is surely quiet. */
  | 'drop_agent'
  /** What this leg still does is ended: nobody knows whether it exists. */
  | 'poison'
  | 'accept'
  | 'bridge'
  /** Ends what is on the line. */
  | 'end_legs'
  | 'dial'
  /** Reserves the next agent, or finds that nobody is left. */
  | 'reserve'
  /** Asks whether the end is known (`verdict`). */
  | 'judge'
  | 'close';

export interface Transition {
  to: State;
  do?: readonly Action[];
  /** How the call ends or ended, where this event decides it. */
  outcome?: Outcome;
}

export const idle = 'idle';
/** `idle`: such an event changes nothing here, and is expected. */
export type Row = Readonly<Record<Event, Transition | typeof idle>>;

const nothing = Object.fromEntries(events.map((event) => [event, idle])) as Record<Event, typeof idle>;
const row = (transitions: Partial<Record<Event, Transition>>): Row => ({ ...nothing, ...transitions });

const nextAgent: Transition = { to: 'next_agent', do: ['drop_agent', 'reserve'] };
const nextAfterEnding: Transition = { to: 'next_agent', do: ['drop_agent', 'end_legs', 'reserve'] };
const nextAfterGhost: Transition = { to: 'next_agent', do: ['drop_agent', 'poison', 'end_legs', 'reserve'] };
const end: Transition = { to: 'ending', do: ['end_legs'] };
const over: Transition = { to: 'settling', do: ['judge'] };
const closeUnsent = (outcome: Outcome): Transition => ({
  to: 'closed',
  do: ['drop_agent', 'close'],
  outcome,
});
const reserved: Transition = { to: 'reserved', do: ['dial'] };
const nobodyLeft: Transition = { to: 'closed', do: ['close'], outcome: 'no_agent' };

const cancelled: Transition = { ...end, outcome: 'visitor_cancelled' };
const platformFailed: Transition = {
  to: 'closed',
  do: ['drop_agent', 'end_legs', 'close'],
  outcome: 'platform_error',
};

/** The visitor's leg is being called, or rings: the same events end it. */
const callingVisitor = {
  visitor_answered: { to: 'bridged', do: ['bridge'] },
  visitor_prompted: { to: 'visitor_ringing' },
  visitor_consented: { to: 'bridged', do: ['bridge'] },
  visitor_refused: { ...end, outcome: 'visitor_declined' },
  visitor_ended: over,
  dial_done: over,
  agent_ended: over,
  visitor_hung_up: cancelled,
  agent_hung_up: { ...end, outcome: 'agent_left' },
  timeout: { ...end, outcome: 'visitor_no_answer' },
} as const satisfies Partial<Record<Event, Transition>>;

export const transitions: Readonly<Record<State, Row>> = {
  requested: row({
    agent_reserved: reserved,
    nobody_left: nobodyLeft,
    visitor_hung_up: { to: 'closed', do: ['close'], outcome: 'visitor_cancelled' },
    timeout: { to: 'closed', do: ['close'], outcome: 'platform_error' },
  }),
  reserved: row({
    dialing: { to: 'agent_dialing' },
    agent_declined: nextAgent,
    visitor_hung_up: closeUnsent('visitor_cancelled'),
    timeout: closeUnsent('platform_error'),
  }),
  agent_dialing: row({
    created: { to: 'agent_ringing' },
    agent_ringing: { to: 'agent_ringing' },
    agent_answered: { to: 'agent_screening' },
    number_refused: nextAgent,
    platform_refused: platformFailed,
    unsure: { to: 'agent_unknown' },
    agent_ended: nextAgent,
    agent_declined: nextAfterGhost,
    visitor_hung_up: cancelled,
    timeout: { to: 'agent_unknown' },
  }),
  agent_unknown: row({
    created: { to: 'agent_ringing' },
    agent_ringing: { to: 'agent_ringing' },
    agent_answered: { to: 'agent_screening' },
    number_refused: nextAgent,
    platform_refused: platformFailed,
    agent_ended: nextAgent,
    agent_declined: nextAfterGhost,
    visitor_hung_up: cancelled,
    timeout: nextAfterGhost,
  }),
  agent_ringing: row({
    agent_answered: { to: 'agent_screening' },
    agent_ended: nextAgent,
    agent_declined: nextAfterEnding,
    visitor_hung_up: cancelled,
    timeout: nextAfterEnding,
  }),
  agent_screening: row({
    agent_accepted: { to: 'visitor_dialing', do: ['accept'] },
    agent_declined: nextAfterEnding,
    agent_silent: nextAgent,
    agent_ended: nextAgent,
    visitor_hung_up: cancelled,
    timeout: nextAfterEnding,
  }),
  // Left in the transaction in which it is entered, unless that agent's successor could not be found then.
  next_agent: row({
    agent_reserved: reserved,
    nobody_left: nobodyLeft,
    visitor_hung_up: { to: 'closed', do: ['close'], outcome: 'visitor_cancelled' },
    timeout: { to: 'next_agent', do: ['reserve'] },
  }),
  visitor_dialing: row({ visitor_ringing: { to: 'visitor_ringing' }, ...callingVisitor }),
  visitor_ringing: row(callingVisitor),
  bridged: row({
    visitor_ended: over,
    dial_done: over,
    agent_ended: over,
    visitor_hung_up: end,
    agent_hung_up: end,
    timeout: end,
  }),
  ending: row({
    number_refused: over,
    platform_refused: over,
    visitor_ended: over,
    dial_done: over,
    agent_ended: over,
    timeout: { to: 'settling', do: ['end_legs', 'judge'] },
  }),
  settling: row({
    visitor_ended: over,
    dial_done: over,
    agent_ended: over,
    settled: { to: 'closed', do: ['close'] },
    timeout: { to: 'settling', do: ['end_legs', 'judge'] },
  }),
  closed: row({}),
};

/** Two legs' phones ring at most this long; the telephone company adds up to 5 s of its own. */
export const ringSeconds = { agent: 20, visitor: 25 };
export const promptSeconds = 6;

/** Nobody listens that long to a prompt just to hang up: the first one is over by then. */
export const tapeSeconds = 12;

/** The longest a state lasts, seconds; `bridged` lasts as long as the call may. */
export const timeouts: Readonly<Record<Exclude<State, 'bridged' | 'closed'>, number>> = {
  requested: 5,
  reserved: 10,
  agent_dialing: 12,
  agent_unknown: 15,
  agent_ringing: 28,
  // Two prompts, spoken in up to 12 s and 2 s, each with 6 s to press.
  agent_screening: 32,
  next_agent: 5,
  visitor_dialing: 38,
  visitor_ringing: 38,
  ending: 10,
  settling: 5,
};

/** A person hears whom it is about to speak with, twice, and may press; its phone may have rung for 30 s before. */
export const consentSeconds = 40;

/** The telephone company cuts a call at its limit; we do it a little later if it didn't. */
export const limitGraceSeconds = 2;

export const mostAgents = 3;
/** No further agent is tried after this, from the click. */
export const tryingSeconds = 90;

/** A phone that we gave up may still ring this long: its agent isn't called meanwhile. */
export const ghostSeconds = 35;

export const wrapUpSeconds = { talked: 30, notTalked: 5, extension: 60 };

/** While the end of a call isn't known we ask again after these, from when it began to be unknown; then we estimate. */
export const reconcileAfterSeconds = [5, 10, 30, 120, 300, 600];

/** States that time out when word is overdue: the telephone company is asked before they do. */
export const asksBeforeTimeout = (state: State): boolean => hasLine.has(state);
const hasLine = new Set<State>([
  ...(['agent_unknown', 'agent_ringing', 'agent_screening'] as const),
  ...(['visitor_dialing', 'visitor_ringing', 'ending', 'settling'] as const),
]);

/** A conversation may end while nobody can tell us: it is asked about this often. */
export const askBridgedSeconds = 30;

/** The states in which an agent's phone rings or hears the prompt, or is about to. */
export const isCallingAgent = (state: State): boolean =>
  ['reserved', 'agent_dialing', 'agent_unknown', 'agent_ringing', 'agent_screening', 'next_agent'].includes(
    state,
  );

export const isCallingVisitor = (state: State): boolean =>
  state === 'visitor_dialing' || state === 'visitor_ringing';
