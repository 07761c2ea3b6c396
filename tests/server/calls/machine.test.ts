import { describe, expect, test } from 'vitest';
import { callStates } from '#server/common/enums/calls.ts';
import { isLaterStatus, isTerminal } from '#server/calls/machine/leg-status.ts';
import { type Event, events, idle, type State, timeouts, transitions } from '#server/calls/machine/rules.ts';

const live = callStates.filter((state) => state !== 'closed');
const outOf = (state: State) =>
  events.flatMap((event) => {
    const transition = transitions[state][event];
    return transition === idle ? [] : [{ event, ...transition }];
  });

describe('the machine', () => {
  test('the machine decides every event in every state', () => {
    for (const state of callStates) {
      expect(Object.keys(transitions[state]).toSorted(), state).toEqual([...events].toSorted());
      for (const { event, to } of outOf(state)) expect(callStates, `${state} ${event}`).toContain(to);
    }
  });

  test('every state leads to closed by timeouts alone', () => {
    for (const state of live) {
      expect(reachable(state, events), state).toContain('closed');
      expect(reachable(state, ['timeout', 'nobody_left', 'settled']), state).toContain('closed');
    }
  });

  test('every live state has a timeout', () => {
    for (const state of live) {
      expect(transitions[state].timeout, state).not.toBe(idle);
      if (state !== 'bridged') expect(timeouts[state], state).toBeGreaterThan(0);
    }
  });

  test('a closed call stays closed', () => {
    expect(outOf('closed')).toEqual([]);
  });

  test('every transition to closed has an outcome, unless the legs decide it', () => {
    for (const state of live) {
      for (const { event, to, outcome } of outOf(state)) {
        if (to === 'closed' && event !== 'settled') expect(outcome, `${state} ${event}`).toBeDefined();
      }
    }
  });

  test('the visitor can hang up in every state before the end', () => {
    const until: State[] = ['ending', 'settling', 'closed'];
    for (const state of callStates) {
      expect(transitions[state].visitor_hung_up === idle, state).toBe(until.includes(state));
    }
  });

  test("only a pressed key leads to the visitor's phone", () => {
    for (const state of callStates) {
      for (const { event, to } of outOf(state)) {
        if (to === 'visitor_dialing') expect([state, event]).toEqual(['agent_screening', 'agent_accepted']);
      }
    }
  });

  test('every way to the next agent releases the current one', () => {
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

describe('the status of a leg', () => {
  test("a leg's status only moves forwards", () => {
    expect(isLaterStatus('queued', 'ringing')).toBe(true);
    expect(isLaterStatus('in-progress', 'ringing')).toBe(false);
    expect(isLaterStatus('completed', 'in-progress')).toBe(false);
    expect(isLaterStatus('sending', 'completed')).toBe(true);
    expect(isLaterStatus('busy', 'completed')).toBe(false);
    expect(isLaterStatus('ringing', 'something new')).toBe(false);
  });

  test('the final statuses are terminal and no others', () => {
    const final = ['completed', 'busy', 'no-answer', 'failed', 'canceled'];
    for (const status of final) expect(isTerminal(status)).toBe(true);
    for (const status of ['queued', 'initiated', 'ringing', 'in-progress', 'waiting', 'sending'])
      expect(isTerminal(status)).toBe(false);
  });
});
