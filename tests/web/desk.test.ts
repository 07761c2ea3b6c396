import { describe, expect, test } from 'vitest';
import type { Desk, DeskCall, DeskCallRow } from '#lib/api/schema.d.ts';
import {
  afterWrapUp,
  callText,
  callTitle,
  declaredWords,
  lastAgentWords,
  remark,
  resultWords,
  ringShare,
  timerSeconds,
} from '#lib/desk/words.ts';
import { nextTime } from '#lib/desk/until.ts';
import { loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n } from '#lib/i18n/i18n.ts';

const en = createI18n('en', await loadDictionary('en'), 'Europe/Belgrade');
const sr = createI18n('sr', await loadDictionary('sr'), 'Europe/Belgrade');

const at = (time: string) => `2026-11-23T${time}Z`;
const ms = (time: string) => Date.parse(at(time));

const call: DeskCall = {
  id: '1',
  kind: 'sales',
  phase: 'ringing',
  caller: { name: null, maskedPhone: '+381 63 •• •• 18', locale: 'sr' },
  offerId: '1',
  product: { id: '1', slug: 'cpu', code: 'CPU 1214C', name: 'Controller' },
  own: { sku: 'E-1', stock: 14, price: null, unit: 'piece', priceBreaks: [] },
  shared: null,
  earlier: [],
  isCallBack: false,
  callBackNote: null,
  nextAgent: null,
  ringingAt: at('10:00:00'),
  pickedUpAt: null,
  ringsUntil: at('10:00:20'),
  answeredAt: null,
  endedAt: null,
  talkSeconds: null,
  outcome: null,
  wrapUpUntil: null,
  note: null,
  paid: null,
  can: { decline: true, hangUp: false, extendWrapUp: false, finishWrapUp: false },
};

test('a call-back that was started during a wrap-up waits for its end, and for no other call', () => {
  expect(afterWrapUp({ phase: 'wrap_up' })).toBe('waits');
  expect(afterWrapUp(null)).toBe('starts');
  for (const phase of ['ringing', 'accepted', 'talking'] as const)
    expect(afterWrapUp({ phase }), phase).toBe('dropped');
});

test('a ringing call tells its agent to press 1, in each language', () => {
  expect(callText(en, call)).toBe('Your phone is ringing. Answer and press 1 to be connected.');
  expect(callText(sr, call)).toContain('pritisnite 1');
});

describe('the time until which an agent stays available by phone', () => {
  test.each([
    ['18:00', 'Europe/Belgrade', at('10:00:00'), '2026-11-23T17:00:00.000Z'],
    ['10:30', 'Europe/Belgrade', at('10:00:00'), '2026-11-24T09:30:00.000Z'],
    ['11:00', 'Europe/Belgrade', at('10:00:00'), '2026-11-24T10:00:00.000Z'],
    ['00:10', 'Europe/Belgrade', at('23:00:30'), '2026-11-23T23:10:00.000Z'],
    ['08:00', 'America/New_York', at('03:00:00'), '2026-11-23T13:00:00.000Z'],
    // The nights in which clocks go back and forward.
    ['08:00', 'Europe/Belgrade', '2026-10-24T20:00:00Z', '2026-10-25T07:00:00.000Z'],
    ['08:00', 'Europe/Belgrade', '2026-03-28T20:00:00Z', '2026-03-29T06:00:00.000Z'],
  ])('the time %s in %s, entered at %s, is %s', (time, zone, now, instant) => {
    expect(nextTime(time, zone, new Date(now))).toBe(instant);
  });

  test('an invalid time gives no phone window', () => {
    for (const text of ['', '24:00', '7:00', 'soon', '12:60']) {
      expect(nextTime(text, 'UTC', new Date())).toBeNull();
    }
  });
});

describe('a call in words', () => {
  test('a call says who calls about what in each phase', () => {
    expect(callTitle(en, call)).toBe('A guest is calling about CPU 1214C');
    expect(callTitle(en, { ...call, caller: { ...call.caller, name: 'Jana' }, isCallBack: true })).toBe(
      'Calling Jana back about CPU 1214C',
    );
    expect(callTitle(en, { ...call, phase: 'talking' })).toBe('Talking with a guest about CPU 1214C');
    expect(callTitle(sr, { ...call, phase: 'wrap_up' })).toBe('Posle poziva: gost');
    expect(callTitle(en, { ...call, product: { ...call.product, code: '' } })).toContain('about Controller');
  });

  test('the desk asks to pick up only once the phone rings, and afterwards says how it went', () => {
    expect(callText(en, { ...call, ringingAt: null })).toBe(
      'Your phone rings in a moment. Answer and press 1 to be connected.',
    );
    expect(callText(en, call)).toContain('press 1');
    expect(callText(en, { ...call, pickedUpAt: at('10:00:04') })).toBe(
      'You have answered. Press 1 to be connected.',
    );
    const over: DeskCall = { ...call, phase: 'wrap_up' };
    expect(callText(en, over)).toBe('The call is ending.');
    expect(callText(en, { ...over, outcome: 'completed', talkSeconds: 125 })).toBe('You talked for 2:05.');
    expect(callText(en, { ...over, outcome: 'visitor_busy' })).toBe('The caller’s phone was busy.');
  });

  test('a call that no colleague can take says so without denying that some are free', () => {
    const team = (status: string) => ({ team: [{ status }] }) as Desk;
    expect(lastAgentWords(en, team('busy'))).toMatch(/^No colleague is free\./);
    expect(lastAgentWords(en, team('available'))).toMatch(/^Your free colleagues /);
    expect(lastAgentWords(en, { team: [] })).toMatch(/^No colleague is free\./);
  });

  test('ringing and talking count up, the wrap-up counts down and stops at zero', () => {
    expect(timerSeconds(call, ms('10:00:09'))).toBe(9);
    expect(timerSeconds(call, ms('09:59:00'))).toBe(0);
    expect(timerSeconds({ ...call, phase: 'talking', answeredAt: at('10:00:30') }, ms('10:01:31'))).toBe(61);
    const wrapUp: DeskCall = { ...call, phase: 'wrap_up', wrapUpUntil: at('10:05:00') };
    expect(timerSeconds(wrapUp, ms('10:04:39') + 500)).toBe(21);
    expect(timerSeconds(wrapUp, ms('10:06:00'))).toBe(0);
  });

  test('the ring shows its progress while its end is known', () => {
    expect(ringShare(call, ms('10:00:05'))).toBe(25);
    expect(ringShare(call, ms('10:00:50'))).toBe(100);
    expect(ringShare({ ...call, ringsUntil: null }, ms('10:00:05'))).toBeNull();
    expect(ringShare({ ...call, phase: 'talking' }, ms('10:00:05'))).toBeNull();
  });
});

describe('a call in the table', () => {
  const row = { result: 'missed', outcome: 'no_agent', note: null, takenBy: null } as DeskCallRow;

  test('a row of the call table says what happened and who took the call instead', () => {
    expect([resultWords(en, row), remark(en, row)]).toEqual(['Missed', 'Nobody took it']);
    expect(remark(en, { ...row, takenBy: 'Ivana Kostić' })).toBe('Ivana Kostić took it');
    expect(remark(en, { ...row, result: 'declined' })).toBe('');
    expect(resultWords(en, { ...row, result: 'not_connected', outcome: 'visitor_cancelled' })).toBe(
      'Cancelled',
    );
    expect(resultWords(en, { ...row, result: 'not_connected', outcome: null })).toBe('Not connected');
  });
});

describe('the status below the switch', () => {
  const me: Desk['me'] = {
    id: '1',
    name: 'Milan',
    kind: 'sales',
    status: 'available',
    since: at('07:02:00'),
    declared: 'available',
    phoneUntil: null,
    unreachableSince: null,
    phoneEnding: '2001',
  };
  const words = (more: Partial<Desk['me']>, calling: DeskCall | null = null) =>
    declaredWords(en, { me: { ...me, ...more }, call: calling } as Desk, ms('10:00:00'));

  test('the text of a status says since when, until when, or why callers see another one', () => {
    expect(words({})).toBe('since 08:02');
    expect(words({ phoneUntil: at('17:00:00') })).toBe('by phone until 18:00');
    expect(words({ phoneUntil: '2026-11-24T08:01:00Z' })).toMatch(/^by phone until .*24 Nov.*09:01$/);
    expect(words({ phoneUntil: at('09:00:00') })).toBe('since 08:02');
    expect(words({ status: 'busy' }, call)).toBe('a call is ringing');
    expect(words({ status: 'busy' }, { ...call, phase: 'talking' })).toBe('now in a call');
    expect(words({ status: 'busy' })).toBe('now busy');
    expect(words({ status: 'offline' })).toBe('no page connected');
    expect(words({ status: 'offline', unreachableSince: at('09:00:00') })).toBe('shown as offline');
  });
});
