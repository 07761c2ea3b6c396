import { describe, expect, test } from 'vitest';
import type { AgentState } from '#lib/api/schema.d.ts';
import {
  agentsOf,
  byReadiness,
  firstKind,
  firstPartner,
  initials,
  partnersOf,
  teamState,
} from '#lib/calls/agents.ts';
import { ratingWords } from '#lib/calls/rating.ts';
import { agentWords, teamWords } from '#lib/calls/words.ts';
import { loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n } from '#lib/i18n/i18n.ts';

const i18n = createI18n('en', await loadDictionary('en'), 'Europe/Belgrade');
const serbian = createI18n('sr', await loadDictionary('sr'), 'Europe/Belgrade');
const now = Date.parse('2026-03-02T11:00:00.000Z');

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
