import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayIn } from '#server/common/zones.ts';
import { endOfDay } from '#server/platform/zones.ts';
import { linksLiveUntil, whyNoAnswer } from '#server/requests/enquiries/rules.ts';
import { EnquiryStatus, type EnquiryStatus as EnquiryState } from '#server/requests/schema.ts';

const hour = 3_600_000;

describe('the end of a day in a time zone', () => {
  test.each([
    // Winter and summer time; the days on which Belgrade's clock changes have 23 and 25 hours.
    ['2026-01-15', 'Europe/Belgrade', '2026-01-15T23:00:00.000Z'],
    ['2026-03-28', 'Europe/Belgrade', '2026-03-28T23:00:00.000Z'],
    ['2026-03-29', 'Europe/Belgrade', '2026-03-29T22:00:00.000Z'],
    ['2026-10-24', 'Europe/Belgrade', '2026-10-24T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Belgrade', '2026-10-25T23:00:00.000Z'],
    ['2026-07-31', 'UTC', '2026-08-01T00:00:00.000Z'],
    ['2026-12-31', 'Pacific/Kiritimati', '2026-12-31T10:00:00.000Z'],
    ['2026-12-31', 'Pacific/Pago_Pago', '2027-01-01T11:00:00.000Z'],
    ['2026-06-30', 'Asia/Kathmandu', '2026-06-30T18:15:00.000Z'],
    // Cairo's clock goes forward at midnight: the day after begins at one o'clock.
    ['2026-04-23', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
  ])('%s in %s ends at %s', (day, zone, over) => {
    expect(endOfDay(day, zone).toISOString()).toBe(over);
  });

  test('a day on which the clock changes has 23 or 25 hours', () => {
    const length = (day: string, before: string) =>
      (endOfDay(day, 'Europe/Belgrade').getTime() - endOfDay(before, 'Europe/Belgrade').getTime()) / hour;
    expect([length('2026-03-29', '2026-03-28'), length('2026-10-25', '2026-10-24')]).toEqual([23, 25]);
  });

  test('a day ends at the first instant of a later day in any zone', () => {
    const zones = [
      'Europe/Belgrade',
      'America/Sao_Paulo',
      'America/Havana',
      'Australia/Lord_Howe',
      'Africa/Cairo',
    ];
    const days = fc.date({ min: new Date('2015-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.constantFrom(...zones), (date, zone) => {
        const day = date.toISOString().slice(0, 10);
        const over = endOfDay(day, zone);
        expect(dayIn(zone, new Date(over.getTime() - 1)) <= day).toBe(true);
        expect(dayIn(zone, over) > day).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('a link lives 90 days past the last day of its use and is never shortened', () => {
    const present = new Date('2026-06-01T00:00:00Z');
    expect(linksLiveUntil(present, new Date('2026-01-01T00:00:00Z'), 'UTC')).toEqual(present);
    expect(linksLiveUntil(present, new Date('2026-05-01T00:00:00Z'), 'UTC').toISOString()).toBe(
      '2026-07-30T00:00:00.000Z',
    );
  });

  test.each([
    ['2026-12-31T23:00:00Z', '2027-03-31T22:00:00.000Z'],
    ['2026-08-31T22:00:00Z', '2026-11-29T23:00:00.000Z'],
  ])(
    'a link that lives from the end of a day, %s, ends with a day, also when the clocks change',
    (last, end) => {
      const present = new Date('2026-01-01T00:00:00Z');
      expect(linksLiveUntil(present, new Date(last), 'Europe/Belgrade').toISOString()).toBe(end);
    },
  );
});

describe('whether an enquiry can be answered', () => {
  const now = new Date('2026-06-01T12:00:00Z');
  const before = new Date(now.getTime() + 1);
  const states = (EnquiryStatus as unknown as { enum: EnquiryState[] }).enum;
  const closed = ['confirmed', 'accepted', 'partly_accepted', 'lost'];

  test.each(states)('its deadline and the state "%s" decide whether an enquiry can be answered', (status) => {
    const isClosed = closed.includes(status);
    expect(whyNoAnswer({ status, deadline: null }, now)).toBe(isClosed ? 'enquiry_closed' : null);
    expect(whyNoAnswer({ status, deadline: before }, now)).toBe(isClosed ? 'enquiry_closed' : null);
    const late = whyNoAnswer({ status, deadline: now }, now);
    expect(late).toBe(isClosed ? 'enquiry_closed' : status === 'revision_asked' ? null : 'deadline_over');
  });
});
