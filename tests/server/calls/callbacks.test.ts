import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CallbackEffect } from '#server/dev/twilio/faults.ts';
import type { CallEvent } from '#server/dev/twilio/leg.ts';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { type Beside, startBeside } from '../../harness.ts';
import { type StartedCall, type Exchange, startExchange } from './exchange.ts';
import { expectEnd } from './call-ends.ts';
import { legsOf, postSigned } from './signed.ts';

let exchange: Exchange;
let beside: Beside;
let milan: { id: string; phone: string };
const short: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 12 };

beforeAll(async () => {
  exchange = await startExchange();
  beside = await startBeside(exchange.service);
  milan = { id: exchange.world.agents.milan, phone: exchange.world.phones.milan };
});
afterAll(async () => {
  await beside.end();
  await exchange.end();
});
beforeEach(() => exchange.putOnDuty(milan.id));
afterEach(() => exchange.simulator.faults.clear());

/** Applies an effect to all callbacks from now on, of any phone by default. */
const callbacks = (effect: CallbackEffect, which: { number?: string; event?: CallEvent } = {}) =>
  exchange.simulator.faults.add({ on: 'callback', times: Infinity, effect, ...which });

const usual = () =>
  ({
    outcome: 'completed',
    endedBy: 'visitor',
    attempts: [[milan.id, 'accepted']],
    talkSeconds: 12,
  }) as const;

async function countOf(rows: 'events' | 'webhooks', call: StartedCall): Promise<number> {
  const query =
    rows === 'events'
      ? sql`select count(*)::int as n from call_events where call_id = ${call.id}`
      : sql`select count(*)::int as n from call_webhooks w join call_legs l on l.id = w.leg_id
          where l.call_id = ${call.id}`;
  const [row] = await exchange.service.ctx.db.execute<{ n: number }>(query);
  return row?.n ?? -1;
}

const nodes = () => {
  const { publicUrl } = exchange.service.config;
  return [exchange.service.url, beside.url].map((url) => ({ url, publicUrl }));
};

/** Posts all callbacks of the call so far once more, five times to each process at once. */
async function repeatCallbacks(call: StartedCall): Promise<number[]> {
  const ledger = exchange.simulator.ledger();
  const legs = await legsOf(exchange.service.ctx.db, call.id);
  const received = legs.flatMap(({ id, sid }) =>
    (ledger.find((line) => line.sid === sid)?.callbacks ?? []).map(({ params }) => ({ id, params })),
  );
  const all = Array.from({ length: 5 }, () => nodes()).flat();
  const answers = await Promise.all(
    all.flatMap((node) =>
      received.map(({ id, params }) => postSigned(node, `/webhooks/twilio/status/${id}`, params)),
    ),
  );
  expect(answers.length).toBeGreaterThan(20);
  return [...new Set(answers.map(({ status }) => status))];
}

test('callbacks repeated five times in two processes count once', async () => {
  const plain = await exchange.startCall(short);
  await expectEnd(exchange, plain, usual());

  await exchange.putOnDuty(milan.id);
  callbacks({ kind: 'copies', count: 5 });
  const call = await exchange.startCall(short);
  await exchange.untilStatus(call, 'in_call');
  expect(await repeatCallbacks(call)).toEqual([204]);
  await expectEnd(exchange, call, usual());
  expect(await repeatCallbacks(call)).toEqual([204]);
  await expectEnd(exchange, call, usual());
  expect(await countOf('events', call)).toBe(await countOf('events', plain));
  expect(await countOf('webhooks', call)).toBe(await countOf('webhooks', plain));
});

describe('callbacks out of order', () => {
  test('the end may be reported before the pick-up, for both phones', async () => {
    callbacks({ kind: 'swap' }, { event: 'answered' });
    await expectEnd(exchange, await exchange.startCall(short), usual());
  });

  test('the end may be reported before the pick-up of a phone without a prompt', async () => {
    const first = await exchange.startCall(short);
    await expectEnd(exchange, first, usual());
    await exchange.putOnDuty(milan.id);
    callbacks({ kind: 'swap' }, { number: first.phone, event: 'answered' });
    const again = await exchange.requestCall(first.visitor, first.phone);
    const call = { ...first, id: again.body.id };
    await expectEnd(exchange, call, usual());
    const lines = exchange.simulator.ledger().filter(({ to }) => to === first.phone);
    expect(lines.map(({ heard }) => heard.length > 0)).toEqual([true, false]);
  });

  test('ringing reported after the end changes nothing', async () => {
    callbacks({ kind: 'delay', seconds: 80 }, { event: 'ringing' });
    const call = await exchange.startCall(short);
    await expectEnd(exchange, call, usual());
    const before = await countOf('webhooks', call);
    await exchange.advance(80);
    expect(await countOf('webhooks', call)).toBe(before + 2);
    await expectEnd(exchange, call, usual());
  });
});

describe('a lost callback of the end', () => {
  test('a lost end of the visitor’s phone is noticed', async () => {
    const call = await exchange.startCall(short);
    callbacks({ kind: 'drop' }, { number: call.phone, event: 'completed' });
    await expectEnd(exchange, call, usual());
  });

  test('a lost end of the agent’s phone is noticed', async () => {
    callbacks({ kind: 'drop' }, { number: milan.phone, event: 'completed' });
    await expectEnd(exchange, await exchange.startCall(short), usual());
  });

  test('a lost hang-up of both phones is noticed within 30 s', async () => {
    const call = await exchange.startCall(short);
    await exchange.untilStatus(call, 'in_call');
    callbacks({ kind: 'drop' }, { event: 'completed' });
    const dead = { kind: 'dead', after: 'hang-up' } as const;
    exchange.simulator.faults.add({ on: 'action', number: milan.phone, effect: dead });
    await exchange.advance(12);
    expect(exchange.simulator.phones.view(call.phone).state).toBe('idle');
    await exchange.advance(33);
    expect((await exchange.record(call.id)).state).toBe('closed');
    // Both phones were found idle, so nothing says who hung up first.
    const record = await expectEnd(exchange, call, { outcome: 'completed', talkSeconds: 12 });
    expect(record.ended_by).toBeNull();
  });
});

describe('signatures', () => {
  test('wrongly signed callbacks are refused, and the call follows the API', async () => {
    callbacks({ kind: 'wrong-signature' });
    const call = await exchange.startCall(short);
    await expectEnd(exchange, call, usual());
    expect(await countOf('webhooks', call)).toBe(0);
  });

  test('a replayed callback with a right signature has no effect', async () => {
    callbacks({ kind: 'replay' }, { event: 'completed' });
    await expectEnd(exchange, await exchange.startCall(short), usual());
  });

  test('a signature for another URL or by another token, and a missing one, are refused', async () => {
    const call = await exchange.startCall(short);
    await exchange.untilStatus(call, 'in_call');
    const [node] = nodes();
    const [leg] = await legsOf(exchange.service.ctx.db, call.id);
    const path = `/webhooks/twilio/status/${leg!.id}`;
    const fields = { CallSid: leg!.sid, CallStatus: 'completed', CallDuration: '1' };
    const before = await countOf('webhooks', call);
    const { publicUrl } = exchange.service.config;
    const wrong = [
      { url: `https://elsewhere.example${path}` },
      { url: publicUrl.replace('http:', 'https:') + path },
      { url: `${publicUrl}${path}/` },
      { url: `${publicUrl}${path}?a=b` },
      { token: 'another token' },
    ];
    for (const signedAs of wrong) {
      expect([signedAs, (await postSigned(node!, path, fields, signedAs)).status]).toEqual([signedAs, 403]);
    }
    const bare = await fetch(node!.url + path, { method: 'POST', body: new URLSearchParams(fields) });
    expect(bare.status).toBe(403);
    expect(await countOf('webhooks', call)).toBe(before);
    await expectEnd(exchange, call, usual());
  });

  test('a replayed key press of an old call hangs up that leg and calls nobody', async () => {
    const call = await exchange.startCall(short);
    await expectEnd(exchange, call, usual());
    const [leg] = await legsOf(exchange.service.ctx.db, call.id);
    const lines = exchange.simulator.ledger().length;
    const fields = { CallSid: leg!.sid, CallStatus: 'in-progress', Digits: '1' };
    const again = await postSigned(nodes()[0]!, `/webhooks/twilio/agent/${leg!.id}/digits`, fields);
    expect(again.status).toBe(200);
    expect(again.body).toContain('<Hangup/>');
    expect(again.body).not.toContain('<Dial');
    await exchange.advance(5);
    expect(exchange.simulator.ledger()).toHaveLength(lines);
    await expectEnd(exchange, call, usual());
  });
});
