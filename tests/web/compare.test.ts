import { describe, expect, test } from 'vitest';
import type { Comparison, Enquiry, Request } from '#lib/api/schema.d.ts';
import { comparisonQuery, keptChoice, onlyOffer, wayOf } from '#lib/compare/choice.ts';
import { isSettled, leftOver, offeredLines, shownStatus, whyLeft } from '#lib/compare/standing.ts';
import { lastMoment } from '#server/common/zones.ts';

const search = (text: string) => new URLSearchParams(text);

describe('the choice in the page’s URL', () => {
  test('nothing is chosen for a buyer who asked for nothing', () => {
    expect(wayOf(search(''))).toBe('none');
    expect(wayOf(search('choose=speed'))).toBe('speed');
    expect(wayOf(search('choose=magic&said=accepted'))).toBe('none');
    expect(comparisonQuery(search('said=accepted'))).toEqual({});
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

describe('the only offer', () => {
  const offer = { choosable: true, decision: 'offer', quantity: 4 };
  const none = { choosable: false };
  const row = (position: number, ...cells: object[]) => ({
    ...{ position, quantity: 4, acceptedQuoteId: null, cells },
  });
  const only = (...rows: object[]) => onlyOffer({ rows } as unknown as Comparison);

  test('a partner that alone offers every open line as asked is the only offer', () => {
    const ordered = { ...row(2, none, none), acceptedQuoteId: 'q' };
    expect(only(row(1, none, offer), ordered, row(3, none, offer))).toEqual({
      column: 1,
      pick: ['1:1', '3:1'],
    });
  });

  test.each([
    { where: 'a second partner offers a line, too', rows: [row(1, none, offer), row(2, offer, offer)] },
    { where: 'two partners offer a line each', rows: [row(1, none, offer), row(2, offer, none)] },
    { where: 'a line has no offer', rows: [row(1, none, offer), row(2, none, none)] },
    { where: 'a line is offered in part', rows: [row(1, none, { ...offer, quantity: 3 })] },
    { where: 'another product is offered', rows: [row(1, none, { ...offer, decision: 'alternative' })] },
  ])('nothing is chosen where $where', ({ rows }) => {
    expect(only(...rows)).toBeNull();
  });
});

describe('what a partner has of its order', () => {
  const line = (lineId: string, decision: string, accepted = false) => ({ lineId, decision, accepted });
  const partner = (...lines: object[]) =>
    ({ status: 'partly_accepted', quotes: [{ lines }] }) as unknown as Enquiry;

  test('an order of all that a partner offered is no order in part, whatever else was asked', () => {
    expect(shownStatus(partner(line('a', 'offer', true), line('b', 'decline')))).toBe('accepted');
    const inPart = partner(line('a', 'offer', true), line('b', 'alternative'), line('c', 'decline'));
    expect(shownStatus(inPart)).toBe('partly_accepted');
    expect(offeredLines(inPart)).toEqual({ offered: 2, ordered: 1, open: ['b'] });
  });

  test('lines that were ordered of an earlier version are not left to decide', () => {
    const versions = [
      { lines: [line('a', 'confirm'), line('b', 'offer')] },
      { lines: [line('a', 'confirm', true), line('b', 'offer')] },
    ] as Enquiry['quotes'];
    expect(offeredLines({ quotes: versions })).toEqual({ offered: 2, ordered: 1, open: ['b'] });
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

describe('what the buyer declined', () => {
  const rows = (...lines: object[][]) => lines.map((cells) => ({ cells })) as unknown as Comparison['rows'];
  const declined = { state: 'offered', choosable: false, accepted: false, quoteId: 'q' };
  const refused = { state: 'declined', choosable: false, accepted: false, quoteId: 'r' };
  const waiting = { state: 'waiting', choosable: false, accepted: false };

  test('a line whose offer the buyer declined is not said to be offered by nobody', () => {
    expect(whyLeft(rows([declined], [refused, declined]))).toBe('rejected');
    expect(whyLeft(rows([refused]))).toBe('none');
    expect(whyLeft(rows([declined], [refused]))).toBe('mixed');
    expect(whyLeft(rows([declined], [waiting]))).toBe('yet');
  });

  test('a partner whose answer the buyer declined is shown as declined by the buyer, others as not chosen', () => {
    const lost = (quotes: object[]) => ({ status: 'lost', quotes }) as unknown as Enquiry;
    expect(shownStatus(lost([{ declinedAt: '2026-01-01T00:00:00Z', lines: [] }]))).toBe('rejected');
    expect(shownStatus(lost([{ lines: [] }]))).toBe('lost');
  });

  test('an order is settled once no line waits for its partner or for the buyer', () => {
    const order = (...states: string[]) =>
      ({ lines: states.map((orderState) => ({ orderState })) }) as unknown as Request;
    expect(isSettled(order('confirmed', 'rejected', 'declined'))).toBe(true);
    expect(isSettled(order('confirmed', 'changed'))).toBe(false);
    expect(isSettled(order('waiting'))).toBe(false);
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
