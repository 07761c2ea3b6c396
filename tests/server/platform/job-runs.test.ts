import type { Job } from 'pg-boss';
import { expect, test } from 'vitest';
import { neverEnding, runsOf } from '#server/platform/job-runs.ts';

const leaseSeconds = 30;

/** Returns two jobs' runs, with a clock, and the leases that the database knows. */
function claim() {
  const state = { now: 0, asked: 0, leases: ['first', 'second'], isAway: false };
  const jobs = ['first', 'second'].map((id): Job<object> => ({
    ...{ id, name: 'sleep', data: {}, retryCount: 0 },
    ...{ expireInSeconds: 900, heartbeatSeconds: leaseSeconds, signal: new AbortController().signal },
  }));
  const touch = async () => {
    state.asked += 1;
    const settled = [...state.leases];
    if (state.isAway) throw new Error('the database is away');
    return Promise.resolve({ jobs: [], requested: 2, affected: settled.length, settled });
  };
  return { state, runs: runsOf({ touch }, 'sleep', jobs, neverEnding, () => state.now) };
}

test('jobs claimed together ask once whether they are still theirs, and again before their lease ends', async () => {
  const { state, runs } = claim();
  expect(await Promise.all(runs.map((run) => run.isOurs()))).toEqual([true, true]);
  expect(state.asked).toBe(1);
  state.now += leaseSeconds * 1000 - 1;
  expect(await runs[0]?.isOurs()).toBe(true);
  expect(state.asked).toBe(2);
});

test('a worker that slept longer than its lease learns that another has one of its jobs', async () => {
  const { state, runs } = claim();
  await runs[0]?.isOurs();
  state.now += leaseSeconds * 1000;
  state.leases = ['second'];
  expect(await Promise.all(runs.map((run) => run.isOurs()))).toEqual([false, true]);
});

test('an answer that came while the worker slept isn’t trusted', async () => {
  const { state, runs } = claim();
  const asking = runs[0]?.isOurs();
  state.now += leaseSeconds * 1000;
  state.leases = [];
  expect(await asking).toBe(false);
  expect(state.asked).toBe(2);
});

test('a question that failed is asked again', async () => {
  const { state, runs } = claim();
  state.isAway = true;
  await expect(runs[0]?.isOurs()).rejects.toThrow('away');
  state.isAway = false;
  expect(await runs[0]?.isOurs()).toBe(true);
});
