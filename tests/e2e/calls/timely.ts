import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';

/** Nobody waits at a phone for a busy machine: the outcome of the calls then proves nothing, and everything starts over. */
class TooLate extends Error {}

const mostTries = 4;

/** Runs it, again after `prepare` when it was too late; fails when it is so time and again. */
export async function unlessTooLate(run: () => Promise<void>, prepare: () => Promise<void>): Promise<void> {
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

/** It is too late when more than so many seconds have passed since. */
export function beInTime(since: number, seconds: number): void {
  const passed = (performance.now() - since) / 1000;
  if (passed > seconds) throw new TooLate(`${passed.toFixed(1)} s instead of at most ${seconds}`);
}

type States = readonly (readonly [name: string, state: string])[];

/** What comes by itself after a state that is to be found, however soon: nobody's phone has to do anything for it. */
const later: Readonly<Record<string, readonly string[]>> = {
  agent_dialing: ['agent_unknown', 'agent_ringing'],
  agent_unknown: ['agent_ringing'],
  ending: ['settling', 'closed'],
  settling: ['closed'],
};

/** Waits until all are as wanted at once; they don't stay so for long. `inTime` says when phones have waited too long. */
export async function untilAllAre(
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
  beStill(wanted, found, inTime);
}

/** When one is not as wanted: too late if phones have waited too long or all such have just gone on, else a failure. */
export function beStill(wanted: States, found: States, inTime: () => void): void {
  const gone = wanted.filter(([, state], place) => found[place]?.[1] !== state);
  if (gone.length === 0) return;
  inTime();
  const hasGoneOn = ([name, state]: States[number]) =>
    found.some(([other, now]) => other === name && later[state]?.includes(now));
  if (gone.every(hasGoneOn)) throw new TooLate(`already over: ${gone.map(([name]) => name).join(', ')}`);
  expect(found).toEqual(wanted);
}
