import { expect } from 'vitest';

/** Nobody waits at a phone for a busy machine: what becomes of the calls then says nothing, and all begins anew. */
class TooLate extends Error {}

const mostTries = 4;

/** Runs it, again after `prepare` when it was too late; fails when it is so time and again. */
export async function unlessTooLate(run: () => Promise<void>, prepare: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof TooLate) || tries === mostTries) throw error;
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

/** Waits until all are as wanted at once; they don't stay so for long. */
export async function untilAllAre(wanted: States, read: () => Promise<States>): Promise<void> {
  const all = expect.poll(read, { timeout: 10_000, interval: 200 }).toEqual(wanted);
  await all.catch((cause: unknown) => {
    throw new TooLate('they are not so at once', { cause });
  });
}

/** It is too late when one is no longer as it was wanted. */
export function beStill(wanted: States, found: States): void {
  const gone = wanted.filter(([, state], place) => found[place]?.[1] !== state).map(([name]) => name);
  if (gone.length > 0) throw new TooLate(`already over: ${gone.join(', ')}`);
}
