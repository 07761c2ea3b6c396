import { describe, expect, test } from 'vitest';
import type { Call } from '#lib/api/schema.d.ts';
import { creditLeft } from '#lib/calls/credit.ts';
import { isShown } from '#lib/calls/shown.ts';
import { clock, secondsSince, soon } from '#lib/calls/times.ts';
import { announcement, endWords } from '#lib/calls/callWords.ts';
import { instantOf, localTime } from '#server/common/zones.ts';
import { loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n } from '#lib/i18n/i18n.ts';

const i18n = createI18n('en', await loadDictionary('en'), 'Europe/Belgrade');
const noon = '2026-03-02T11:00:00.000Z';
const now = Date.parse(noon);

describe('the credit of a support call', () => {
  const credit = { rate: '1.00', held: '1.50', spent: '0.00', available: '0.00', secondsLeft: 90 };
  const at = (seconds: number, answeredAt: string | null = noon) =>
    creditLeft({ credit, answeredAt, maxSeconds: 90 } as Call, now + seconds * 1_000);

  test('the credit of a call falls by the second from the answer on', () => {
    expect(at(30, null)).toMatchObject({ left: 90, spent: '0.00', warning: null });
    expect(at(1)).toMatchObject({ left: 89, spent: '0.02' });
    expect(at(200)).toMatchObject({ left: 0, spent: '1.50' });
    expect(creditLeft({ credit: null } as Call, now)).toBeNull();
  });

  test('a caller is warned a minute and 15 s before the end', () => {
    expect([29, 30, 74, 75].map((seconds) => at(seconds)?.warning)).toEqual([null, 60, 60, 15]);
  });
});

describe('times', () => {
  test('lengths are shown like clocks and never run backwards', () => {
    expect([0, 59, 60, 726, 3_600, 3_729].map(clock)).toEqual([
      '0:00',
      '0:59',
      '1:00',
      '12:06',
      '1:00:00',
      '1:02:09',
    ]);
    expect(secondsSince(noon, now + 61_900)).toBe(61);
    expect(secondsSince(noon, now - 5_000)).toBe(0);
  });

  test('times of today have no day', () => {
    expect(soon(i18n, '2026-03-02T13:00:00.000Z', now)).toBe('14:00');
    expect(soon(i18n, '2026-03-03T07:00:00.000Z', now)).toContain('08:00');
    expect(soon(i18n, '2026-03-03T07:00:00.000Z', now)).toContain('Tue');
  });

  test.each(['2026-01-15T12:30:00.000Z', '2026-07-15T22:05:00.000Z', '2026-03-29T01:30:00.000Z'])(
    'the date and time fields show %s and return it',
    (instant) =>
      expect(instantOf(localTime(new Date(instant), 'Europe/Belgrade'), 'Europe/Belgrade')).toBe(instant),
  );
});

describe('a call', () => {
  const call = (more: Partial<Call>): Call =>
    ({
      status: 'calling_agent',
      outcome: null,
      agent: { id: '2', name: 'Ivana Kostić', kind: 'sales', languages: [] },
      vendor: { id: '1', name: 'Elektro Sever', slug: 'es', rating: null },
      tried: [],
      agentPickedUpAt: null,
      talkSeconds: null,
      endedAt: null,
      rating: null,
      serverNow: noon,
      ...more,
    }) as unknown as Call;

  test('a live call says where it is', () => {
    expect(announcement(i18n, call({ status: 'requested', agent: null }))).toBe('Looking for a free agent');
    expect(announcement(i18n, call({}))).toBe('Ivana Kostić’s phone is ringing');
    expect(announcement(i18n, call({ agentPickedUpAt: noon }))).toBe(
      'Ivana Kostić has answered and confirms the call by pressing 1',
    );
    const tried = [{ name: 'Milan Petrović', result: 'no_answer' as const, ringSeconds: 20 }];
    expect(announcement(i18n, call({ tried }))).toBe(
      'Milan Petrović did not pick up. Ivana Kostić’s phone is ringing',
    );
    const rings = { status: 'calling_visitor', asksToConfirm: false } as const;
    expect(announcement(i18n, call(rings))).toBe('Pick up your phone');
    expect(announcement(i18n, call({ ...rings, asksToConfirm: true }))).toBe(
      'Pick up your phone and press 1 to be connected',
    );
    expect(announcement(i18n, call({ status: 'in_call' }))).toBe('Connected with Ivana Kostić');
  });

  test('an ended call says how it ended', () => {
    const over = (outcome: Call['outcome'], talkSeconds: number | null = null) =>
      endWords(i18n, call({ status: 'ended', outcome, talkSeconds }));
    expect(over('completed', 726)).toBe('Call ended, 12:06');
    expect(over('completed', 0)).toBe('Call ended');
    expect(over('agent_left')).toBe('Ivana Kostić hung up before you were connected');
    expect(over('no_agent')).toBe('Nobody could take the call');
  });

  test('a call is shown while it is live and ten minutes longer, unless it was rated', () => {
    const ended = (minutesAgo: number, more: Partial<Call> = {}) =>
      call({ status: 'ended', endedAt: new Date(now - minutesAgo * 60_000).toISOString(), ...more });
    expect(isShown(call({}))).toBe(true);
    expect(isShown(ended(9.9))).toBe(true);
    expect(isShown(ended(10))).toBe(false);
    expect(isShown(ended(1, { rating: { line: 5, agent: 5, comment: null } }))).toBe(false);
  });
});
