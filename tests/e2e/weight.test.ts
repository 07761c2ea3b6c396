import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareVisits } from '../../scripts/bench/weight/visits.ts';
import { weigh } from '../../scripts/bench/weight/weigh.ts';
import { type Demo, openDemo } from './demo.ts';

/**
 * What a first visit runs, in bytes of the scripts that the browser fetched, each compressed by gzip: a little above what
 * it is. Whoever needs more says so here.
 */
const budgets: Record<string, number> = {
  home: 64_500,
  search: 73_500,
  product: 85_000,
  solution: 76_000,
  review: 72_500,
  request: 77_000,
  'follow /f': 77_500,
  'answer /e': 78_000,
  desk: 82_000,
  login: 61_500,
};

let demo: Demo;
beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.end());

test('no page brings more script than its budget', async () => {
  const weights: Record<string, number> = {};
  for (const visit of await prepareVisits(demo.browser, demo.url)) {
    const { script } = await weigh(demo.browser, demo.url, visit);
    weights[visit.name] = script.gzip;
  }
  expect(Object.keys(weights)).toEqual(Object.keys(budgets));
  const over = Object.entries(weights).filter(([name, gzip]) => gzip > (budgets[name] ?? 0));
  expect(over, 'bytes of script over the budget').toEqual([]);
  // A page that fetched nothing was not weighed.
  expect(Math.min(...Object.values(weights))).toBeGreaterThan(20_000);
}, 400_000);
