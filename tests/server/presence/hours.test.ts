import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { phoneWindowFault, type WorkingDay, worksFrom } from '#server/presence/rules.ts';

const weekdays = (opens: string, closes: string, days = [1, 2, 3, 4, 5]): WorkingDay[] =>
  days.map((weekday) => ({ weekday, opens, closes }));

describe('the beginning of the next working day', () => {
  test.each([
    ['before work, today', 'Europe/Belgrade', '2026-11-23T05:00:00Z', '2026-11-23T07:00:00Z'],
    ['at its very beginning, tomorrow', 'Europe/Belgrade', '2026-11-23T07:00:00Z', '2026-11-24T07:00:00Z'],
    ['during work, tomorrow', 'Europe/Belgrade', '2026-11-23T10:00:00Z', '2026-11-24T07:00:00Z'],
    ['on Friday evening, on Monday', 'Europe/Belgrade', '2026-11-20T18:00:00Z', '2026-11-23T07:00:00Z'],
    ['by the vendor’s day, not UTC’s', 'Pacific/Auckland', '2026-11-22T12:00:00Z', '2026-11-22T19:00:00Z'],
    ['in the far west', 'America/Los_Angeles', '2026-11-24T02:00:00Z', '2026-11-24T16:00:00Z'],
    ['in a half-hour zone', 'Asia/Kolkata', '2026-11-23T00:00:00Z', '2026-11-23T02:30:00Z'],
    // Clocks go forward on 29 March 2026 and back on 25 October, at 01:00 UTC.
    [
      'before the Monday after summer time begins',
      'Europe/Berlin',
      '2026-03-27T20:00:00Z',
      '2026-03-30T06:00:00Z',
    ],
    ['before the Monday after it ends', 'Europe/Berlin', '2026-10-23T20:00:00Z', '2026-10-26T07:00:00Z'],
  ])('the next working day begins right when asked %s (%s)', (_, zone, now, expected) => {
    const begins = worksFrom(weekdays('08:00', '16:00'), zone, new Date(now));
    expect(begins?.toISOString()).toBe(new Date(expected).toISOString());
  });

  test.each([
    ['in the skipped hour are as much later', '02:30', '2026-03-28T12:00:00Z', '2026-03-29T01:30:00Z'],
    ['right after the skipped hour stay', '03:30', '2026-03-28T12:00:00Z', '2026-03-29T01:30:00Z'],
    ['before the skipped hour stay', '01:30', '2026-03-28T12:00:00Z', '2026-03-29T00:30:00Z'],
    ['in the doubled hour are in its first run', '02:30', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z'],
    ['after the doubled hour stay', '03:00', '2026-10-24T12:00:00Z', '2026-10-25T02:00:00Z'],
  ])('working hours that begin %s', (_, opens, now, expected) => {
    const begins = worksFrom(weekdays(opens, '16:00', [7]), 'Europe/Berlin', new Date(now));
    expect(begins?.toISOString()).toBe(new Date(expected).toISOString());
  });

  test('an agent whose only day has begun is back in a week, and one without days never', () => {
    const monday = weekdays('08:00:00', '16:00:00', [1]);
    const begun = new Date('2026-11-23T09:00:00Z');
    expect(worksFrom(monday, 'UTC', begun)?.toISOString()).toBe('2026-11-30T08:00:00.000Z');
    expect(worksFrom([], 'UTC', begun)).toBeNull();
  });

  test("the next working time is ahead, within eight days, at the zone's local hour", () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
        (timeZone, now, days) => {
          const begins = worksFrom(weekdays('08:15', '16:00', days), timeZone, now);
          const shown = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(
            begins ?? 0,
          );
          const aheadMs = (begins?.getTime() ?? 0) - now.getTime();
          expect(shown).toBe('08:15');
          expect(aheadMs).toBeGreaterThan(0);
          expect(aheadMs).toBeLessThan(8 * 86_400_000);
        },
      ),
    );
  });
});

test('a phone window ends in the future, within a day, and needs status available', () => {
  const now = new Date('2026-11-23T10:00:00Z');
  const inMs = (ms: number) => new Date(now.getTime() + ms);
  const day = 86_400_000;
  expect(phoneWindowFault('available', inMs(1), now)).toBeNull();
  expect(phoneWindowFault('available', inMs(day), now)).toBeNull();
  expect(phoneWindowFault('available', inMs(day + 1), now)).toBe('time_not_ahead');
  expect(phoneWindowFault('available', now, now)).toBe('time_not_ahead');
  expect(phoneWindowFault('away', inMs(1), now)).toBe('not_allowed');
  expect(phoneWindowFault('offline', null, now)).toBeNull();
});
