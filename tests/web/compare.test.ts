import { describe, expect, it } from 'vitest';
import { comparisonQuery, wayOf } from '#lib/compare/choice.ts';
import { lastMinute } from '#lib/compare/days.ts';
import type { Request } from '#server/requests/schema.ts';

const request = {
  lines: [
    { id: 'l1', position: 1 },
    { id: 'l2', position: 2 },
    { id: 'l3', position: 3 },
  ],
  enquiries: [{ quotes: [{ id: 'q0' }] }, { quotes: [] }, { quotes: [{ id: 'q2-new' }, { id: 'q2-old' }] }],
} as unknown as Request;

const search = (text: string) => new URLSearchParams(text);

describe('the choice in the page’s address', () => {
  it('is the lowest price unless it says otherwise', () => {
    expect(wayOf(search(''))).toBe('price');
    expect(wayOf(search('choose=speed'))).toBe('speed');
    expect(wayOf(search('choose=magic&said=accepted'))).toBe('price');
    expect(comparisonQuery(search('choose=fewest'), request)).toEqual({ choose: 'fewest' });
  });

  it('is the buyer’s own as soon as a line is named, and then nothing else is chosen', () => {
    expect(wayOf(search('choose=speed&p1='))).toBe('own');
    expect(comparisonQuery(search('p1=2&p2=&p3=0'), request)).toEqual({ pick: ['l1:q2-new', 'l3:q0'] });
  });

  it('passes over partners without an answer and anything that isn’t one', () => {
    expect(comparisonQuery(search('p1=1&p2=99&p3=x&p9=0'), request)).toEqual({ pick: [] });
  });
});

describe('the last minute of a day', () => {
  it.each([
    ['2026-01-15', 'Europe/Belgrade', '2026-01-15T22:59:00.000Z'],
    ['2026-03-28', 'Europe/Belgrade', '2026-03-28T22:59:00.000Z'],
    ['2026-03-29', 'Europe/Belgrade', '2026-03-29T21:59:00.000Z'],
    ['2026-10-25', 'Europe/Belgrade', '2026-10-25T22:59:00.000Z'],
    ['2026-06-30', 'UTC', '2026-06-30T23:59:00.000Z'],
    ['2026-06-30', 'America/New_York', '2026-07-01T03:59:00.000Z'],
    ['', 'UTC', null],
    ['soon', 'UTC', null],
    ['2026-02-40', 'UTC', null],
  ])('%s in %s is %s', (day, zone, instant) => {
    expect(lastMinute(day, zone)).toBe(instant);
  });
});
