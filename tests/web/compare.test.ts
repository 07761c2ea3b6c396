import { describe, expect, test } from 'vitest';
import type { Comparison, Request } from '#lib/api/schema.d.ts';
import { comparisonQuery, keptChoice, wayOf } from '#lib/compare/choice.ts';
import { leftOver } from '#lib/compare/standing.ts';
import { lastMoment } from '#server/common/zones.ts';

const search = (text: string) => new URLSearchParams(text);

describe('the choice in the page’s URL', () => {
  test('the choice is the lowest price unless the URL says otherwise', () => {
    expect(wayOf(search(''))).toBe('price');
    expect(wayOf(search('choose=speed'))).toBe('speed');
    expect(wayOf(search('choose=magic&said=accepted'))).toBe('price');
    expect(comparisonQuery(search('choose=fewest'))).toEqual({ choose: 'fewest' });
  });

  test('a named line makes the choice manual, and nothing else is chosen', () => {
    expect(wayOf(search('choose=speed&p1='))).toBe('own');
    expect(comparisonQuery(search('p1=2&p2=&p3=0'))).toEqual({ pick: ['1:2', '3:0'] });
  });

  test('an action keeps the choice, and nothing else of the query', () => {
    expect(keptChoice(search('p1=2&said=message&p3=&about=x'))).toBe('p1=2&p3=&');
    expect(keptChoice(search('choose=speed&confirm=1'))).toBe('choose=speed&');
    expect(keptChoice(search('said=message'))).toBe('');
  });

  test('invalid positions in the choice are ignored', () => {
    expect(comparisonQuery(search('p1=x&p2=-1&px=0&p3='))).toEqual({ pick: [] });
  });
});

describe('open lines that only other partners can help with', () => {
  const line = (position: number, ...cells: { state: string; choosable: boolean }[]) => ({
    ...{ position, acceptedQuoteId: null, cells },
  });
  const comparison = {
    rows: [
      line(1, { state: 'offered', choosable: true }, { state: 'waiting', choosable: false }),
      line(2, { state: 'declined', choosable: false }),
      line(3, { state: 'declined', choosable: false }, { state: 'waiting', choosable: false }),
      { ...line(4, { state: 'offered', choosable: false }), acceptedQuoteId: 'a' },
    ],
  } as unknown as Comparison;
  const leftOf = (kind: 'quote' | 'order', ordered: object[]) =>
    leftOver({ kind, ordered: ordered as Request['ordered'] }, comparison).map(({ position }) => position);

  test('a line that waits for an offer counts once something is ordered, one that waits for its confirmation never', () => {
    expect(leftOf('quote', [])).toEqual([2]);
    expect(leftOf('quote', [{}])).toEqual([2, 3]);
    expect(leftOf('order', [{}])).toEqual([2]);
  });
});

describe('the last moment of a day', () => {
  test.each([
    ['2026-01-15', 'Europe/Belgrade', '2026-01-15T22:59:59.999Z'],
    ['2026-03-28', 'Europe/Belgrade', '2026-03-28T22:59:59.999Z'],
    ['2026-03-29', 'Europe/Belgrade', '2026-03-29T21:59:59.999Z'],
    ['2026-10-25', 'Europe/Belgrade', '2026-10-25T22:59:59.999Z'],
    ['2026-06-30', 'UTC', '2026-06-30T23:59:59.999Z'],
    ['2026-06-30', 'America/New_York', '2026-07-01T03:59:59.999Z'],
    ['', 'UTC', null],
    ['soon', 'UTC', null],
    ['2026-02-40', 'UTC', null],
  ])('the last moment of %s in %s is %s', (day, zone, instant) => {
    expect(lastMoment(day, zone)).toBe(instant);
  });
});
