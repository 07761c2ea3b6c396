import type { callOutcomes, callStates } from '#server/common/enums/calls.ts';

/** The call machine as data: transitions, their actions, and timeouts of states. `applyEvent` runs it. */
export type State = (typeof callStates)[number];
export type Outcome = (typeof callOutcomes)[number];

export const events = [
  /** An agent was reserved, or none is left to try. */
  'agent_reserved',
  'nobody_left',
  /** Twilio is about to be asked to call the agent; its response. */
  'dialing',
  'created',
  'number_refused',
  'platform_refused',
  'unsure',
  /** The agent's phone rings, was picked up, a key or none was pressed, or the leg has ended. */
  'agent_ringing',
  'agent_answered',
  'agent_accepted',
  'agent_declined',
  'agent_silent',
  'agent_ended',
  /** The buyer's phone rings, was picked up, hears the prompt, a key was pressed, or the leg has ended. */
  'visitor_ringing',
  'visitor_answered',
  'visitor_prompted',
  'visitor_consented',
  'visitor_refused',
  'visitor_ended',
  /** The agent's leg has finished dialling the buyer. */
  'dial_done',
  /** The button on the buyer's page, and on the agent's desk. */
  'visitor_hung_up',
  'agent_hung_up',
  /** Everything about the end is known. */
  'settled',
  'timeout',
  /** The state is overdue for so long that no phone may ring for it any more. */
  'given_up',
] as const;
export type Event = (typeof events)[number];

/** Side effects of a transition, run in the order given. */
export type Action =
  /** Records this agent's result and releases them. */
  | 'drop_agent'
  /** Marks a leg that Twilio may have created, so that it is hung up if it appears. */
  | 'abandon_leg'
  | 'accept'
  | 'connect'
  /** Ends the agent's leg, and with it the buyer's. */
  | 'hang_up'
  | 'dial'
  /** Reserves the next agent, or finds that none is left. */
  | 'reserve'
  /** Closes the call if its end is known (`determineCallEnd`). */
  | 'settle'
  | 'close';

export interface Transition {
  to: State;
  do?: readonly Action[];
  /** The call's outcome, if this event decides it. */
  outcome?: Outcome;
}

export const idle = 'idle';
/** `idle`: the event is expected in this state and changes nothing. */
export type Row = Readonly<Record<Event, Transition | typeof idle>>;

const nothing = Object.fromEntries(events.map((event) => [event, idle])) as Record<Event, typeof idle>;
const row = (transitions: Partial<Record<Event, Transition>>): Row => ({ ...nothing, ...transitions });

const nextAgent: Transition = { to: 'next_agent', do: ['drop_agent', 'reserve'] };
const nextAfterEnding: Transition = { to: 'next_agent', do: ['drop_agent', 'hang_up', 'reserve'] };
const nextAfterGhost: Transition = {
  to: 'next_agent',
  do: ['drop_agent', 'abandon_leg', 'hang_up', 'reserve'],
};
const end: Transition = { to: 'ending', do: ['hang_up'] };
const over: Transition = { to: 'settling', do: ['settle'] };
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
  do: ['drop_agent', 'hang_up', 'close'],
  outcome: 'platform_error',
};

/** Twilio may be making the agent's call, so it is hung up if it appears. */
const giveUpGhost: Transition = {
  to: 'closed',
  do: ['drop_agent', 'abandon_leg', 'hang_up', 'close'],
  outcome: 'platform_error',
};
const giveUpUnsent: Transition = { to: 'closed', do: ['close'], outcome: 'platform_error' };

/** While the buyer's phone is called or rings, the same events end the call. */
const callingVisitor = {
  visitor_answered: { to: 'bridged', do: ['connect'] },
  visitor_prompted: { to: 'visitor_ringing' },
  visitor_consented: { to: 'bridged', do: ['connect'] },
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
    timeout: giveUpUnsent,
    given_up: giveUpUnsent,
  }),
  reserved: row({
    dialing: { to: 'agent_dialing' },
    agent_declined: nextAgent,
    visitor_hung_up: closeUnsent('visitor_cancelled'),
    timeout: closeUnsent('platform_error'),
    given_up: closeUnsent('platform_error'),
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
    given_up: giveUpGhost,
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
    given_up: giveUpGhost,
  }),
  agent_ringing: row({
    agent_answered: { to: 'agent_screening' },
    agent_ended: nextAgent,
    agent_declined: nextAfterEnding,
    visitor_hung_up: cancelled,
    timeout: nextAfterEnding,
    given_up: platformFailed,
  }),
  agent_screening: row({
    agent_accepted: { to: 'visitor_dialing', do: ['accept'] },
    agent_declined: nextAfterEnding,
    agent_silent: nextAgent,
    agent_ended: nextAgent,
    visitor_hung_up: cancelled,
    timeout: nextAfterEnding,
    given_up: platformFailed,
  }),
  // Left in the same transaction that enters it.
  next_agent: row({
    agent_reserved: reserved,
    nobody_left: nobodyLeft,
    visitor_hung_up: { to: 'closed', do: ['close'], outcome: 'visitor_cancelled' },
    timeout: { to: 'next_agent', do: ['reserve'] },
    given_up: giveUpUnsent,
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
    timeout: { to: 'settling', do: ['hang_up', 'settle'] },
  }),
  settling: row({
    visitor_ended: over,
    dial_done: over,
    agent_ended: over,
    settled: { to: 'closed', do: ['close'] },
    timeout: { to: 'settling', do: ['hang_up', 'settle'] },
  }),
  closed: row({}),
};

/** How long phones ring, in seconds; Twilio adds up to 5 s (its docs on `timeout`). */
export const ringSeconds = { agent: 20, visitor: 25 };
export const promptSeconds = 6;

/** A phone that hangs up after listening this long is voicemail: the first prompt is over by then. */
export const tapeSeconds = 12;

/** The timeouts of states in seconds; that of `bridged` is the call's own limit. */
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

/**
 * How long after its deadline a state may still go on to ring a phone, in seconds. Longer than timers and callbacks are
 * late while a worker lives. Without one, calls must not ring minutes after the click.
 */
const lateSeconds: Partial<Record<State, number>> = {
  ...{ requested: 0, reserved: 0, next_agent: 0 },
  ...{ agent_dialing: 15, agent_unknown: 15, agent_ringing: 15, agent_screening: 15 },
};

/** Returns whether the call is so late that it must end instead of ringing a phone. */
export function isGivenUp(
  { state, deadlineAt }: { state: State; deadlineAt: Date | null },
  now: Date,
): boolean {
  const late = lateSeconds[state];
  return late !== undefined && deadlineAt !== null && now.getTime() >= deadlineAt.getTime() + late * 1000;
}

/** Seconds from the buyer's pick-up: two prompts, each with time to press. */
export const consentSeconds = 40;

/** Twilio ends a call at its limit; we end it this much later if Twilio didn't. */
export const limitGraceSeconds = 2;

export const mostAgents = 3;
/** No further agent is tried this long after the request. */
export const tryingSeconds = 90;

/** How long an abandoned phone may still ring; its agent isn't called during that time. */
export const ghostSeconds = 35;

export const wrapUpSeconds = { talked: 30, notTalked: 5, extension: 60 };

/** When to ask Twilio about an unknown end of a call, from the start of `settling`; then it is estimated. */
export const reconcileAfterSeconds = [5, 10, 30, 120, 300, 600];
/** When Twilio is asked about an estimated end, in case it can be reached by then. */
export const askAgainAfterHours = [1, 6, 24];

/** Returns whether to ask Twilio before this state times out, because callbacks may have been lost. */
export const asksBeforeTimeout = (state: State): boolean => hasLine.has(state);
const hasLine = new Set<State>([
  ...(['agent_unknown', 'agent_ringing', 'agent_screening'] as const),
  ...(['visitor_dialing', 'visitor_ringing', 'ending', 'settling'] as const),
]);

/** How often to ask Twilio about a conversation, because the callback of its end may be lost. */
export const askBridgedSeconds = 30;

/** Returns whether an agent's phone rings or hears the prompt, or is about to. */
export const isCallingAgent = (state: State): boolean =>
  ['reserved', 'agent_dialing', 'agent_unknown', 'agent_ringing', 'agent_screening', 'next_agent'].includes(
    state,
  );

export const isCallingVisitor = (state: State): boolean =>
  state === 'visitor_dialing' || state === 'visitor_ringing';
