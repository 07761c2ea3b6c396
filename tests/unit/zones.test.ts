import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayIn, instantOf, isTimeZone, localTime } from '#server/common/zones.ts';
import { dateIn, endOfDay, instantAt } from '#server/platform/zones.ts';

const clockIn = (timeZone: string, at: Date) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);

describe('a local time', () => {
  test.each([
    // Clocks in Belgrade go forward on 28 March 2027 and back on 31 October, at 01:00 UTC.
    ['before the skipped hour', 'Europe/Belgrade', '2027-03-28', '01:59', '2027-03-28T00:59:00.000Z'],
    [
      'in the skipped hour is as much later',
      'Europe/Belgrade',
      '2027-03-28',
      '02:30',
      '2027-03-28T01:30:00.000Z',
    ],
    ['after the skipped hour', 'Europe/Belgrade', '2027-03-28', '03:00', '2027-03-28T01:00:00.000Z'],
    [
      'a year before, on a day without a change',
      'Europe/Belgrade',
      '2026-03-28',
      '02:30',
      '2026-03-28T01:30:00.000Z',
    ],
    [
      'in the doubled hour is the first',
      'Europe/Belgrade',
      '2027-10-31',
      '02:30',
      '2027-10-31T00:30:00.000Z',
    ],
    [
      'in the doubled hour a year before',
      'Europe/Belgrade',
      '2026-10-25',
      '02:30',
      '2026-10-25T00:30:00.000Z',
    ],
    [
      'on the same date without a change',
      'Europe/Belgrade',
      '2027-10-25',
      '02:30',
      '2027-10-25T00:30:00.000Z',
    ],
    ['after the doubled hour', 'Europe/Belgrade', '2027-10-31', '03:00', '2027-10-31T02:00:00.000Z'],
    ['at a skipped midnight', 'America/Havana', '2027-03-14', '00:00', '2027-03-14T05:00:00.000Z'],
    [
      'at a doubled midnight is the first',
      'America/Havana',
      '2027-11-07',
      '00:00',
      '2027-11-07T04:00:00.000Z',
    ],
    ['in a change of half an hour', 'Australia/Lord_Howe', '2027-10-03', '02:15', '2027-10-02T15:45:00.000Z'],
  ])('a local time is converted right: %s (%s, %s %s)', (_, zone, day, time, expected) => {
    const date = dateIn('UTC', new Date(`${day}T00:00:00Z`));
    expect(instantAt(date, time, zone).toISOString()).toBe(expected);
  });

  test('a local time is what clocks in the zone show at that instant, unless they skip it', () => {
    const zones = [
      'Europe/Belgrade',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'America/Havana',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.date({ min: new Date('2020-01-01'), max: new Date('2037-01-01'), noInvalidDate: true }),
        (zone, now) => {
          const [day = '', time = ''] = clockIn(zone, now).split(' ');
          const at = instantAt(dateIn(zone, now), time, zone);
          expect(clockIn(zone, at)).toBe(`${day} ${time}`);
          // The first of two, never the second.
          expect(at.getTime()).toBeLessThanOrEqual(now.getTime());
        },
      ),
    );
  });
});

test('a local time is the same instant by Intl, which pages use, and by Temporal', () => {
  const zones = [
    'Europe/Belgrade',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Africa/Cairo',
    'Asia/Kathmandu',
  ];
  const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2037-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(moments, fc.constantFrom(...zones), (utc, zone) => {
      const local = localTime(utc, 'UTC');
      const date = dateIn('UTC', utc);
      expect(instantOf(local, zone)).toBe(instantAt(date, local.slice(11), zone).toISOString());
    }),
  );
  for (const [zone, local] of [
    ['Europe/Belgrade', '2027-03-28T02:30'],
    ['Europe/Belgrade', '2027-10-31T02:30'],
    ['America/Havana', '2027-03-14T00:00'],
    ['America/Havana', '2027-11-07T00:00'],
    ['Asia/Beirut', '2027-10-30T23:59'],
  ] as const) {
    const date = dateIn('UTC', new Date(`${local}Z`));
    expect(instantOf(local, zone)).toBe(instantAt(date, local.slice(11), zone).toISOString());
  }
});

describe('a day', () => {
  test.each([
    ['of 23 hours', 'Europe/Belgrade', '2027-03-28', '2027-03-28T22:00:00.000Z'],
    ['of 25 hours', 'Europe/Belgrade', '2027-10-31', '2027-10-31T23:00:00.000Z'],
    ['of 25 hours a year before', 'Europe/Belgrade', '2026-10-25', '2026-10-25T23:00:00.000Z'],
    ['on the same date without a change', 'Europe/Belgrade', '2027-10-25', '2027-10-25T22:00:00.000Z'],
    // In these zones, the clock goes forward or back at midnight.
    ['before a day without midnight', 'Africa/Cairo', '2027-04-29', '2027-04-29T22:00:00.000Z'],
    ['before a day without midnight', 'America/Havana', '2027-03-13', '2027-03-14T05:00:00.000Z'],
    ['before a day without midnight', 'Asia/Beirut', '2027-03-27', '2027-03-27T22:00:00.000Z'],
    ['before a day without midnight', 'America/Santiago', '2027-09-04', '2027-09-05T04:00:00.000Z'],
    ['with its last hour twice', 'Asia/Beirut', '2027-10-30', '2027-10-30T22:00:00.000Z'],
    ['with its last hour twice', 'America/Santiago', '2027-04-03', '2027-04-04T04:00:00.000Z'],
    ['before a day with two midnights', 'America/Havana', '2027-11-06', '2027-11-07T04:00:00.000Z'],
    ['before a day that a country skipped', 'Pacific/Apia', '2011-12-29', '2011-12-30T10:00:00.000Z'],
  ])('a day ends at the first instant after it: %s (%s, %s)', (_, zone, day, expected) => {
    const over = endOfDay(day, zone);
    expect(over.toISOString()).toBe(expected);
    expect(dayIn(zone, new Date(over.getTime() - 1))).toBe(day);
    expect(dayIn(zone, over) > day).toBe(true);
  });

  test('a day is the same by Intl, which pages use, and by Temporal', () => {
    const zones = ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'Africa/Cairo'];
    const moments = fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2099-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, fc.constantFrom(...zones), (at, zone) => {
        expect(dayIn(zone, at)).toBe(dateIn(zone, at).toString());
      }),
    );
  });
});

test('only a name of the time zone database counts as a time zone', () => {
  expect(['Europe/Belgrade', 'UTC', 'America/Argentina/Ushuaia'].every(isTimeZone)).toBe(true);
  expect(['', 'Mars/Olympus', 'Europe/', '; drop table'].some(isTimeZone)).toBe(false);
});
