import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { solutionLines } from '#db/tables/solutions.ts';
import { vendors } from '#db/tables/vendors.ts';
import type { Request } from '#server/requests/schema.ts';
import type { Specification } from '#server/requests/sending/schema.ts';
import { type Client, start, stillClock } from '../../harness.ts';
import { createWorld, startWithWorld } from '../../world.ts';
import { assemble, jana, send, sendBody } from './people.ts';

const { service, world } = await startWithWorld();
let buyer: Client;

beforeEach(() => {
  buyer = service.visitor();
});
afterAll(async () => {
  await service.drain();
});

const oneMotor = () => assemble(buyer, world, [{ product: 'motor', quantity: 1 }]);
const inDays = (days: number) => new Date(service.clock.now().getTime() + days * 86_400_000).toISOString();

describe('the fields of a request', () => {
  const wrong: [string, Record<string, unknown>, path: string, code: string][] = [
    ['no name', { contact: { ...jana, name: '   ' } }, 'contact.name', 'required'],
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
      'a national number without a country',
      { contact: { ...jana, phone: '541 123 456' } },
      'contact.phone',
      'format',
    ],
    ['a deadline that is no time', { deadline: 'tomorrow' }, 'deadline', 'format'],
    ['a day that does not exist', { deadline: '2027-02-30T10:00:00Z' }, 'deadline', 'format'],
    ['a deadline in ten years', { deadline: '2036-01-01T00:00:00Z' }, 'deadline', 'too_large'],
    ['an unknown time zone', { timeZone: 'Europe/Nowhere' }, 'timeZone', 'format'],
    ['a message that is too long', { message: 'x'.repeat(5_001) }, 'message', 'too_long'],
    ['an unknown kind', { kind: 'wish' }, 'kind', 'not_allowed'],
    ['a needed day in the past', { delivery: { neededBy: '2020-01-31' } }, 'delivery.neededBy', 'day_past'],
    ['a code of no country', { delivery: { country: 'ZZ' } }, 'delivery.country', 'format'],
    ['a country that there is not', { delivery: { country: 'Atlantis' } }, 'delivery.country', 'format'],
    ['an invoice to no country', { billing: { place: 'Brno', country: 'XX' } }, 'billing.country', 'format'],
    ['half a billing address', { billing: { place: 'Brno' } }, 'billing.country', 'required'],
    [
      'an address without a dot in its domain',
      { contact: { ...jana, email: 'jana@morava' } },
      'contact.email',
      'format',
    ],
    ['a needed day that is no date', { delivery: { neededBy: '31.12.2026' } }, 'delivery.neededBy', 'format'],
  ];
  test.each(wrong)('%s is refused with the name of its field', async (_name, more, path, code) => {
    const { status, body } = await send(buyer, sendBody(await oneMotor(), more));
    expect([status, body.code]).toEqual([422, 'invalid_input']);
    expect(body.errors).toContainEqual(expect.objectContaining({ path, code }));
  });

  test('a country may be named, and is kept by its code', async () => {
    const billing = { place: 'Brno', country: 'cz' };
    const body = sendBody(await oneMotor(), { delivery: { country: ' Serbia ' }, billing });
    const { body: sent } = await send(buyer, body);
    const { body: request } = await buyer.get<Request>(`/api/requests/${sent.id}`);
    expect(request).toMatchObject({
      delivery: { country: 'RS' },
      orderDetails: { billing: { country: 'CZ' } },
    });
  });

  test('a deadline in the past is refused with a code of its own', async () => {
    const { status, body } = await send(buyer, sendBody(await oneMotor(), { deadline: inDays(-1) }));
    expect([status, body.code]).toEqual([422, 'deadline_past']);
    expect(body.errors).toEqual([expect.objectContaining({ path: 'deadline', code: 'deadline_past' })]);
  });

  test('several faults are reported at once', async () => {
    const contact = { name: ' ', email: 'jana', phone: '12' };
    const delivery = { neededBy: '31.12.2026' };
    const wrong = { kind: 'order', contact, delivery, billing: { country: 'CZ' }, deadline: 'soon' };
    const { body } = await send(buyer, sendBody(await oneMotor(), wrong));
    expect(body.errors?.map(({ path }) => path)).toEqual([
      ...['contact.name', 'contact.email', 'contact.phone'],
      ...['contact.company', 'delivery.place', 'delivery.country'],
      ...['delivery.neededBy', 'billing.place', 'deadline'],
    ]);
  });

  test('a national phone number is stored as E.164 by the country of delivery, and texts without control characters', async () => {
    const contact = { ...jana, phone: '541 123 456', company: '  Morava\u0000 Pack\r\n ' };
    const delivery = { place: ' Brno\r\nVídeňská 5 ', country: 'cz' };
    const sent = await send(buyer, sendBody(await oneMotor(), { contact, delivery }));
    const { body } = await buyer.get(`/api/requests/${sent.body.id}`);
    expect(body.contact).toMatchObject({ phone: '+420541123456', company: 'Morava Pack' });
    expect(body.delivery).toEqual({ place: 'Brno\nVídeňská 5', country: 'CZ' });
  });

  test.each([
    ['+381 11 000 90 01', '+381110009001'],
    ['\u202a+381 64 123 4567\u202c', '+381641234567'],
    ['+381 11\u2013123\u20114567', '+381111234567'],
    ['00381 11 123 4567', '+381111234567'],
    ['+420 541 123 456 ext. 12', '+420541123456 ext. 12'],
    ['+420 541 123 456 x12', '+420541123456 ext. 12'],
    ['\uff0b420\u00a0541\u00a0123\u00a0456', '+420541123456'],
  ])('a phone number pasted as %j is stored as %s', async (phone, stored) => {
    const sent = await send(buyer, sendBody(await oneMotor(), { contact: { ...jana, phone } }));
    expect((await buyer.get(`/api/requests/${sent.body.id}`)).body.contact.phone).toBe(stored);
  });

  test.each([
    ['  jana@morava.example\u200b ', 'jana@morava.example'],
    ['jana@пример.срб', 'jana@пример.срб'],
    ['jana@xn--e1afmkfd.xn--90a3ac', 'jana@пример.срб'],
    ['jana@BÜCHER.example', 'jana@bücher.example'],
  ])('an e-mail address typed as %j is shown as %s', async (email, shown) => {
    const sent = await send(buyer, sendBody(await oneMotor(), { contact: { ...jana, email } }));
    expect((await buyer.get(`/api/requests/${sent.body.id}`)).body.contact.email).toBe(shown);
    await service.drain();
    expect(
      service.mail.to(shown).length + service.mail.to('jana@xn--e1afmkfd.xn--90a3ac').length,
    ).toBeGreaterThan(0);
  });

  test('a delivery may be given as plain text', async () => {
    const sent = await send(buyer, sendBody(await oneMotor(), { delivery: 'DAP Brno' }));
    expect((await buyer.get(`/api/requests/${sent.body.id}`)).body.delivery).toEqual({ place: 'DAP Brno' });
  });

  test('a request without an idempotency key, or with one that is too long, is refused', async () => {
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

  test('an empty solution is refused', async () => {
    const { body } = await buyer.post('/api/solutions', {});
    const answer = await refused(body.id);
    expect(answer).toMatchObject({
      status: 422,
      code: 'solution_empty',
      problems: [{ code: 'solution_empty' }],
    });
    expect(answer.errors).toEqual([expect.objectContaining({ path: 'lines', code: 'solution_empty' })]);
  });

  test('an order that asks several vendors for one line is refused with that line', async () => {
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

  test('a line is refused when its vendor has lost its email address', async () => {
    const solutionId = await assemble(buyer, world, [{ product: 'motor', quantity: 1 }]);
    const sever = eq(vendors.slug, 'sever');
    await service.ctx.db.update(vendors).set({ email: null }).where(sever);
    const answer = await refused(solutionId);
    await service.ctx.db.update(vendors).set({ email: world.mail.sever }).where(sever);
    expect(answer).toMatchObject({ status: 422, code: 'vendor_not_reachable' });
    expect(answer.problems).toEqual([expect.objectContaining({ code: 'vendor_not_reachable' })]);
  });

  test('a quantity that the vendor does not sell is refused', async () => {
    const solutionId = await assemble(buyer, world, [
      { product: 'cable', quantity: 100, ask: ['cableBrandt'] },
    ]);
    await service.ctx.db
      .update(solutionLines)
      .set({ quantity: 120 })
      .where(eq(solutionLines.solutionId, solutionId));
    expect(await refused(solutionId)).toMatchObject({ status: 422, code: 'quantity_not_sellable' });
  });

  test('a solution that was refused can still be changed', async () => {
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
  test("another visitor's solution gets a 404", async () => {
    const solutionId = await oneMotor();
    const stranger = service.visitor();
    await stranger.get('/api/solutions/current');
    const theft = await send(stranger, sendBody(solutionId));
    expect([theft.status, theft.body.code]).toEqual([404, 'not_found']);
    expect((await stranger.get(`/api/solutions/${solutionId}/specification`)).status).toBe(404);
    expect((await service.visitor().get(`/api/solutions/${solutionId}/specification`)).status).toBe(404);
  });

  test('malformed ids and unknown visitors get a 404', async () => {
    await buyer.get('/api/solutions/current');
    for (const id of ['nonsense', '1', randomUUID(), "' or 1=1 --"]) {
      expect((await send(buyer, sendBody(id))).status).toBe(404);
    }
    expect((await send(service.visitor(), sendBody(randomUUID()))).status).toBe(404);
  });

  test('another site cannot send a request for the visitor', async () => {
    const body = sendBody(await oneMotor());
    const forged = await buyer.request('POST', '/api/requests', body, {
      origin: 'https://evil.example',
      'idempotency-key': randomUUID(),
    });
    expect([forged.status, forged.body.code]).toEqual([403, 'foreign_origin']);
  });

  test('an IP address past the hourly limit is refused with a time to retry', async () => {
    const limited = await start({ env: { LIMIT_REQUESTS_PER_HOUR: '2' }, clock: stillClock() });
    const limitedWorld = await createWorld(limited.ctx.db);
    const statuses: number[] = [];
    let last: Awaited<ReturnType<typeof send>> | undefined;
    for (let count = 0; count < 3; count += 1) {
      const visitor = limited.visitor();
      const lines = [{ product: 'motor' as const, quantity: 1 }];
      last = await send(visitor, sendBody(await assemble(visitor, limitedWorld, lines)));
      statuses.push(last.status);
    }
    expect(statuses).toEqual([201, 201, 429]);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    await limited.drain();
    await limited.end();
  });
});

describe('the specification before it is sent', () => {
  test("the specification names every vendor with its address, its agents' names and its lines", async () => {
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

  test('the specification counts prices on request separately', async () => {
    await assemble(buyer, world, [{ product: 'service', quantity: 3 }]);
    const { body } = await buyer.get<Specification>('/api/solutions/current/specification?kind=order');
    expect(body.parts[0]).toMatchObject({ subtotals: [], onRequest: 1 });
    expect(body.totals).toEqual([]);
  });
});
