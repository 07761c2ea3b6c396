import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { solutionLines } from '#db/tables/solutions.ts';
import { vendors } from '#db/tables/vendors.ts';
import type { Specification } from '#server/requests/sending/schema.ts';
import { type Client, start, stillClock, type TestService } from '../../harness.ts';
import { createWorld, type World } from '../../world.ts';
import { assemble, jana, send, sendBody } from './people.ts';

let service: TestService;
let world: World;
let buyer: Client;

beforeAll(async () => {
  service = await start();
  world = await createWorld(service.ctx.db);
});
beforeEach(() => {
  buyer = service.visitor();
});
afterAll(async () => {
  await service.drain();
  await service.end();
});

const oneMotor = () => assemble(buyer, world, [{ product: 'motor', quantity: 1 }]);
const inDays = (days: number) => new Date(service.clock.now().getTime() + days * 86_400_000).toISOString();

describe('what a person types', () => {
  const wrong: [string, Record<string, unknown>, path: string, code: string][] = [
    ['no name', { contact: { ...jana, name: '   ' } }, 'contact.name', 'format'],
    [
      'a name of control characters',
      { contact: { ...jana, name: '\u0007\u0001' } },
      'contact.name',
      'required',
    ],
    [
      'an address without @',
      { contact: { ...jana, email: 'jana.morava.example' } },
      'contact.email',
      'format',
    ],
    [
      'an address with a line end',
      { contact: { ...jana, email: 'a@b.example\nBcc: c@d.example' } },
      'contact.email',
      'format',
    ],
    ['a number too short', { contact: { ...jana, phone: '+420 12' } }, 'contact.phone', 'format'],
    [
      'a national number of no known country',
      { contact: { ...jana, phone: '541 123 456' } },
      'contact.phone',
      'format',
    ],
    ['a deadline that is no time', { deadline: 'tomorrow' }, 'deadline', 'format'],
    ['a day that does not exist', { deadline: '2027-02-30T10:00:00Z' }, 'deadline', 'format'],
    ['a deadline in ten years', { deadline: '2036-01-01T00:00:00Z' }, 'deadline', 'too_large'],
    ['a time zone of no place', { timeZone: 'Europe/Nowhere' }, 'timeZone', 'format'],
    ['an endless message', { message: 'x'.repeat(5_001) }, 'message', 'too_long'],
    ['a kind we do not know', { kind: 'wish' }, 'kind', 'not_allowed'],
    ['a needed day that is none', { delivery: { neededBy: '31.12.2026' } }, 'delivery.neededBy', 'format'],
  ];
  test.each(wrong)('%s is said beside its field', async (_name, more, path, code) => {
    const { status, body } = await send(buyer, sendBody(await oneMotor(), more));
    expect([status, body.code]).toEqual([422, 'invalid_input']);
    expect(body.errors).toContainEqual(expect.objectContaining({ path, code }));
  });

  test('a deadline behind us has a code of its own', async () => {
    const { status, body } = await send(buyer, sendBody(await oneMotor(), { deadline: inDays(-1) }));
    expect([status, body.code]).toEqual([422, 'deadline_past']);
    expect(body.errors).toEqual([expect.objectContaining({ path: 'deadline', code: 'deadline_past' })]);
  });

  test('several faults are said at once', async () => {
    const contact = { ...jana, phone: 'none' };
    const { body } = await send(buyer, sendBody(await oneMotor(), { contact, deadline: inDays(-1) }));
    expect(body.errors?.map(({ path }) => path)).toEqual(['contact.phone', 'deadline']);
  });

  test('phones are kept as E.164, a national one by the country of delivery', async () => {
    const contact = { ...jana, phone: '541 123 456', company: '  Morava\u0000 Pack\r\n ' };
    const delivery = { place: ' Brno\r\nVídeňská 5 ', country: 'cz' };
    const sent = await send(buyer, sendBody(await oneMotor(), { contact, delivery }));
    const { body } = await buyer.get(`/api/requests/${sent.body.id}`);
    expect(body.contact).toMatchObject({ phone: '+420541123456', company: 'Morava Pack' });
    expect(body.delivery).toEqual({ place: 'Brno\nVídeňská 5', country: 'cz' });
  });

  test('a place in words is enough of a delivery', async () => {
    const sent = await send(buyer, sendBody(await oneMotor(), { delivery: 'DAP Brno' }));
    expect((await buyer.get(`/api/requests/${sent.body.id}`)).body.delivery).toEqual({ place: 'DAP Brno' });
  });

  test('without a key, or with an endless one, nothing is sent', async () => {
    const body = sendBody(await oneMotor());
    const without = await buyer.post('/api/requests', body);
    expect([without.status, without.body.code]).toEqual([422, 'idempotency_key_required']);
    const endless = await send(buyer, body, 'k'.repeat(256));
    expect([endless.status, endless.body.code]).toEqual([422, 'idempotency_key_required']);
  });
});

describe('lines that cannot be sent', () => {
  async function refused(solutionId: string, kind: 'quote' | 'order' = 'quote') {
    const { status, body } = await send(buyer, sendBody(solutionId, { kind }));
    const preview = await buyer.get<Specification>(`/api/solutions/${solutionId}/specification?kind=${kind}`);
    return { status, code: body.code, errors: body.errors, problems: preview.body.problems };
  }

  test('an empty solution', async () => {
    const { body } = await buyer.post('/api/solutions', {});
    const answer = await refused(body.id);
    expect(answer).toMatchObject({
      status: 422,
      code: 'solution_empty',
      problems: [{ code: 'solution_empty' }],
    });
    expect(answer.errors).toEqual([expect.objectContaining({ path: 'lines', code: 'solution_empty' })]);
  });

  test('an order asks one vendor a line, and says which lines ask more', async () => {
    const solutionId = await assemble(buyer, world);
    const { body } = await buyer.get(`/api/solutions/${solutionId}`);
    const sensor = body.lines[0].id as string;
    const answer = await refused(solutionId, 'order');
    expect(answer).toMatchObject({ status: 422, code: 'one_vendor_per_order_line' });
    expect(answer.errors?.map(({ path }) => path)).toEqual([`lines.${sensor}`]);
    expect(answer.problems).toEqual([
      expect.objectContaining({ code: 'one_vendor_per_order_line', lineId: sensor, position: 1 }),
    ]);
    await buyer.patch(`/api/solutions/${solutionId}/lines/${sensor}`, {
      offerIds: [world.offers.sensorBrandt],
    });
    expect((await send(buyer, sendBody(solutionId, { kind: 'order' }))).status).toBe(201);
  });

  test('a vendor that lost its address meanwhile', async () => {
    const solutionId = await assemble(buyer, world, [{ product: 'motor', quantity: 1 }]);
    const sever = eq(vendors.slug, 'sever');
    await service.ctx.db.update(vendors).set({ email: null }).where(sever);
    const answer = await refused(solutionId);
    await service.ctx.db.update(vendors).set({ email: world.mail.sever }).where(sever);
    expect(answer).toMatchObject({ status: 422, code: 'vendor_not_reachable' });
    expect(answer.problems).toEqual([expect.objectContaining({ code: 'vendor_not_reachable' })]);
  });

  test('a quantity that the vendor stopped selling', async () => {
    const solutionId = await assemble(buyer, world, [
      { product: 'cable', quantity: 100, ask: ['cableBrandt'] },
    ]);
    await service.ctx.db
      .update(solutionLines)
      .set({ quantity: 120 })
      .where(eq(solutionLines.solutionId, solutionId));
    expect(await refused(solutionId)).toMatchObject({ status: 422, code: 'quantity_not_sellable' });
  });

  test('a refusal leaves nothing behind: the solution can still be changed', async () => {
    const { body } = await buyer.post('/api/solutions', {});
    await refused(body.id);
    const added = await buyer.post(`/api/solutions/${body.id}/lines`, {
      productId: world.products.motor,
      quantity: 1,
    });
    expect(added.status).toBe(201);
  });
});

describe('who may send', () => {
  test("another visitor's solution is not there", async () => {
    const solutionId = await oneMotor();
    const stranger = service.visitor();
    await stranger.get('/api/solutions/current');
    const theft = await send(stranger, sendBody(solutionId));
    expect([theft.status, theft.body.code]).toEqual([404, 'not_found']);
    expect((await stranger.get(`/api/solutions/${solutionId}/specification`)).status).toBe(404);
    expect((await service.visitor().get(`/api/solutions/${solutionId}/specification`)).status).toBe(404);
  });

  test('ids that are none, and a browser that has started nothing, get the same', async () => {
    await buyer.get('/api/solutions/current');
    for (const id of ['nonsense', '1', randomUUID(), "' or 1=1 --"]) {
      expect((await send(buyer, sendBody(id))).status).toBe(404);
    }
    expect((await send(service.visitor(), sendBody(randomUUID()))).status).toBe(404);
  });

  test('another site cannot send for the visitor', async () => {
    const body = sendBody(await oneMotor());
    const forged = await buyer.request('POST', '/api/requests', body, {
      origin: 'https://evil.example',
      'idempotency-key': randomUUID(),
    });
    expect([forged.status, forged.body.code]).toEqual([403, 'foreign_origin']);
  });

  test('past the limit of an hour the address waits', async () => {
    const limited = await start({ env: { LIMIT_REQUESTS_PER_HOUR: '2' }, clock: stillClock() });
    const itsWorld = await createWorld(limited.ctx.db);
    const statuses: number[] = [];
    let last: Awaited<ReturnType<typeof send>> | undefined;
    for (let count = 0; count < 3; count += 1) {
      const visitor = limited.visitor();
      const lines = [{ product: 'motor' as const, quantity: 1 }];
      last = await send(visitor, sendBody(await assemble(visitor, itsWorld, lines)));
      statuses.push(last.status);
    }
    expect(statuses).toEqual([201, 201, 429]);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    await limited.drain();
    await limited.end();
  });
});

describe('the specification before it is sent', () => {
  test('names every vendor with its address, its agents and its lines', async () => {
    const solutionId = await assemble(buyer, world);
    const { body } = await buyer.get<Specification>('/api/solutions/current/specification');
    expect(body).toMatchObject({ solutionId, kind: 'quote', lineCount: 2, problems: [] });
    const sever = body.parts.find(({ vendor }) => vendor.name === 'Elektro Sever');
    expect(sever).toMatchObject({
      email: world.mail.sever,
      agents: [
        { name: 'Milan Petrović', kind: 'sales' },
        { name: 'Ivana Kostić', kind: 'support' },
      ],
      subtotals: [{ amount: '149000.00', currency: 'RSD' }],
      onRequest: 0,
    });
    expect(sever?.lines.map(({ position, sku }) => [position, sku])).toEqual([
      [1, 'ES-S1'],
      [2, 'ES-M7'],
    ]);
    expect(JSON.stringify(body)).not.toContain(world.mail.milan);
  });

  test('counts prices on request apart', async () => {
    await assemble(buyer, world, [{ product: 'service', quantity: 3 }]);
    const { body } = await buyer.get<Specification>('/api/solutions/current/specification?kind=order');
    expect(body.parts[0]).toMatchObject({ subtotals: [], onRequest: 1 });
    expect(body.totals).toEqual([]);
  });
});
