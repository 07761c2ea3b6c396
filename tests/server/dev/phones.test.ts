import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoPersona } from '#server/dev/phones/behaviours.ts';
import { routes } from '#server/dev/phones/routes.ts';
import { createSwitchboard, type Switchboard } from '#server/dev/phones/switchboard.ts';
import type { Phone, Phones, PhonesNow } from '#server/dev/schema.ts';
import type { Simulator } from '#server/dev/twilio/port.ts';
import { startSimulator } from '#server/dev/twilio/simulator.ts';
import { virtualTime, type VirtualTime } from '#server/dev/twilio/time.ts';
import { type App, createHttp } from '#server/platform/http.ts';
import { start } from '../../harness.ts';

/** The service of the phones page and a network whose clock only tests move; calls are created by its REST API. */
const publicUrl = 'http://quoteline.test';
const ours = '+381210000100';
const agent = '+381110002042';
const buyer = '+420200000991';
const account = { accountSid: `AC${'1'.repeat(32)}`, authToken: 'for this test', from: ours };

let time: VirtualTime;
let simulator: Simulator;
let board: Switchboard;
let app: App;
let url: string;
let service: Server;

beforeEach(async () => {
  service = createServer((request, response) => {
    response.setHeader('content-type', 'text/xml');
    response.end(documentOf(request.url ?? ''));
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  time = virtualTime();
  simulator = await startSimulator({
    account,
    time,
    hosts: { [publicUrl]: `http://127.0.0.1:${(service.address() as AddressInfo).port}` },
    defaultPersona: demoPersona,
    unassignedNumbers: true,
  });
  board = createSwitchboard(simulator, ours);
  app = await createHttp({ logLevel: 'silent', validateResponses: true });
  const config = { publicUrl } as Parameters<typeof routes>[1]['config'];
  await routes(app, { config }, board, async () => []);
  url = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(async () => {
  await app.close();
  board.stop();
  await simulator.close();
  await new Promise((resolve) => service.close(resolve));
});

/** Returns documents that ask the agent for a key, then join the buyer. */
function documentOf(path: string): string {
  if (path.startsWith('/joined')) return `<Response><Dial><Number>${buyer}</Number></Dial></Response>`;
  return `<Response><Gather numDigits="1" action="/joined" timeout="6">
    <Say language="sr-RS">Pritisnite 1.</Say></Gather><Hangup/></Response>`;
}

async function post<T = Phone>(path: string, body?: unknown, origin: string | null = publicUrl) {
  const response = await fetch(`${url}/dev/phones/${path}`, {
    method: 'POST',
    headers: {
      ...(origin ? { origin } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
}

async function all(): Promise<Phones> {
  return (await (await fetch(`${url}/dev/phones.json`)).json()) as Phones;
}

async function callAgent(): Promise<void> {
  const answer = await fetch(`${simulator.url}/2010-04-01/Accounts/${account.accountSid}/Calls.json`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ To: agent, From: ours, Url: `${publicUrl}/agent`, Timeout: '20' }),
  });
  expect(answer.status).toBe(201);
}

const pass = (seconds: number) => time.advance(seconds * 1000, () => simulator.settled());

describe('a manual phone', () => {
  test('a manual phone rings until answered, hears the prompt, and its keys count', async () => {
    expect((await post(`${agent}/open`)).body).toMatchObject({ number: agent, played: true, line: null });
    await callAgent();
    await pass(10);
    expect((await all()).phones).toMatchObject([
      { number: agent, shown: '+381 11 000 2042', line: { from: ours, state: 'ringing' } },
    ]);

    expect((await post(`${agent}/answer`)).body.line).toMatchObject({ state: 'listening' });
    await pass(1);
    expect(board.phone(agent).line).toMatchObject({
      heard: [{ kind: 'say', text: 'Pritisnite 1.', language: 'sr-RS' }],
      awaitsKeys: true,
    });
    expect((await post(`${agent}/press`, { digits: '1' })).body.line).toMatchObject({ digits: '1' });
    // The buyer's phone is automatic and picks up after three seconds.
    await pass(6);
    expect(board.phone(agent).line).toMatchObject({ state: 'talking', talkingWith: buyer });
    expect(board.phone(buyer)).toMatchObject({ played: false, line: { state: 'talking' } });

    await pass(30);
    expect((await post(`${agent}/hangup`)).body.line).toBeNull();
    await pass(1);
    expect((await all()).legs).toMatchObject([
      { to: buyer, status: 'completed', endedBy: 'other_side' },
      { to: agent, status: 'completed', endedBy: 'callee', digits: '1' },
    ]);
  });

  test('a manual phone rejects impossible actions and malformed numbers', async () => {
    await post(`${agent}/open`);
    for (const action of ['answer', 'reject', 'hangup']) {
      expect(await post(`${agent}/${action}`)).toMatchObject({ status: 409, body: { code: 'call_over' } });
    }
    expect((await post(`${agent}/press`, { digits: '1' })).status).toBe(409);
    expect((await post(`${agent}/press`, { digits: 'x' })).status).toBe(422);
    expect((await post('milan/open')).status).toBe(404);
    expect((await post(`${agent}/persona`, { behaviour: 'sings' })).status).toBe(422);
  });

  test('a manual phone can decline', async () => {
    await post(`${agent}/open`);
    await callAgent();
    await pass(3);
    expect((await post(`${agent}/reject`)).body.line).toBeNull();
    expect((await all()).legs).toMatchObject([{ to: agent, status: 'busy', endedBy: 'callee' }]);
  });

  test('a phone can be played only from our own pages', async () => {
    expect((await post(`${agent}/open`, undefined, 'http://elsewhere.test')).status).toBe(403);
    expect((await post(`${agent}/open`, undefined, null)).status).toBe(403);
    expect(board.phone(agent).played).toBe(false);
  });

  test('a phone is automatic again once everybody who opened it has closed it', async () => {
    await post(`${agent}/open`, { holder: 'one window' });
    await post(`${agent}/open`, { holder: 'other window' });
    await post(`${agent}/close`, { holder: 'one window' });
    expect(board.phone(agent).played).toBe(true);
    await post(`${agent}/close`, { holder: 'other window' });
    expect(board.phone(agent).played).toBe(false);
    await post(`${agent}/open`, { holder: 'one window' });
    await post(`${agent}/open`);
    expect((await post(`${agent}/close`)).body.played).toBe(false);
  });
});

describe('an automatic phone', () => {
  test('an automatic phone answers, presses 1 and talks for at most three minutes', async () => {
    await callAgent();
    await pass(4);
    expect(board.phone(agent).line?.state).toBe('ringing');
    await pass(12);
    expect(board.phone(agent).line?.state).toBe('talking');
    await pass(170);
    expect(board.phone(agent).line?.state).toBe('talking');
    await pass(20);
    expect(board.phone(agent).line).toBeNull();
    const talked = simulator.ledger().map(({ talkSeconds }) => talkSeconds);
    expect(talked).toEqual([180, 180]);
  });

  test.each([
    ['busy', { status: 'busy', endedBy: 'network' }],
    ['rejects', { status: 'busy', endedBy: 'callee' }],
    ['unreachable', { status: 'failed', endedBy: 'network' }],
    ['no_answer', { status: 'no-answer', endedBy: 'ring_timeout' }],
    ['silent', { status: 'completed', endedBy: 'document', digits: '' }],
    ['declines', { status: 'completed', digits: '2' }],
    ['voicemail', { status: 'completed', digits: '' }],
  ])('an automatic phone follows its persona: %s', async (behaviour, end) => {
    expect((await post(`${agent}/persona`, { behaviour })).body).toMatchObject({ behaviour });
    await post(`${buyer}/persona`, { behaviour: 'hangs_up', hangsUpAfter: 5 });
    await callAgent();
    await pass(60);
    expect((await all()).legs.find(({ to }) => to === agent)).toMatchObject(end);
  });

  test('an automatic phone hangs up when its persona says so, and a persona can be cleared', async () => {
    await post(`${buyer}/persona`, { behaviour: 'hangs_up', hangsUpAfter: 7 });
    await callAgent();
    await pass(40);
    expect((await all()).legs).toMatchObject([
      { to: buyer, seconds: 7, endedBy: 'callee' },
      { to: agent, status: 'completed' },
    ]);
    expect((await all()).phones).toMatchObject([{ number: buyer, behaviour: 'hangs_up', hangsUpAfter: 7 }]);
    await post(`${buyer}/persona`, { behaviour: 'answers' });
    expect((await all()).phones).toEqual([]);
  });

  test('an automatic phone that is taken over while ringing waits for the person', async () => {
    await callAgent();
    await pass(3);
    await post(`${agent}/open`);
    await pass(10);
    expect(board.phone(agent).line?.state).toBe('ringing');
    await post(`${agent}/close`);
    await pass(6);
    expect(board.phone(agent).line?.state).not.toBe('ringing');
  });
});

describe('a listening page', () => {
  test('a listening page gets all phones at once and after each change', async () => {
    const page = new AbortController();
    const heard = listen('a page of mine', page.signal);
    expect((await heard.next()).phones).toEqual([]);
    await post(`${agent}/open`, { holder: 'a page of mine' });
    expect((await heard.next()).phones).toMatchObject([{ number: agent, played: true }]);
    await callAgent();
    await pass(3);
    let latest = await heard.next();
    while (latest.phones[0]?.line?.state !== 'ringing') latest = await heard.next();
    expect(latest.legs).toMatchObject([{ to: agent, status: 'ringing' }]);
    page.abort();
  });

  test("a listening page's stream ends with the service", async () => {
    const heard = listen('a page of mine', new AbortController().signal);
    await heard.next();
    await app.close();
    await expect(heard.next()).rejects.toThrow();
  });
});

function listen(holder: string, signal: AbortSignal): { next(): Promise<PhonesNow> } {
  const reading = fetch(`${url}/dev/phones/events?holder=${encodeURIComponent(holder)}`, { signal }).then(
    (response) => {
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      return response.body!.pipeThrough(new TextDecoderStream()).getReader();
    },
  );
  let text = '';
  return {
    async next() {
      const reader = await reading;
      for (;;) {
        const end = text.indexOf('\n\n');
        const event = end < 0 ? '' : text.slice(0, end);
        if (end >= 0) text = text.slice(end + 2);
        const data = /^event: phones\ndata: (.*)$/.exec(event)?.[1];
        if (data) return JSON.parse(data) as PhonesNow;
        if (end >= 0) continue;
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream has ended');
        text += value;
      }
    },
  };
}

test('production has no page of phones', async () => {
  const production = await start();
  try {
    const visitor = production.visitor();
    expect((await visitor.get('/dev/phones.json')).status).toBe(404);
    expect((await visitor.get('/dev/phones/events')).status).toBe(404);
    expect((await visitor.post(`/dev/phones/${agent}/open`)).status).toBe(404);
    expect((await visitor.get('/_sim/ledger')).status).toBe(404);
  } finally {
    await production.end();
  }
});
