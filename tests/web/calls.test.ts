import { describe, expect, test } from 'vitest';
import type { AgentState, Call } from '#lib/api/schema.d.ts';
import {
  agentsOf,
  byReadiness,
  firstKind,
  firstPartner,
  initials,
  partnersOf,
  teamState,
} from '#lib/calls/agents.ts';
import { creditLeft } from '#lib/calls/credit.ts';
import { countryOf, likelyCountry, looksLikePhone, wholePhone } from '#lib/calls/phones.ts';
import { ratingWords } from '#lib/calls/rating.ts';
import { isShown } from '#lib/calls/shown.ts';
import { clock, secondsSince, soon } from '#lib/calls/times.ts';
import { announcement, endWords } from '#lib/calls/callWords.ts';
import { agentWords, teamWords } from '#lib/calls/words.ts';
import { phoneInGroups, prefixes } from '#server/common/phones.ts';
import { instantOf, localTime } from '#server/common/zones.ts';
import { loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n } from '#lib/i18n/i18n.ts';

const i18n = createI18n('en', await loadDictionary('en'), 'Europe/Belgrade');
const serbian = createI18n('sr', await loadDictionary('sr'), 'Europe/Belgrade');
const noon = '2026-03-02T11:00:00.000Z';
const now = Date.parse(noon);

const agent = (id: string, status: AgentState['status'], more: Partial<AgentState> = {}): AgentState => ({
  id,
  vendorId: '1',
  name: `Agent ${id}`,
  kind: 'sales',
  languages: ['en'],
  status,
  since: null,
  worksFrom: null,
  ...more,
});

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

describe('a team', () => {
  test('a team shows the best status among its agents', () => {
    expect(teamState([])).toBeUndefined();
    expect(teamState([agent('1', 'busy'), agent('2', 'available'), agent('3', 'available')])).toEqual({
      status: 'available',
      free: 2,
    });
    expect(teamState([agent('1', 'offline'), agent('2', 'away'), agent('3', 'busy')])).toEqual({
      status: 'busy',
    });
    expect(teamState([agent('1', 'offline'), agent('2', 'away')])).toEqual({ status: 'away' });
  });

  test('an offline team says when the first agent is back', () => {
    const later = agent('1', 'offline', { worksFrom: '2026-03-03T07:00:00.000Z' });
    const sooner = agent('2', 'offline', { worksFrom: '2026-03-02T13:00:00.000Z' });
    expect(teamState([later, sooner, agent('3', 'offline')])).toEqual({
      status: 'offline',
      from: sooner.worksFrom,
    });
    expect(teamState([agent('3', 'offline')])).toEqual({ status: 'offline', from: null });
  });

  test('a team lists callable agents first, each group in its order', () => {
    const team = [
      agent('1', 'offline'),
      agent('2', 'available'),
      agent('3', 'busy'),
      agent('4', 'available'),
    ];
    expect(byReadiness(team).map(({ id }) => id)).toEqual(['2', '4', '3', '1']);
  });

  test('the sales team comes first unless only support is there', () => {
    expect(firstKind([agent('1', 'busy', { kind: 'support' }), agent('2', 'offline')])).toBe('sales');
    expect(firstKind([agent('1', 'busy', { kind: 'support' })])).toBe('support');
    expect(firstKind([])).toBe('sales');
  });
});

describe('the partner of the panel', () => {
  const offer = (id: string, vendorId: string, agents: AgentState[]) => ({
    id,
    vendor: { id: vendorId, name: `V${vendorId}`, slug: `v${vendorId}`, rating: null },
    vendorCountry: 'RS',
    agents,
  });
  const offers = [
    offer('10', '1', []),
    offer('20', '2', [agent('5', 'busy', { vendorId: '2' })]),
    offer('21', '2', [agent('5', 'busy', { vendorId: '2' })]),
    offer('30', '3', [agent('6', 'available', { vendorId: '3' })]),
  ] as unknown as Parameters<typeof partnersOf>[0];
  const partners = partnersOf(offers);
  const idOf = (agents: AgentState[], named: string | null, ticked: string[] = []) =>
    firstPartner(partners, agents, named, ticked)?.vendor.id;

  test('the panel names each partner and each agent once', () => {
    expect(partners.map(({ vendor, offerId }) => [vendor.id, offerId])).toEqual([
      ['1', '10'],
      ['2', '20'],
      ['3', '30'],
    ]);
    expect(agentsOf(offers).map(({ id, vendorId }) => [id, vendorId])).toEqual([
      ['5', '2'],
      ['6', '3'],
    ]);
  });

  test('the panel opens the partner of the URL, else one with a free agent, else one with agents, else the first', () => {
    const agents = agentsOf(offers);
    expect(idOf(agents, '1')).toBe('1');
    expect(idOf(agents, null)).toBe('3');
    expect(idOf(agents, 'nobody')).toBe('3');
    expect(idOf(agents.slice(0, 1), null)).toBe('2');
    expect(idOf([], null)).toBe('1');
    expect(firstPartner([], [], null, [])).toBeUndefined();
  });

  test('the panel opens a partner ticked to be asked before one that is only free', () => {
    const agents = agentsOf(offers);
    expect(idOf(agents, null, ['2'])).toBe('2');
    expect(idOf(agents, null, ['2', '3'])).toBe('3');
    expect(idOf(agents, null, ['1'])).toBe('3');
    expect(idOf(agents, '3', ['2'])).toBe('3');
  });
});

describe('numbers', () => {
  test('the prefix follows a number that is typed with its own', () => {
    expect(countryOf('+420 601', 'RS')).toBe('CZ');
    expect(countryOf('00387 61', 'RS')).toBe('BA');
    expect(countryOf('+381 64', 'RS')).toBe('RS');
    expect(countryOf('064 123', 'RS')).toBeUndefined();
    expect(countryOf('+', 'RS')).toBeUndefined();
  });

  test('a number copied with invisible marks and dashes of text programs is read', () => {
    const copied = '\u202a+381 64\u2013123\u20114567\u202c';
    expect(looksLikePhone(wholePhone('CZ', copied))).toBe(true);
    expect(wholePhone('CZ', copied)).toBe('+381 64-123-4567');
  });

  test('every prefix has a country and a calling code', () => {
    for (const { country, code } of prefixes) {
      expect(country).toMatch(/^[A-Z]{2}$/);
      expect(code).toMatch(/^\d{1,3}$/);
    }
  });

  test.each([
    ['CZ', '601 123 456', '+420 601 123 456'],
    ['RS', '064 123 4567', '+381 064 123 4567'],
    ['CZ', ' +381641234567 ', '+381641234567'],
    ['CZ', '00381 64 1234567', '+381 64 1234567'],
    ['XX', '123', '123'],
    ['CZ', '  ', ''],
  ])('the country %s and the number %j make %j', (country, typed, whole) =>
    expect(wholePhone(country, typed)).toBe(whole),
  );

  test.each([
    ['+420 601 123 456', true],
    ['+1 (202) 555-0123', true],
    ['+420 601', false],
    ['+420 601 123 456 789 01', false],
    ['+420 call me', false],
    ['601123456', false],
    ['', false],
  ])('the text %j looks like a phone number: %s', (text, worth) => expect(looksLikePhone(text)).toBe(worth));

  test.each([
    ['+381641234567', '+381 64 123 4567'],
    ['+381110002042', '+381 11 000 2042'],
    ['+38761123456', '+387 61 123 456'],
    ['+420601123456', '+420 601 123 456'],
    ['+12025550123', '+1 202 555 0123'],
    ['+79161234567', '+7 916 123 4567'],
    ['+905321234567', '+90 532 123 4567'],
    ['+3612345678', '+36 12 345 678'],
    ['+4915123456789', '+49 15 123 456 789'],
    ['+972501234567', '+972 501 234 567'],
  ])('the number %s is shown as %s', (phone, shown) => expect(phoneInGroups(phone)).toBe(shown));

  test.each([
    ['+381 64 1234567 ext. 5'],
    ['+1 (202) 555-0123'],
    ['+38164123456 ext. 5'],
    ['0641234567'],
    ['+381'],
    ['+'],
    [''],
  ])('the number %j is shown as it is written', (phone) => expect(phoneInGroups(phone)).toBe(phone));

  test('the prefix follows the time zone, then the language', () => {
    expect(likelyCountry('Europe/Prague', 'sr')).toBe('CZ');
    expect(likelyCountry('America/Chicago', 'en')).toBe('US');
    expect(likelyCountry('UTC', 'sr')).toBe('RS');
    expect(likelyCountry('Asia/Tokyo', 'en')).toBe('GB');
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

test('agents, teams and ratings are put into words', () => {
  const since = new Date(now - 372_000).toISOString();
  expect(agentWords(i18n, agent('1', 'available'), now)).toBe('Available');
  expect(agentWords(i18n, agent('1', 'busy', { since }), now)).toBe('Busy, 6:12');
  expect(agentWords(i18n, agent('1', 'busy'), now)).toBe('Busy');
  expect(agentWords(i18n, agent('1', 'away'), now)).toBe('Away');
  expect(agentWords(i18n, agent('1', 'offline'), now)).toBe('Offline');
  const back = agent('1', 'offline', { worksFrom: '2026-03-02T13:00:00.000Z' });
  expect(agentWords(i18n, back, now)).toBe('From 14:00');
  expect(teamWords(i18n, { status: 'available', free: 2 }, now)).toBe('2 available');
  expect(teamWords(serbian, { status: 'busy' }, now)).toBe('Svi su na vezi');
  expect(ratingWords(i18n, null)).toBeUndefined();
  expect(ratingWords(i18n, { average: 4.6, count: 312 })).toBe('4.6 of 5, 312 ratings');
  expect(ratingWords(serbian, { average: 4.6, count: 3 })).toBe('4,6 od 5, 3 ocene');
  expect(ratingWords(serbian, { average: 4.6, count: 2 })).toBe('Novo: 2 ocene');
  expect(initials('Élise von Höhe')).toBe('ÉV');
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
