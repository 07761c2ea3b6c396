import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { offers } from '#db/tables/catalog.ts';
import type { Request } from '#server/requests/schema.ts';
import type { Specification } from '#server/requests/sending/schema.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { assemble, send, sendBody } from './people.ts';

const { service, world } = await startWithWorld({ env: { LIMIT_REQUESTS_PER_HOUR: '1000' } });

afterAll(async () => {
  await service.drain();
});

describe('the version of a reviewed specification', () => {
  const reviewed = async (buyer: Client, id: string, kind = 'quote') =>
    (await buyer.get<Specification>(`/api/solutions/${id}/specification?kind=${kind}`)).body;

  test('a request is sent if nothing has changed since its specification was read', async () => {
    const buyer = service.visitor();
    const id = await assemble(buyer, world);
    const { version } = await reviewed(buyer, id);
    expect((await reviewed(buyer, id, 'order')).version).toBe(version);
    const body = sendBody(id, { specification: version });
    const key = randomUUID();
    const sent = await send(buyer, body, key);
    expect(sent.status).toBe(201);
    expect(await send(buyer, body, key)).toMatchObject({ status: 201, body: sent.body });
  });

  test('a request whose lines have changed is refused with what changed, and its key stays free', async () => {
    const buyer = service.visitor();
    const id = await assemble(buyer, world);
    const { version, parts } = await reviewed(buyer, id);
    const lines = parts.flatMap((part) => part.lines);
    const [sensor, motor] = ['10', '2'].map((quantity) =>
      lines.find((line) => String(line.quantity) === quantity),
    );
    await buyer.patch(`/api/solutions/${id}/lines/${sensor?.lineId}`, {
      quantity: 20,
      note: '',
      offerIds: [world.offers.sensorSever],
    });
    await buyer.delete(`/api/solutions/${id}/lines/${motor?.lineId}`);
    const added = await buyer.post<{ id: string }>(`/api/solutions/${id}/lines`, {
      productId: world.products.cable,
      quantity: 100,
    });
    const key = randomUUID();
    const refused = await send(buyer, sendBody(id, { specification: version }), key);
    expect([refused.status, refused.body.code]).toEqual([409, 'specification_changed']);
    expect(refused.body.errors).toMatchObject([
      { path: `lines.${sensor?.lineId}.quantity`, code: 'quantity_changed', was: '10' },
      { path: `lines.${sensor?.lineId}.vendors`, code: 'vendors_changed' },
      { path: `lines.${sensor?.lineId}.text`, code: 'text_changed' },
      { path: `lines.${added.body.id}`, code: 'line_added' },
      { path: 'lines', code: 'line_removed' },
    ]);
    const again = sendBody(id, { specification: (await reviewed(buyer, id)).version });
    expect((await send(buyer, again, key)).status).toBe(201);
  });

  test('a check refuses what sending would refuse, and writes nothing', async () => {
    const buyer = service.visitor();
    const id = await assemble(buyer, world);
    const { version, parts } = await reviewed(buyer, id);
    const check = async (more: object) =>
      buyer.post('/api/requests/check', sendBody(id, { specification: version, ...more }));
    expect((await check({})).status).toBe(204);
    const order = { kind: 'order', delivery: { place: 'Brno', country: 'CZ' } };
    const severally = await check(order);
    expect([severally.status, severally.body.code]).toEqual([422, 'one_vendor_per_order_line']);
    const lineId = parts.flatMap((part) => part.lines).find((line) => line.quantity === 10)?.lineId;
    await buyer.patch(`/api/solutions/${id}/lines/${lineId}`, { quantity: 3300 });
    const changed = await check({});
    expect([changed.status, changed.body.code]).toEqual([409, 'specification_changed']);
    expect(changed.body.errors).toMatchObject([{ code: 'quantity_changed', was: '10' }]);
    const current = sendBody(id, { specification: (await reviewed(buyer, id)).version });
    expect((await send(buyer, current)).status).toBe(201);
    expect((await check({})).body.code).toBe('solution_sent');
  });

  test('a changed list price, another order of the lines and an unknown version are refused', async () => {
    const buyer = service.visitor();
    const id = await assemble(buyer, world);
    const motor = eq(offers.id, Number(world.offers.motorSever));
    const refusal = async (specification: string) =>
      (await send(buyer, sendBody(id, { specification }))).body;
    const { version } = await reviewed(buyer, id);
    await service.ctx.db.update(offers).set({ price: '52001.0000' }).where(motor);
    const dearer = await refusal(version);
    await service.ctx.db.update(offers).set({ price: '52000.0000' }).where(motor);
    expect(dearer.errors?.map(({ code }) => code)).toEqual(['price_changed']);
    const { body } = await buyer.get<{ lines: { id: string }[] }>(`/api/solutions/${id}`);
    await buyer.patch(`/api/solutions/${id}/lines/${body.lines[1]?.id}`, { position: 1 });
    expect((await refusal(version)).errors?.map(({ code }) => code)).toEqual(['lines_reordered']);
    const unknown = await refusal('of another time');
    expect([unknown.code, unknown.errors?.length]).toEqual(['specification_changed', 2]);
  });

  test('a change at the same moment is either sent as reviewed or refused, never sent unseen', async () => {
    const buyer = service.visitor();
    const id = await assemble(buyer, world);
    const { version, parts } = await reviewed(buyer, id);
    const lineId = parts.flatMap((part) => part.lines).find((line) => line.quantity === 10)?.lineId;
    const [sent, changed] = await Promise.all([
      send(buyer, sendBody(id, { specification: version })),
      buyer.patch(`/api/solutions/${id}/lines/${lineId}`, { quantity: 3300 }),
    ]);
    expect([sent.status, changed.status].toSorted()).toEqual(sent.status === 201 ? [201, 409] : [200, 409]);
    if (sent.status !== 201) return;
    const request = await buyer.get<Request>(`/api/requests/${sent.body.id}`);
    expect(request.body.lines.map((line) => line.quantity)).toContain(10);
  });
});
