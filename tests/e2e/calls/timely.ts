import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';

/** Thrown when the machine was too slow for the phones: the calls then prove nothing, and the test starts over. */
class TooLate extends Error {}

const mostTries = 4;

/** Runs a test, and runs it again after `prepare` while it is too late, up to `mostTries` times. */
export async function retryWhenTooLate(
  run: () => Promise<void>,
  prepare: () => Promise<void>,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof TooLate) || tries === mostTries) throw error;
      console.warn(`Try ${tries} of ${mostTries} was too late: ${error.message}`);
      await prepare();
    }
  }
}

/** Throws `TooLate` when more than `seconds` have passed since then. */
export function requireInTime(since: number, seconds: number): void {
  const passed = (performance.now() - since) / 1000;
  if (passed > seconds) throw new TooLate(`${passed.toFixed(1)} s instead of at most ${seconds}`);
}

type States = readonly (readonly [name: string, state: string])[];

/** States that follow a wanted one by themselves, without anything that a phone does. */
const later: Readonly<Record<string, readonly string[]>> = {
  agent_dialing: ['agent_unknown', 'agent_ringing'],
  agent_unknown: ['agent_ringing'],
  ending: ['settling', 'closed'],
  settling: ['closed'],
};

/** Waits until all calls are in their wanted states at once. `inTime` throws when phones have waited too long. */
export async function untilStates(
  wanted: States,
  read: () => Promise<States>,
  inTime: () => void,
): Promise<void> {
  const until = performance.now() + 10_000;
  let found = await read();
  while (!isDeepStrictEqual(found, wanted) && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    found = await read();
  }
  requireStates(wanted, found, inTime);
}

/** Expects the wanted states. Throws `TooLate` when phones have waited too long or calls have moved on by themselves. */
export function requireStates(wanted: States, found: States, inTime: () => void): void {
  const gone = wanted.filter(([, state], place) => found[place]?.[1] !== state);
  if (gone.length === 0) return;
  inTime();
  const hasGoneOn = ([name, state]: States[number]) =>
    found.some(([other, now]) => other === name && later[state]?.includes(now));
  if (gone.every(hasGoneOn)) throw new TooLate(`already over: ${gone.map(([name]) => name).join(', ')}`);
  expect(found).toEqual(wanted);
}
