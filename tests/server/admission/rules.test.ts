import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { callableNumber } from '#server/admission/service.ts';
import {
  budgetFor,
  budgetSpent,
  faultOf,
  isStoppedBy,
  isUnanswered,
  masked,
  phoneHash,
  readNumber,
} from '#server/admission/rules.ts';
import { readConfig } from '#server/platform/config.ts';

const { countries } = readConfig({}, 'demo').calling;
const strict = { countries, unassignedNumbers: false };

const faultAs = (text: string, config = strict) => {
  const number = readNumber(text);
  return number ? faultOf(number, config) : 'unreadable';
};

describe('which numbers are called', () => {
  test.each([
    ['+420601123456', 'a Czech mobile'],
    ['+12025550123', 'the United States'],
    ['+38111222333', 'Belgrade'],
    ['+390612345678', 'Rome, with its zero'],
    ['+4915112345601', 'a German mobile'],
    ['+48221234567', 'Warsaw'],
  ])('the number %s (%s) may be called', (number) => {
    expect(faultAs(number)).toBeNull();
  });

  test.each([
    ['type', '+33899123456', 'French premium'],
    ['type', '+37190123456', 'Latvian premium'],
    ['type', '+420906123456', 'Czech premium'],
    ['type', '+19005551234', 'American premium'],
    ['type', '+38190012345', 'Serbian premium'],
    ['type', '+33810123456', 'French shared cost'],
    ['type', '+491805123456', 'German shared cost'],
    ['type', '+447012345678', 'British personal'],
    ['type', '+15005550006', 'American personal'],
    ['type', '+447640123456', 'British pager'],
    ['type', '+41581234567', 'Swiss company-wide'],
    ['type', '+41860791234567', 'Swiss voicemail'],
    ['type', '+448001234567', 'British toll-free'],
    ['type', '+33912345678', 'French internet telephony'],
    ['country', '+18765551234', 'Jamaica, under +1'],
    ['country', '+18095551234', 'the Dominican Republic, under +1'],
    ['country', '+447911123456', 'Guernsey, under +44'],
    ['country', '+447624123456', 'the Isle of Man, under +44'],
    ['country', '+870773111632', 'Inmarsat'],
    ['country', '+881612345678', 'a satellite phone'],
    ['country', '+882161234567', 'an international network'],
    ['country', '+883510001234567', 'an international network'],
    ['country', '+80012345678', 'international toll-free'],
    ['country', '+355692123456', 'a country not on the list'],
    ['invalid', '+12425551234', 'the Bahamas, no number of theirs'],
    ['invalid', '+420111222333', 'a number nobody can have'],
    ['unreadable', '112', 'emergency'],
    ['unreadable', '911', 'emergency'],
    ['unreadable', '+112', 'emergency with a plus'],
    ['unreadable', '+381194', 'an ambulance'],
    ['unreadable', '+49115', 'a short number'],
    ['unreadable', '601123456', 'no country prefix'],
    ['unreadable', '+4206011234', 'too short'],
    ['unreadable', '+42060112345678901', 'too long'],
    ['unreadable', '+420601123456 ext. 5', 'an extension'],
    ['unreadable', '+420601123456x5', 'an extension'],
    ['unreadable', '+420601123456;ext=5', 'an extension'],
    ['unreadable', '+420601123456,,5', 'digits dialled later'],
    ['unreadable', '+420601123456#5', 'digits dialled later'],
    ['unreadable', '+420601123456 call me', 'text behind it'],
    ['unreadable', 'tel:+420601123456', 'a link'],
    ['unreadable', '++420601123456', 'two pluses'],
    ['unreadable', '+٤٢٠٦٠١١٢٣٤٥٦', 'Arabic digits'],
    ['unreadable', '', 'nothing'],
  ])('the fault "%s" is found in %s (%s)', (fault, number) => {
    expect(faultAs(number)).toBe(fault);
  });

  test.each([
    '+420 601 123 456',
    ' +420-601-123-456 ',
    '+420.601.123.456',
    '+420 (601) 123/456',
    '00420601123456',
    '＋４２０６０１１２３４５６',
    '+420\u00a0601\u2011123\u2011456',
  ])('%s is read as the number that it spells', (text) => {
    expect(readNumber(text)?.number).toBe('+420601123456');
  });

  test('the demo also calls unassigned numbers of its countries, but no premium numbers', () => {
    const lenient = { countries, unassignedNumbers: true };
    expect(faultAs('+420111222333', lenient)).toBeNull();
    expect(faultAs('+355111222333', lenient)).not.toBeNull();
    expect(faultAs('+33899123456', lenient)).toBe('type');
    expect(faultAs('+18765551234', lenient)).toBe('country');
  });

  test('only the demo without a Twilio account calls unassigned numbers', () => {
    const account = { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 't', TWILIO_FROM: '+38111222333' };
    expect(readConfig({}, 'demo').calling.unassignedNumbers).toBe(true);
    expect(readConfig(account, 'demo').calling.unassignedNumbers).toBe(false);
  });
});

describe('which numbers of agents are called', () => {
  const production = readConfig({ CALL_COUNTRIES: 'RS,DE' }, 'demo').calling;
  const real = { ...production, unassignedNumbers: false };

  test.each([
    ['+381641112001', 'Serbia, which is on the list'],
    ['00381 (64) 111-20-01', 'the same, as a catalogue may write it'],
    ['+4915112345601', 'Germany'],
  ])("the agent's number %s (%s) may be called", (text) => {
    expect(callableNumber(text, real)).toMatch(/^\+(381|49)\d+$/);
  });

  test.each([
    ['+420601123456', 'a country that is not on the list'],
    ['+18765551234', 'Jamaica'],
    ['+381900123456', 'premium'],
    ['+881612345678', 'satellite'],
    ['ask at the desk', 'no number'],
  ])("the agent's number %s (%s) may not be called", (text) => {
    expect(callableNumber(text, real)).toBeNull();
  });

  test('the demo calls all of its agents, whatever countries are set, but no premium numbers', async () => {
    const file = new URL('../../../db/seed/catalog/agents.csv', import.meta.url);
    const phones = (await readFile(file, 'utf8')).match(/\+\d{7,15}/g) ?? [];
    expect(phones.length).toBeGreaterThan(20);
    for (const env of [{}, { CALL_COUNTRIES: 'JP' }]) {
      const { calling } = readConfig(env, 'demo');
      expect(phones.filter((phone) => callableNumber(phone, calling) === null)).toEqual([]);
      expect(callableNumber('+381900123456', calling)).toBeNull();
    }
  });
});

test('numbers are kept for at least a day, half a year unless set', () => {
  const kept = (env: Record<string, string>) => readConfig(env, 'demo').calling.retentionDays;
  expect(kept({})).toBe(180);
  expect(kept({ CALL_RETENTION_DAYS: '1' })).toBe(1);
  for (const wrong of ['0', '-1', 'ever'])
    expect(() => kept({ CALL_RETENTION_DAYS: wrong })).toThrow('CALL_RETENTION_DAYS');
});

test('a recorded number is masked, and its hash depends on the key', () => {
  const number = readNumber('+381641112001');
  expect(number && masked(number)).toBe('+38164•••01');
  const hash = phoneHash('a key', '+381641112001');
  expect(hash).toHaveLength(32);
  expect(hash.equals(phoneHash('another key', '+381641112001'))).toBe(false);
});

describe('a country where nobody answers', () => {
  const calls = (answered: number, unanswered: number, phone = '+420601123456') => [
    ...Array.from({ length: answered }, () => ({ phone, answered: true })),
    ...Array.from({ length: unanswered }, () => ({ phone, answered: false })),
  ];
  const rule = { calls: 20, percent: 60 };

  test.each([
    ['no more than the share is unanswered', calls(8, 12), false],
    ['more than the share is unanswered', calls(7, 13), true],
    ['there is one call too few', calls(0, 19), false],
    ['there are just enough calls', calls(0, 20), true],
    ['the calls are those of a neighbour under the same prefix', calls(0, 50, '+18765551234'), false],
  ])('a country is judged correctly when %s', (_name, today, expected) => {
    expect(isUnanswered(today[0]?.phone.startsWith('+1') ? 'US' : 'CZ', today, rule)).toBe(expected);
  });
});

describe("the day's budget", () => {
  const config = { minutePrice: '0.05', dailyBudget: '10', maxMinutes: 30 };
  // A budget of 10.00 is 200 minutes, of which each new call reserves 60.
  test.each([
    ['fits', 140, 0],
    ['spent', 141, 0],
    ['fits', 80, 60],
    ['full', 80, 61],
    ['full', 140, 1],
  ])(
    'the answer of the budget is "%s" after %i minutes of ended and %i of live calls',
    (expected, over, live) => {
      expect(budgetFor({ over, live }, config)).toBe(expected);
    },
  );

  test("calls stopped by the budget resume at midnight UTC, those stopped by an operator don't", () => {
    const at = new Date('2026-03-04T23:59:59.999Z');
    const sameDay = new Date('2026-03-04T00:00:00Z');
    const midnight = new Date('2026-03-05T00:00:00Z');
    const stopped = { stopped: true, at, reason: budgetSpent };
    expect(isStoppedBy(stopped, at)).toBe(true);
    expect(isStoppedBy(stopped, sameDay)).toBe(true);
    expect(isStoppedBy(stopped, midnight)).toBe(false);
    expect(isStoppedBy({ ...stopped, reason: 'pranks' }, midnight)).toBe(true);
    expect(isStoppedBy({ ...stopped, stopped: false }, at)).toBe(false);
    expect(isStoppedBy(null, at)).toBe(false);
  });
});
