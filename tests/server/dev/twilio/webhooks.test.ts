import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { callParameters, completedParameters, legalNext, progressParameters } from './documented.ts';
import { agentPhone, silence, type SimulatorSetup, setUpSimulator, visitorPhone } from './simulator-setup.ts';

let setup: SimulatorSetup;
beforeEach(async () => {
  setup = await setUpSimulator();
  setup.answers.set('/answered', '<Response><Pause length="20"/></Response>');
});
afterEach(() => setup.close());

const all = ['initiated', 'ringing', 'in-progress', 'completed'];

describe('status callbacks', () => {
  test('callbacks carry the documented parameters and a signature that the SDK accepts', async () => {
    await setup.create({ statusCallback: setup.at("/status?leg=7&name=O'Hara%20+%2B") });
    await setup.advance(40);
    const sent = setup.to('/status');
    expect(sent.map((hit) => hit.params.CallStatus)).toEqual(all);
    for (const { params } of sent) {
      const names = Object.keys(params).filter((name) => !['leg', 'name'].includes(name));
      const ends = params.CallStatus === 'completed' ? completedParameters : [];
      expect(names.sort()).toEqual([...callParameters, ...progressParameters, ...ends].sort());
    }
    expect(sent.map((hit) => hit.params.SequenceNumber)).toEqual(['0', '1', '2', '3']);
    expect(sent[1]?.params).toMatchObject({
      Timestamp: 'Mon, 02 Nov 2026 10:00:01 +0000',
      CallbackSource: 'call-progress-events',
      Direction: 'outbound-api',
      ToCountry: 'RS',
      CallSid: setup.simulator.ledger()[0]?.sid,
    });
    expect(sent[3]?.params).toMatchObject({ CallDuration: '20', Duration: '1', SipResponseCode: '200' });
    expect(setup.hits.map((hit) => hit.isGenuine)).toEqual(setup.hits.map(() => true));
    expect(setup.to('/answered')[0]?.params).toMatchObject({ CallStatus: 'in-progress' });
    expect(setup.to('/answered')[0]?.params.CallbackSource).toBeUndefined();
  });

  test('a GET callback has its parameters in the query, covered by the signature', async () => {
    await setup.create({ statusCallbackMethod: 'GET', method: 'GET' });
    await setup.advance(40);
    expect(setup.hits.every((hit) => hit.method === 'GET' && hit.isGenuine)).toBe(true);
    expect(setup.statuses('/status')).toEqual(all);
  });

  test('only requested events are sent, by default the end; two names in one value are ignored', async () => {
    await setup.create({ statusCallbackEvent: undefined });
    await setup.create({
      to: visitorPhone,
      statusCallback: setup.at('/joined'),
      statusCallbackEvent: ['initiated ringing'],
    });
    await setup.advance(40);
    expect(setup.statuses('/status')).toEqual(['completed']);
    expect(setup.statuses('/joined')).toEqual(['completed']);
  });

  const habits: [string, Persona, string, string][] = [
    ['busy', { kind: 'busy' }, 'busy', '486'],
    ['no answer', { kind: 'no-answer' }, 'no-answer', '487'],
    ['never rings', { kind: 'human', ringsAfter: Infinity }, 'no-answer', '487'],
    ['rejects', { kind: 'rejects' }, 'busy', '603'],
    ['unreachable', { kind: 'failed', sipCode: 480 }, 'failed', '480'],
    ['unknown', { kind: 'failed' }, 'failed', '404'],
    ['voicemail', { kind: 'voicemail', hangsUpAfter: 5 }, 'completed', '200'],
    ['hangs up at once', { kind: 'human', hangsUpAfter: 0.4 }, 'completed', '200'],
  ];
  test.each(habits)('statuses follow each other legally: %s', async (_name, persona, last, sipCode) => {
    setup.simulator.personas.set(agentPhone, persona);
    await setup.create({ timeout: 10 });
    await setup.advance(60);
    const sent = setup.to('/status').map((hit) => hit.params);
    expect(sent.at(-1)).toMatchObject({ CallStatus: last, SipResponseCode: sipCode });
    for (const [index, { CallStatus = '' }] of sent.entries()) {
      const next = sent[index + 1];
      if (next) expect(legalNext[CallStatus]).toContain(next.CallStatus);
      else expect(legalNext[CallStatus]).toBeUndefined();
    }
  });

  test('a phone rings five seconds longer than asked', async () => {
    setup.simulator.personas.set(agentPhone, { kind: 'no-answer' });
    await setup.create({ timeout: 20 });
    await setup.advance(60);
    const [leg] = setup.simulator.ledger();
    expect(leg!.endedAt!.getTime() - leg!.initiatedAt!.getTime()).toBe(25_000);
  });
});

describe('webhooks that the service fails to answer', () => {
  test('an error response is not retried unless the URL asks for it, with the same token', async () => {
    setup.answers.set('/status', 500);
    await setup.create({ statusCallbackEvent: ['completed'] });
    await setup.advance(40);
    expect(setup.to('/status')).toHaveLength(1);
    await setup.create({
      statusCallbackEvent: ['completed'],
      statusCallback: `${setup.at('/status')}#rc=3&rp=5xx`,
    });
    await setup.advance(40);
    const again = setup.to('/status').slice(1);
    expect(again).toHaveLength(4);
    expect(new Set(again.map((hit) => hit.headers['i-twilio-idempotency-token'])).size).toBe(1);
    expect(again.every((hit) => hit.isGenuine)).toBe(true);
    expect(setup.simulator.ledger()[1]?.callbacks).toMatchObject([{ answered: 500, attempts: 4 }]);
  });

  test('an unreachable service is retried once; a slow one gets 15 s before the fallback', async () => {
    await setup.create({
      url: 'http://127.0.0.1:1/dead',
      fallbackUrl: setup.at('/fallback'),
      statusCallback: 'http://127.0.0.1:1/dead',
    });
    setup.answers.set('/fallback', '<Response><Hangup/></Response>');
    await setup.advance(10);
    const [leg] = setup.simulator.ledger();
    expect(leg).toMatchObject({ status: 'completed', errors: [11205], endedBy: 'document' });
    expect(leg?.callbacks.map(({ attempts, answered }) => [attempts, answered])).toEqual(
      Array(4).fill([2, null]),
    );
    expect(setup.to('/fallback')[0]?.params).toMatchObject({
      ErrorCode: '11205',
      ErrorUrl: 'http://127.0.0.1:1/dead',
    });
  });

  test('a request to a silent service times out after 15 s', async () => {
    setup.answers.set('/answered', silence);
    setup.answers.set('/fallback', '<Response><Hangup/></Response>');
    await setup.create({ fallbackUrl: setup.at('/fallback') });
    await setup.advance(3.9);
    // From here on, time advances without waiting for the request to end.
    await setup.time.advance(100);
    const answered = setup.time.now();
    await expect.poll(() => setup.to('/answered').length).toBe(1);
    await setup.time.advance(14_900);
    expect(setup.to('/fallback')).toHaveLength(0);
    await setup.time.advance(100);
    await setup.settled();
    expect(setup.to('/fallback')).toHaveLength(1);
    expect(setup.time.now().getTime() - answered.getTime()).toBe(15_000);
  });

  test('without document and fallback the caller hears an apology and the call ends', async () => {
    setup.answers.set('/answered', 500);
    await setup.create();
    await setup.advance(30);
    const [leg] = setup.simulator.ledger();
    expect(leg).toMatchObject({ errors: [11200], endedBy: 'error', status: 'completed' });
    expect(leg?.heard[0]?.text).toMatch(/application error/);
  });
});

describe('faults of callbacks', () => {
  const arrive = async () => {
    await setup.create();
    await setup.advance(60);
    return setup.statuses('/status');
  };
  const [initiated, ringing, answered, completed] = all;

  test('a callback can be lost', async () => {
    setup.simulator.faults.add({ on: 'callback', event: 'completed', effect: { kind: 'drop' } });
    expect(await arrive()).toEqual([initiated, ringing, answered]);
  });

  test('callbacks of one phone can be doubled', async () => {
    setup.simulator.faults.add({
      on: 'callback',
      number: agentPhone,
      event: 'answered',
      effect: { kind: 'copies', count: 3 },
    });
    expect(await arrive()).toEqual([initiated, ringing, answered, answered, answered, completed]);
  });

  test('a callback can come late, after the end', async () => {
    setup.simulator.faults.add({ on: 'callback', event: 'ringing', effect: { kind: 'delay', seconds: 40 } });
    expect(await arrive()).toEqual([initiated, answered, completed, ringing]);
  });

  test('callbacks can come in the wrong order', async () => {
    setup.simulator.faults.add({ on: 'callback', event: 'answered', effect: { kind: 'swap' } });
    expect(await arrive()).toEqual([initiated, ringing, completed, answered]);
  });

  test('a callback can have a wrong signature, unknown fields, or be a replay', async () => {
    const { faults } = setup.simulator;
    faults.add({ on: 'callback', event: 'initiated', effect: { kind: 'wrong-signature' } });
    faults.add({ on: 'callback', event: 'ringing', effect: { kind: 'extra', params: { StirVerstat: 'A' } } });
    faults.add({ on: 'callback', event: 'completed', effect: { kind: 'replay' } });
    expect(await arrive()).toEqual([initiated, ringing, answered, answered]);
    expect(setup.to('/status').map((hit) => hit.isGenuine)).toEqual([false, true, true, true]);
    expect(setup.to('/status')[1]?.params.StirVerstat).toBe('A');
    const [, , first, again] = setup.to('/status');
    expect(again?.headers['x-twilio-signature']).toBe(first?.headers['x-twilio-signature']);
  });

  test('clearing the faults restores normal callbacks', async () => {
    const { faults } = setup.simulator;
    faults.add({ on: 'callback', times: Infinity, effect: { kind: 'drop' } });
    faults.behaviour.timeLimitFrom = 'dial';
    faults.clear();
    expect(faults.behaviour.timeLimitFrom).toBe('answer');
    expect(await arrive()).toEqual(all);
  });
});
