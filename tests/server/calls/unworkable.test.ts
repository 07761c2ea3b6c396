import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callWebhooks } from '#db/tables/calls.ts';
import { sweepCalls } from '#server/calls/machine/timers.ts';
import { telephoneAccount } from '../../telephony.ts';
import { type Begun, type Exchange, startExchange } from './desk.ts';

let exchange: Exchange;

beforeAll(async () => {
  exchange = await startExchange();
});
afterAll(() => exchange.end());

/** Posts a signed callback of the call's first leg, as Twilio would. */
async function tell({ id }: Begun, fields: Record<string, string>): Promise<number> {
  const { service } = exchange;
  const [leg] = await service.ctx.sql<{ id: string }[]>`
    select id from call_legs where call_id = ${id} order by id`;
  const path = `/webhooks/twilio/status/${leg?.id}`;
  const signature = webhooks.getExpectedTwilioSignature(
    telephoneAccount.authToken,
    service.config.publicUrl + path,
    fields,
  );
  const answer = await fetch(service.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature,
    },
    body: new URLSearchParams(fields),
  });
  return answer.status;
}

const unworked = async (): Promise<number> => {
  const { sql } = exchange.service.ctx;
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from call_webhooks where worked_at is null`;
  return row?.n ?? 0;
};

test('a malformed duration is ignored, and the rest of the callback counts', async () => {
  const call = await exchange.begin({ kind: 'human', presses: ['1'], hangsUpAfterTalking: 5 });
  const sid = (await exchange.finished(call)).legs.at(0)?.sid ?? '';
  expect(await tell(call, { CallSid: sid, CallStatus: 'canceled', CallDuration: 'five' })).toBe(204);
  await exchange.advance(10);
  expect(await unworked()).toBe(0);
});

test('a callback that can’t be processed is retried for minutes, not for ever', async () => {
  const { ctx } = exchange.service;
  const now = ctx.clock.now().getTime();
  const kept = async (key: string, secondsAgo: number) => {
    const receivedAt = new Date(now - secondsAgo * 1000);
    const [row] = await ctx.db
      .insert(callWebhooks)
      .values({ legId: crypto.randomUUID(), key, params: {}, receivedAt })
      .returning({ id: callWebhooks.id });
    return row?.id;
  };
  const overlooked = await kept('overlooked', 60);
  await kept('unworkable', 660);
  await sweepCalls(ctx);
  const jobs = await ctx.sql`
    select (data ->> 'webhookId')::int as id from pgboss.job where name = 'work-webhook' and state = 'created'`;
  expect(jobs.map(({ id }) => id)).toEqual([overlooked]);
});
