import { describe, expect, test } from 'vitest';
import { callStates } from '#server/common/enums/calls.ts';
import { isFurther, isTerminal } from '#server/calls/machine/leg-status.ts';
import { type Event, events, idle, type State, timeouts, transitions } from '#server/calls/machine/rules.ts';

const live = callStates.filter((state) => state !== 'closed');
const outOf = (state: State) =>
  events.flatMap((event) => {
    const transition = transitions[state][event];
    return transition === idle ? [] : [{ event, ...transition }];
  });

describe('the machine', () => {
  test('decides every event in every state: a transition, or expected and without effect', () => {
    for (const state of callStates) {
      expect(Object.keys(transitions[state]).toSorted(), state).toEqual([...events].toSorted());
      for (const { event, to } of outOf(state)) expect(callStates, `${state} ${event}`).toContain(to);
    }
  });

  test('ends: from every state a way leads to closed, even if nothing but time happens', () => {
    for (const state of live) {
      expect(reachable(state, events), state).toContain('closed');
      expect(reachable(state, ['timeout', 'nobody_left', 'settled']), state).toContain('closed');
    }
  });

  test('waits for nothing without an end: every live state times out', () => {
    for (const state of live) {
      expect(transitions[state].timeout, state).not.toBe(idle);
      if (state !== 'bridged') expect(timeouts[state], state).toBeGreaterThan(0);
    }
  });

  test('what is closed stays closed', () => {
    expect(outOf('closed')).toEqual([]);
  });

  test('closes with an outcome: by the event, or by the verdict on what is known', () => {
    for (const state of live) {
      for (const { event, to, outcome } of outOf(state)) {
        if (to === 'closed' && event !== 'settled') expect(outcome, `${state} ${event}`).toBeDefined();
      }
    }
  });

  test('lets the visitor hang up in every state in which something rings or is spoken', () => {
    const until: State[] = ['ending', 'settling', 'closed'];
    for (const state of callStates) {
      expect(transitions[state].visitor_hung_up === idle, state).toBe(until.includes(state));
    }
  });

  test('joins nobody whom only a voicemail answered: no way to the visitor but by the pressed key', () => {
    for (const state of callStates) {
      for (const { event, to } of outOf(state)) {
        if (to === 'visitor_dialing') expect([state, event]).toEqual(['agent_screening', 'agent_accepted']);
      }
    }
  });

  test('lets go of the agent on every way to the next one', () => {
    for (const state of live) {
      for (const { event, to, do: actions = [] } of outOf(state)) {
        if (to !== 'next_agent' || state === 'next_agent') continue;
        expect(actions, `${state} ${event}`).toContain('drop_agent');
        expect(actions, `${state} ${event}`).toContain('reserve');
      }
    }
  });
});

function reachable(from: State, by: readonly Event[]): Set<State> {
  const found = new Set<State>([from]);
  for (const state of found) {
    for (const event of by) {
      const transition = transitions[state][event];
      if (transition !== idle) found.add(transition.to);
    }
  }
  return found;
}

describe('what is said of a leg', () => {
  test('moves it forwards only', () => {
    expect(isFurther('queued', 'ringing')).toBe(true);
    expect(isFurther('in-progress', 'ringing')).toBe(false);
    expect(isFurther('completed', 'in-progress')).toBe(false);
    expect(isFurther('sending', 'completed')).toBe(true);
    expect(isFurther('busy', 'completed')).toBe(false);
    expect(isFurther('ringing', 'something new')).toBe(false);
  });

  test('is final when nothing can follow', () => {
    const final = ['completed', 'busy', 'no-answer', 'failed', 'canceled'];
    for (const status of final) expect(isTerminal(status)).toBe(true);
    for (const status of ['queued', 'initiated', 'ringing', 'in-progress', 'waiting', 'sending'])
      expect(isTerminal(status)).toBe(false);
  });
});
