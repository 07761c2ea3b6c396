import { afterEach, describe, expect, test } from 'vitest';
import { forgetConsents } from '#server/admission/jobs.ts';
import { forgetCallBacks } from '#server/call-backs/jobs.ts';
import { forgetNumbers } from '#server/calls/events.ts';
import { forgettings } from '#server/forgetting.ts';
import * as queries from '#server/calls/forgetting/queries.ts';
import { addCall, addCallBack, setUpDesks } from '../desk/desks.ts';

const setup = await setUpDesks({ CALL_RETENTION_DAYS: '10' });
afterEach(() => setup.reset());

const day = 86_400;
const hash = Buffer.alloc(32, 7);

/** Returns a call that ended so many seconds ago. */
function endedCall(ago: number, more: Parameters<typeof addCall>[2] = {}): Promise<string> {
  const at = setup.ago(ago);
  const about = { vendorId: setup.world.vendors.sever, offerId: setup.world.offers.sensorSever, at };
  const over = {
    state: 'closed',
    outcome: 'completed',
    answeredAt: at,
    endedAt: at,
    talkSeconds: 42,
  } as const;
  return addCall(setup.service.ctx.db, about, { ...over, addressHash: hash, ...more }, [
    { agentId: setup.ids.milan, result: 'accepted', releasedAt: at },
  ]);
}

function callBack(ago: number, more: Parameters<typeof addCallBack>[2] = {}): Promise<string> {
  const at = setup.ago(ago);
  const about = { vendorId: setup.world.vendors.sever, offerId: setup.world.offers.sensorSever, at };
  const said = { name: 'Ana Anić', note: 'After four, +381 60 1', status: 'done' } as const;
  return addCallBack(setup.service.ctx.db, about, { ...said, statusAt: at, ...more });
}

async function forget(): Promise<void> {
  const { ctx } = setup.service;
  for (const job of [forgetNumbers, forgetCallBacks, forgetConsents])
    await ctx.jobs.enqueue(ctx.db, job, [{}]);
  await setup.service.drain();
}

const rowOf = async (table: 'calls' | 'call_backs', id: string) => {
  const { sql } = setup.service.ctx;
  const [row] = await sql`select * from ${sql(table)} where id = ${id}`;
  return row;
};

describe('the numbers of finished calls and call-backs', () => {
  test('numbers are deleted after the configured days, not a second before, and the call stays', async () => {
    const [old, young] = [await endedCall(10 * day + 60), await endedCall(10 * day - 60)];
    const before = await rowOf('calls', old);
    await forget();
    expect(await rowOf('calls', old)).toEqual({ ...before, phone: null, address_hash: null });
    expect(before).toMatchObject({ talk_seconds: 42, address_hash: hash, phone: expect.any(String) });
    expect((await rowOf('calls', young))?.phone).not.toBeNull();
    setup.service.clock.advance(120_000);
    await forget();
    expect((await rowOf('calls', young))?.phone).toBeNull();
  });

  test('the number of a live call is kept, however old', async () => {
    const states = ['agent_ringing', 'bridged', 'ending', 'settling'] as const;
    for (const state of states) {
      const phone = `+38163111222${states.indexOf(state)}`;
      const id = await endedCall(400 * day, { state, outcome: null, phone });
      await forget();
      expect(await rowOf('calls', id)).toMatchObject({ state, phone, address_hash: hash });
    }
  });

  test('a closed call-back loses number, name and note, an open one keeps them', async () => {
    const over: string[] = [];
    for (const status of ['done', 'cancelled', 'expired'] as const)
      over.push(await callBack(11 * day, { status }));
    const open = await callBack(11 * day, { status: 'open', wantedAt: setup.now() });
    const calling = await callBack(11 * day, { status: 'calling' });
    const young = await callBack(9 * day);
    await forget();
    for (const id of over)
      expect(await rowOf('call_backs', id)).toMatchObject({ phone: null, name: '', note: '' });
    for (const id of [open, calling, young])
      expect(await rowOf('call_backs', id)).toMatchObject({ phone: expect.any(String), name: 'Ana Anić' });
  });

  test('numbers are deleted in batches, oldest first, skipping locked rows', async () => {
    const { ctx } = setup.service;
    const ids: string[] = [];
    for (const days of [14, 13, 12, 11]) ids.push(await endedCall(days * day));
    const known = async () => Promise.all(ids.map(async (id) => (await rowOf('calls', id))?.phone !== null));
    expect(await queries.eraseNumbers(ctx.db, setup.ago(10 * day), 2)).toBe(2);
    expect(await known()).toEqual([false, false, true, true]);
    await ctx.sql.begin(async (holding) => {
      await holding`select 1 from calls where id = ${ids[2] ?? ''} for no key update`;
      expect(await queries.eraseNumbers(ctx.db, setup.ago(10 * day), 2)).toBe(1);
    });
    expect(await known()).toEqual([false, false, true, false]);
    await forget();
    expect(await known()).toEqual([false, false, false, false]);
  });

  test('numbers to delete are found by index', async () => {
    const { sql } = setup.service.ctx;
    for (const [index, condition, order] of [
      [
        'calls_to_forget',
        `calls where state = 'closed' and phone is not null and ended_at < now()`,
        'ended_at',
      ],
      [
        'call_backs_to_forget',
        `call_backs where status not in ('open', 'calling') and phone is not null and status_at < now()`,
        'status_at',
      ],
      ['call_webhooks_received', 'call_webhooks where received_at < now()', 'received_at'],
      ['phone_consents_at', 'phone_consents where at < now()', 'at'],
    ] as const) {
      const plan = await sql.begin(async (tx) => {
        await tx`set local enable_seqscan = off`;
        await tx`set local enable_sort = off`;
        return tx.unsafe(`explain select 1 from ${condition} order by ${order} limit 500`);
      });
      expect(JSON.stringify(plan)).toContain(index);
    }
  });
});

test('consents are deleted after 90 days, Twilio’s callbacks as early as the numbers', async () => {
  const { sql } = setup.service.ctx;
  const buyerIds = await Promise.all(
    [callBack(1), callBack(1)].map(async (id) => (await rowOf('call_backs', await id))?.buyer_id as string),
  );
  for (const [index, days] of [91, 89].entries())
    await sql`insert into phone_consents (buyer_id, phone_hash, at)
      values (${buyerIds[index] ?? ''}, ${hash}, ${setup.ago(days * day)})`;
  for (const days of [11, 9])
    await sql`insert into call_webhooks (leg_id, key, params, received_at, worked_at)
      values (gen_random_uuid(), ${`key ${days}`}, '{}', ${setup.ago(days * day)}, ${setup.ago(days * day)})`;
  await sql`insert into call_webhooks (leg_id, key, params, received_at)
    values (gen_random_uuid(), 'not worked', '{}', ${setup.ago(12 * day)})`;
  await forget();
  expect(await sql`select buyer_id from phone_consents`).toEqual([{ buyer_id: buyerIds[1] }]);
  expect(await sql`select key from call_webhooks order by key`).toEqual([
    { key: 'key 9' },
    { key: 'not worked' },
  ]);
});

test('what was forgotten is noted without its data, and the notes are enough to forget it again', async () => {
  const { ctx } = setup.service;
  await ctx.sql`delete from forgotten`;
  const [called, back] = [await endedCall(12 * day), await callBack(12 * day)];
  const before = [await rowOf('calls', called), await rowOf('call_backs', back)];
  await forget();
  const after = [await rowOf('calls', called), await rowOf('call_backs', back)];
  const notes = await ctx.sql<{ kind: string; key: string }[]>`select kind, key from forgotten order by kind`;
  const until = setup.ago(10 * day).getTime();
  expect(notes.map(({ kind, key }) => [kind, until - Date.parse(key) < 60_000])).toEqual([
    ['call-backs', true],
    ['calls', true],
  ]);
  // As a restore brings them back.
  const [call, asked] = before;
  await ctx.sql`update calls set phone = ${call?.phone}, address_hash = ${hash} where id = ${called}`;
  await ctx.sql`update call_backs set phone = ${asked?.phone}, name = 'Ana Anić', note = ${asked?.note} where id = ${back}`;
  expect([await rowOf('calls', called), await rowOf('call_backs', back)]).toEqual(before);
  for (const { kind, key } of notes) await forgettings.find((one) => one.kind === kind)!.again(ctx.db, key);
  expect([await rowOf('calls', called), await rowOf('call_backs', back)]).toEqual(after);
});

test('a call without its number is still shown, but can’t be called back', async () => {
  const { service, pages, world } = setup;
  const visitor = service.visitor();
  await visitor.get('/api/solutions/current');
  const [own] = await service.ctx.sql<{ id: string }[]>`select id from buyers order by id desc limit 1`;
  const buyerId = own?.id ?? '';
  const id = await endedCall(11 * day, { buyerId });
  const backId = await callBack(11 * day, { buyerId });
  await forget();

  const seen = await visitor.get(`/api/calls/${id}`);
  expect([seen.status, seen.body.phone, seen.body.talkSeconds]).toEqual([200, null, 42]);
  const asked = await visitor.get('/api/call-backs');
  expect(asked.body.items).toMatchObject([{ id: backId, phone: null, note: '', status: 'done' }]);
  const recent = await pages.milan.get('/api/agent/calls');
  expect(recent.status).toBe(200);
  expect(recent.body.items).toMatchObject([{ id, caller: { maskedPhone: null }, talkSeconds: 42 }]);
  expect((await pages.milan.get('/api/agent/desk')).status).toBe(200);
  const again = await pages.milan.post(`/api/agent/call-backs/${backId}/call`);
  expect([again.status, again.body.code]).toEqual([409, 'call_back_closed']);
  expect(await service.ctx.sql`select vendor_id::text from calls where id = ${id}`).toEqual([
    { vendor_id: world.vendors.sever },
  ]);
});
