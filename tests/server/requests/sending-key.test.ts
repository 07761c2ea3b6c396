import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { requests } from '#db/tables/requests.ts';
import { bodyHash } from '#server/platform/json.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { assemble, send, sendBody } from './people.ts';

const { service, world } = await startWithWorld({ env: { LIMIT_REQUESTS_PER_HOUR: '1000' } });

afterAll(async () => {
  await service.drain();
});

const countRequests = async (): Promise<number> => (await service.ctx.db.select().from(requests)).length;

describe('the idempotency key of a request', () => {
  test('a repeat with the same key and body gets the first answer', async () => {
    const buyer = service.visitor();
    const body = sendBody(await assemble(buyer, world), {
      message: 'Please',
      deadline: new Date(service.clock.now().getTime() + 86_400_000).toISOString(),
    });
    const key = randomUUID();
    const first = await send(buyer, body, key);
    const again = await send(buyer, Object.fromEntries(Object.entries(body).toReversed()), key);
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 201, body: first.body });
  });

  test('a repeat with the same key and another body is refused', async () => {
    const buyer = service.visitor();
    const body = sendBody(await assemble(buyer, world));
    const key = randomUUID();
    await send(buyer, body, key);
    const other = await send(buyer, { ...body, message: 'Something else' }, key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
  });

  test('ten sends at once with one key make one request and get equal answers', async () => {
    const buyer = service.visitor();
    const body = sendBody(await assemble(buyer, world));
    const key = randomUUID();
    const before = await countRequests();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(buyer, body, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body: sent }) => JSON.stringify(sent))).size).toBe(1);
    expect(await countRequests()).toBe(before + 1);
  });

  test('five sends of one solution at once with different keys make one request, and the others get solution_sent', async () => {
    const buyer = service.visitor();
    const body = sendBody(await assemble(buyer, world));
    const before = await countRequests();
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(buyer, body)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('solution_sent');
    expect(await countRequests()).toBe(before + 1);
  });

  test('one key for two solutions at once sends one of them', async () => {
    const buyer = service.visitor();
    const first = await assemble(buyer, world);
    await buyer.post('/api/solutions', {});
    const second = await assemble(buyer, world);
    const key = randomUUID();
    const answers = await Promise.all([first, second].map((id) => send(buyer, sendBody(id), key)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422]);
  });

  test('two visitors may use the same key', async () => {
    const key = randomUUID();
    const sendAs = async (buyer: Client) => send(buyer, sendBody(await assemble(buyer, world)), key);
    const [one, other] = [await sendAs(service.visitor()), await sendAs(service.visitor())];
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(one.body.id).not.toBe(other.body.id);
  });

  test('a refused request does not consume its idempotency key', async () => {
    const buyer = service.visitor();
    const key = randomUUID();
    const body = sendBody(await assemble(buyer, world, [{ product: 'sensor', quantity: 1 }]));
    expect((await send(buyer, { ...body, contact: { name: 'Jana', email: 'no' } }, key)).status).toBe(422);
    expect((await send(buyer, body, key)).status).toBe(201);
  });

  test('a repeat gets the first answer although the request has changed, and its key is kept for 400 days', async () => {
    const buyer = service.visitor();
    const body = sendBody(await assemble(buyer, world));
    const key = randomUUID();
    const first = await send(buyer, body, key);
    const { sql: raw } = service.ctx;
    await raw`update enquiries set status = 'answered' where request_id = ${first.body.id}`;
    expect(await send(buyer, body, key)).toMatchObject({ status: 201, body: first.body });
    const [kept] = await raw`
      select extract(day from expires_at - at)::int as days from idempotency_keys where key = ${key}`;
    expect(kept).toEqual({ days: 400 });
  });

  test('a repeat of a request that the previous release sent gets that request', async () => {
    const buyer = service.visitor();
    const first = await send(buyer, sendBody(await assemble(buyer, world)));
    await buyer.post('/api/solutions', {});
    const body = sendBody(await assemble(buyer, world));
    const key = randomUUID();
    const [earlier] = await service.ctx.sql<{ id: string }[]>`
      with sent as (
        insert into requests (number, kind, visitor_id, solution_id, contact_name, contact_email,
                              idempotency_key, body_hash, created_at)
        select 'QL-1', kind, visitor_id, ${body.solutionId}, contact_name, contact_email,
               ${key}, ${bodyHash(body)}, created_at
        from requests where id = ${first.body.id} returning id),
      enquiry as (
        insert into enquiries (request_id, vendor_id, vendor_name, vendor_time_zone, links_expire_at, status_at)
        select sent.id, vendor_id, vendor_name, vendor_time_zone, links_expire_at, status_at
        from sent, enquiries where request_id = ${first.body.id})
      select id from sent`;
    const again = await send(buyer, body, key);
    expect([again.status, again.body.id, again.body.number]).toEqual([201, earlier?.id, 'QL-1']);
    const other = await send(buyer, { ...body, message: 'Something else' }, key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
  });
});
