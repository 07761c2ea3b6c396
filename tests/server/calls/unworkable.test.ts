import { afterAll, beforeAll, expect, test } from 'vitest';
import { callWebhooks } from '#db/tables/calls.ts';
import { sweepCalls } from '#server/calls/machine/timers.ts';
import { type Exchange, startExchange, type StartedCall } from './exchange.ts';
import { postSigned } from './signed.ts';

let exchange: Exchange;

beforeAll(async () => {
  exchange = await startExchange();
});
afterAll(() => exchange.end());

/** Posts a signed status callback of the call's first leg. */
async function postStatus({ id }: StartedCall, fields: Record<string, string>): Promise<number> {
  const { service } = exchange;
  const [leg] = await service.ctx.sql<{ id: string }[]>`
    select id from call_legs where call_id = ${id} order by id`;
  const to = { url: service.url, publicUrl: service.config.publicUrl };
  return (await postSigned(to, `/webhooks/twilio/status/${leg?.id}`, fields)).status;
}

const countUnprocessed = async (): Promise<number> => {
  const { sql } = exchange.service.ctx;
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from call_webhooks where worked_at is null`;
  return row?.n ?? 0;
};

test('a malformed duration is ignored, and the rest of the callback counts', async () => {
  const call = await exchange.startCall({ kind: 'human', presses: ['1'], hangsUpAfterTalking: 5 });
  const sid = (await exchange.expectEnded(call)).legs.at(0)?.sid ?? '';
  expect(await postStatus(call, { CallSid: sid, CallStatus: 'canceled', CallDuration: 'five' })).toBe(204);
  await exchange.advance(10);
  expect(await countUnprocessed()).toBe(0);
});

test('a sweep retries unprocessed callbacks of the last minutes and no older ones', async () => {
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
