import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallListInstanceOptions } from 'twilio/lib/rest/api/v2010/account/call.js';
import { documentedCall, nullable } from './documented.ts';
import {
  account,
  agentPhone,
  realClient,
  type SimulatorSetup,
  setUpSimulator,
  visitorPhone,
} from './simulator-setup.ts';

let setup: SimulatorSetup;
beforeEach(async () => {
  setup = await setUpSimulator();
  setup.answers.set('/answered', '<Response><Pause length="60"/></Response>');
});
afterEach(() => setup.close());

const calls = `/2010-04-01/Accounts/${account.accountSid}/Calls`;
const basic = (user: string, password: string) => `Basic ${btoa(`${user}:${password}`)}`;
const raw = (path: string, init: RequestInit = {}) =>
  fetch(setup.simulator.url + path, {
    ...init,
    headers: { authorization: basic(account.apiKey, account.apiSecret), ...init.headers },
  });
const post = (path: string, form: Record<string, string>) =>
  raw(path, { method: 'POST', body: new URLSearchParams(form) });
const order = { To: agentPhone, From: account.from, Url: 'https://quoteline.test/answered' };

describe('the Call resource', () => {
  test('a call is created with 201 and the documented fields, null while unknown', async () => {
    const response = await post(`${calls}.json`, order);
    expect(response.status).toBe(201);
    expect(response.headers.get('twilio-request-id')).toMatch(/^RQ[0-9a-f]{32}$/);
    expect(response.headers.get('twilio-concurrent-requests')).toBe('1');
    const body = (await response.json()) as Record<string, unknown>;
    expect(Object.keys(body).sort()).toEqual(Object.keys(documentedCall).sort());
    expect(Object.keys(body.subresource_uris as object).sort()).toEqual(
      Object.keys(documentedCall.subresource_uris).sort(),
    );
    expect(body).toMatchObject({
      status: 'queued',
      direction: 'outbound-api',
      start_time: null,
      end_time: null,
      duration: null,
      price: null,
      answered_by: null,
      date_created: 'Mon, 02 Nov 2026 10:00:00 +0000',
      queue_time: '0',
    });
    for (const [name, value] of Object.entries(body)) {
      if (name === 'subresource_uris' || (nullable.includes(name) && value === null)) continue;
      expect(typeof value, name).toBe('string');
    }
  });

  test('unknown dates stay unknown in the SDK, which reads a missing one as now', async () => {
    const call = await setup.create();
    expect([call.startTime, call.endTime, call.duration]).toEqual([null, null, null]);
  });

  test('a call moves through its statuses and has its seconds at the end', async () => {
    const { sid } = await setup.create();
    const statusNow = async () => (await setup.client.calls(sid).fetch()).status;
    await setup.advance(0);
    expect(await statusNow()).toBe('queued');
    await setup.advance(1);
    expect(await statusNow()).toBe('ringing');
    await setup.advance(3);
    expect(await statusNow()).toBe('in-progress');
    await setup.advance(60);
    const call = await setup.client.calls(sid).fetch();
    expect(call).toMatchObject({ status: 'completed', duration: '60', price: null });
    expect(call.endTime.getTime() - call.startTime.getTime()).toBe(64_000);
  });

  test('an update ends a live call, cancels a ringing one, and fails for one that is over (21220)', async () => {
    const first = await setup.create();
    await setup.advance(10);
    expect((await setup.client.calls(first.sid).update({ status: 'completed' })).status).toBe('completed');
    await expect(setup.client.calls(first.sid).update({ status: 'completed' })).rejects.toMatchObject({
      status: 400,
      code: 21220,
    });
    const second = await setup.create();
    await setup.advance(2);
    expect((await setup.client.calls(second.sid).update({ status: 'completed' })).status).toBe('canceled');
    await setup.settled();
    expect(setup.simulator.ledger().map((leg) => leg.endedBy)).toEqual(['api', 'api']);
  });

  test('an update redirects a live call to another document', async () => {
    setup.answers.set('/other', '<Response><Say>Elsewhere.</Say><Hangup/></Response>');
    const { sid } = await setup.create();
    await setup.advance(10);
    await setup.client.calls(sid).update({ url: setup.at('/other') });
    await setup.advance(5);
    expect(setup.to('/other')).toHaveLength(1);
    expect(setup.simulator.ledger()[0]).toMatchObject({ status: 'completed', durationSeconds: 7 });
  });

  test('TimeLimit bounds a call, set at creation or later', async () => {
    await setup.create({ timeLimit: 20 });
    const second = await setup.create({ to: visitorPhone });
    await setup.advance(10);
    await setup.client.calls(second.sid).update({ timeLimit: 30 });
    await setup.advance(60);
    const ends = setup.simulator.ledger().map((leg) => [leg.endedBy, leg.durationSeconds]);
    expect(ends).toEqual([
      ['time_limit', 20],
      ['time_limit', 30],
    ]);
  });

  test('a call can be deleted once it is over', async () => {
    const { sid } = await setup.create();
    await expect(setup.client.calls(sid).remove()).rejects.toMatchObject({ status: 400 });
    await setup.client.calls(sid).update({ status: 'completed' });
    expect(await setup.client.calls(sid).remove()).toBe(true);
    await expect(setup.client.calls(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });
});

describe('the list', () => {
  test('the list is newest first, in pages that the SDK follows', async () => {
    for (let made = 0; made < 5; made += 1) await setup.create();
    const all = await setup.client.calls.list({ pageSize: 2 });
    expect(all.map((call) => call.sid)).toEqual(
      setup.simulator
        .ledger()
        .map((leg) => leg.sid)
        .reverse(),
    );
    const page = (await (await raw(`${calls}.json?PageSize=2`)).json()) as Record<string, unknown>;
    expect(page).toMatchObject({ page: 0, page_size: 2, start: 0, end: 1, previous_page_uri: null });
    expect(page.next_page_uri).toMatch(/PageSize=2&Page=1&PageToken=PACA/);
  });

  test('the list filters by number, status, parent and time', async () => {
    setup.answers.set('/answered', `<Response><Dial>${visitorPhone}</Dial></Response>`);
    const parent = await setup.create();
    await setup.advance(20);
    const find = async (filter: CallListInstanceOptions) =>
      (await setup.client.calls.list(filter)).map((call) => call.to);
    expect(await find({ to: agentPhone })).toEqual([agentPhone]);
    expect(await find({ parentCallSid: parent.sid })).toEqual([visitorPhone]);
    expect(await find({ status: 'in-progress' })).toEqual([visitorPhone, agentPhone]);
    expect(await find({ status: 'busy' })).toEqual([]);
    expect(await find({ startTimeAfter: new Date('2026-11-02T10:00:02Z') })).toEqual([visitorPhone]);
    expect(await find({ startTimeBefore: new Date('2026-11-02T10:00:02Z') })).toEqual([agentPhone]);
    expect(await find({ startTime: new Date('2026-11-03T00:00:00Z') })).toEqual([]);
  });

  test('the list and fetch can be made to lag', async () => {
    setup.simulator.faults.behaviour.fetchLagSeconds = 10;
    const { sid } = await setup.create();
    await setup.advance(5);
    expect(await setup.client.calls.list()).toEqual([]);
    await setup.advance(8);
    expect((await setup.client.calls(sid).fetch()).status).toBe('ringing');
    expect(setup.simulator.ledger()[0]?.status).toBe('in-progress');
  });
});

describe('refused requests', () => {
  const refusals: [string, Record<string, string>, number][] = [
    ['no To', { To: '' }, 21201],
    ['no From', { From: '' }, 21213],
    ['no document', { Url: '' }, 21205],
    ['a document nowhere', { Url: 'not an address' }, 21205],
    ['a From that is not ours', { From: '+381641234567' }, 21210],
    ['a From that is no number', { From: 'Quoteline' }, 21212],
    ['a To that is no number', { To: '+3812' }, 21211],
    ['the test number of an invalid To', { To: '+15005550001' }, 21217],
    ['the test number of a country not allowed', { To: '+15005550003' }, 21215],
    ['the test number of a blocked To', { To: '+15005550004' }, 21216],
    ['a document too long to be part of the request', { Url: '', Twiml: 'x'.repeat(4001) }, 21218],
  ];
  test.each(refusals)('a call with %s is refused', async (_what, change, code) => {
    const response = await post(`${calls}.json`, { ...order, ...change });
    expect(response.status).toBe(400);
    const body = await response.json();
    expect(body).toEqual({
      code,
      message: expect.any(String),
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status: 400,
    });
    expect(setup.simulator.ledger()).toEqual([]);
  });

  test('wrong credentials fail with 20003, and those of the account and of a key work', async () => {
    const wrong = realClient(setup.simulator.url, [account.accountSid, 'wrong']);
    await expect(wrong.calls.list()).rejects.toMatchObject({ status: 401, code: 20003 });
    const right = realClient(setup.simulator.url, [account.accountSid, account.authToken]);
    expect(await right.calls.list()).toEqual([]);
    expect((await raw(`${calls}.json`, { headers: { authorization: '' } })).status).toBe(401);
  });

  test('more live calls than the account allows fail with 10004', async () => {
    await setup.close();
    setup = await setUpSimulator({ concurrency: 1 });
    await setup.create();
    await expect(setup.create({ to: visitorPhone })).rejects.toMatchObject({ code: 10004 });
  });
});

test('calls beyond one a second wait in a queue, and report how long', async () => {
  const made = [await setup.create(), await setup.create({ to: visitorPhone })];
  expect(made.map((call) => call.queueTime)).toEqual(['0', '1000']);
  await setup.advance(0.5);
  expect(setup.simulator.ledger().map((leg) => leg.initiatedAt !== null)).toEqual([true, false]);
  await setup.advance(1);
  expect(setup.simulator.ledger()[1]?.initiatedAt).toEqual(new Date('2026-11-02T10:00:01Z'));
});

describe('requests that go wrong', () => {
  test('the response to a creation can be lost while the call lives', async () => {
    setup.simulator.faults.add({ on: 'create', effect: { kind: 'lost' } });
    await expect(setup.create()).rejects.toMatchObject({ code: 'ECONNRESET' });
    await setup.advance(10);
    expect(setup.simulator.ledger()[0]?.status).toBe('in-progress');
  });

  test('a creation can vanish altogether', async () => {
    setup.simulator.faults.add({ on: 'create', effect: { kind: 'vanished' } });
    await expect(setup.create()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(setup.simulator.ledger()).toEqual([]);
  });

  test('a slow creation rings before it is answered', async () => {
    setup.simulator.faults.add({ on: 'create', effect: { kind: 'slow', seconds: 3 } });
    const creating = setup.create();
    await expect.poll(() => setup.simulator.waitingForTime()).toBe(1);
    await setup.advance(2);
    expect(setup.statuses('/status')).toEqual(['initiated', 'ringing']);
    await setup.advance(1);
    expect((await creating).status).toBe('queued');
  });

  test('a callback can overtake the response', async () => {
    setup.simulator.faults.add({ on: 'create', effect: { kind: 'after-callback' } });
    const { sid } = await setup.create();
    expect(setup.to('/status')[0]?.params).toMatchObject({ CallSid: sid, CallStatus: 'initiated' });
  });

  test('a request that fails with a platform error has no effect', async () => {
    const { faults: knobs } = setup.simulator;
    knobs.add({ on: 'create', times: 2, effect: { kind: 'error', status: 429, code: 20429 } });
    knobs.add({ on: 'create', skip: 2, effect: { kind: 'html', status: 503 } });
    await expect(setup.create()).rejects.toMatchObject({ status: 429, code: 20429 });
    await expect(setup.create()).rejects.toMatchObject({ status: 429, code: 20429 });
    await expect(setup.create()).rejects.toMatchObject({ status: 503 });
    expect((await setup.create()).status).toBe('queued');
    expect(setup.simulator.ledger()).toHaveLength(1);
    const restore = knobs.add({
      on: 'rest',
      times: Infinity,
      effect: { kind: 'error', status: 401, code: 20003 },
    });
    await expect(setup.client.calls.list()).rejects.toMatchObject({ code: 20003 });
    restore();
    expect(await setup.client.calls.list()).toHaveLength(1);
  });

  test('the API can be down and come back', async () => {
    const { sid } = await setup.create();
    await setup.simulator.faults.down();
    await expect(setup.client.calls(sid).fetch()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await setup.simulator.faults.up();
    expect((await setup.client.calls(sid).fetch()).sid).toBe(sid);
  });
});
