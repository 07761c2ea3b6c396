import { eq, sql } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { offers, products } from '#db/tables/catalog.ts';
import type { Request } from '#server/requests/schema.ts';
import { startWithWorld } from '../../world.ts';
import { assemble, send, sendBody, sendUsual, usualLines } from './people.ts';

const { service, world } = await startWithWorld({ env: { LIMIT_REQUESTS_PER_HOUR: '1000' } });

afterAll(async () => {
  await service.drain();
});

describe('sending a solution', () => {
  test('a request is split by vendor, each with its own lines at the list prices of that quantity', async () => {
    const request = await sendUsual(service.visitor(), world);

    expect(request).toMatchObject({ kind: 'quote', status: 'sent', deadline: null });
    expect(request.number).toMatch(/^QL-\d\d-\d{5}$/);
    const [sensor, motor] = request.lines;
    expect(sensor).toMatchObject({ position: 1, quantity: 10, note: 'Same batch', acceptedQuoteId: null });
    expect(
      sensor?.asked.map(({ vendor, listPrice, lineTotal }) => [vendor.name, listPrice, lineTotal]),
    ).toEqual([
      // From 10 pieces on, Brandt's break counts.
      ['Brandt Industrietechnik', eur('35.00'), eur('350.00')],
      ['Elektro Sever', rsd('4500.00'), rsd('45000.00')],
      ['Wisła Automatyka', { amount: '160.00', currency: 'PLN' }, { amount: '1600.00', currency: 'PLN' }],
    ]);
    expect(motor?.asked.map(({ vendor }) => vendor.name)).toEqual(['Elektro Sever']);
    const linesOf = (name: string) => request.enquiries.find(({ vendor }) => vendor.name === name)?.lineIds;
    expect(linesOf('Elektro Sever')).toEqual([sensor?.id, motor?.id]);
    expect(linesOf('Brandt Industrietechnik')).toEqual([sensor?.id]);
    expect(request.totals).toContainEqual({ low: rsd('149000.00'), high: rsd('149000.00') });
  });

  test('the review, the request and the copy to the buyer have the same one figure, each line counted once', async () => {
    const buyer = service.visitor();
    const lines = [...usualLines, { product: 'service', quantity: 4 } as const];
    const solutionId = await assemble(buyer, world, lines);
    const reviewed = await buyer.get(`/api/solutions/${solutionId}/specification?currency=EUR`);
    // The sensors cost least at Brandt, in euro; two motors are 104,000 RSD at 117.20; nobody has a price for the visit.
    const figure = {
      about: eur('1237.37'),
      conversion: { currency: 'EUR', date: '2025-11-21' },
      ...{ lines: 3, withoutPrice: 1, withoutRate: 0 },
      byCurrency: [
        { lines: 1, total: eur('350.00') },
        { lines: 1, total: rsd('104000.00') },
      ],
    };
    expect(reviewed.body.listTotal).toMatchObject(figure);
    expect((await buyer.get('/api/solutions/current?currency=EUR')).body.listTotal).toEqual(
      reviewed.body.listTotal,
    );
    const inDinars = (await buyer.get('/api/solutions/current?currency=RSD')).body.listTotal;
    expect(inDinars).toMatchObject({ about: rsd('145020.00'), byCurrency: figure.byCurrency });

    const { body } = await send(buyer, sendBody(solutionId, { currency: 'EUR' }));
    // Later rates don't change what was sent.
    await service.ctx.sql`insert into exchange_rates (currency, date, rate) values ('RSD', now()::date, 120)`;
    const path = `/api/requests/${body.id}`;
    expect((await buyer.get<Request>(path)).body.listTotal).toEqual(reviewed.body.listTotal);
    await service.drain();
    const mail = service.mail.to('jana@morava.example').find(({ text }) => text?.includes(body.number));
    for (const part of [mail?.text, mail?.html?.replaceAll('\u00a0', ' ')]) {
      expect(part).toContain('about €1,237.37');
      expect(part).toContain('1 line has no list price');
      expect(part).toContain('21 Nov 2025');
      expect(part).toContain('These rates are more than four days old');
    }
    await service.ctx.sql`delete from exchange_rates where rate = 120`;
    // What was sent before totals were kept is counted at the rates of its day.
    await service.ctx.sql`update requests set list_total = null where id = ${body.id}`;
    expect((await buyer.get<Request>(path)).body.listTotal).toMatchObject(figure);
  });

  test("a request is mailed once to each vendor's official address and to every responsible agent", async () => {
    const request = await sendUsual(service.visitor(), world);
    const asked = Object.fromEntries(
      request.enquiries.map(({ vendor, deliveries }) => [
        vendor.name,
        deliveries.map(({ to, name }) => `${to} ${name}`).toSorted(),
      ]),
    );
    expect(asked).toEqual({
      'Brandt Industrietechnik': ['agent Katrin Vogel', 'vendor Brandt Industrietechnik'],
      'Elektro Sever': ['agent Ivana Kostić', 'agent Milan Petrović', 'vendor Elektro Sever'],
      'Wisła Automatyka': ['agent Agnieszka Nowak', 'vendor Wisła Automatyka'],
    });
    expect(request.copy).toMatchObject({ to: 'buyer', name: 'Jana Horáková', status: 'queued' });
  });

  test('an agent who is responsible for none of the lines gets no mail', async () => {
    const request = await sendUsual(service.visitor(), world, [
      { product: 'sensor', quantity: 1, ask: ['sensorSever'] },
    ]);
    const names = request.enquiries.flatMap(({ deliveries }) => deliveries.map(({ name }) => name));
    expect(names.toSorted()).toEqual(['Elektro Sever', 'Milan Petrović']);
  });

  test('a sent request stays as it was when the catalogue changes', async () => {
    const buyer = service.visitor();
    const before = await sendUsual(buyer, world);
    const motor = Number(world.products.motor);
    await service.ctx.db
      .update(offers)
      .set({ price: '1.0000', sku: 'NEW' })
      .where(eq(offers.productId, motor));
    await service.ctx.db.update(products).set({ name: 'Renamed' }).where(eq(products.id, motor));
    const after = await buyer.get<Request>(`/api/requests/${before.id}`);
    await service.ctx.db
      .update(offers)
      .set({ price: '52000.0000', sku: 'ES-M7' })
      .where(eq(offers.productId, motor));
    await service.ctx.db.update(products).set({ name: 'Servo motor 0.75 kW' }).where(eq(products.id, motor));

    expect(after.body.lines).toEqual(before.lines);
    await expect(
      service.ctx.db.execute(sql`update enquiry_lines set list_price = 1 where sku = 'ES-M7'`),
    ).rejects.toMatchObject({ cause: { message: expect.stringContaining('never change') as string } });
  });

  test('the visitor gets an empty current solution, and the sent one refuses changes', async () => {
    const buyer = service.visitor();
    const solutionId = await assemble(buyer, world);
    await send(buyer, sendBody(solutionId));

    const current = await buyer.get('/api/solutions/current');
    expect(current.body.id).not.toBe(solutionId);
    expect(current.body.lines).toEqual([]);
    const late = await buyer.post(`/api/solutions/${solutionId}/lines`, {
      productId: world.products.sensor,
      quantity: 1,
    });
    expect([late.status, late.body.code]).toEqual([409, 'solution_sent']);
  });

  test('the numbers of requests are consecutive', async () => {
    const first = await sendUsual(service.visitor(), world);
    const second = await sendUsual(service.visitor(), world);
    expect(Number(second.number.slice(-5))).toBe(Number(first.number.slice(-5)) + 1);
  });
});

describe('the statements of sending', () => {
  test('sending one line to one vendor takes at most 15 statements', async () => {
    const buyer = service.visitor();
    const body = sendBody(await assemble(buyer, world, [{ product: 'motor', quantity: 1 }]));
    expect(await service.countStatements(() => send(buyer, body))).toBeLessThanOrEqual(15);
  });

  test('sending 302 lines to three vendors takes no more statements', async () => {
    const buyer = service.visitor();
    const solutionId = await assemble(buyer, world, usualLines);
    await addManyLines(solutionId, 300);
    const body = sendBody(solutionId);
    let sent: Awaited<ReturnType<typeof send>> | undefined;
    const statements = await service.countStatements(async () => (sent = await send(buyer, body)));
    expect(sent?.status).toBe(201);
    expect(statements).toBeLessThanOrEqual(15);
    const request = await buyer.get<Request>(`/api/requests/${sent?.body.id}`);
    expect(request.body.lines).toHaveLength(302);
    expect(request.body.enquiries).toHaveLength(3);
    expect(request.body.enquiries.map(({ lineIds }) => lineIds.length).toSorted()).toEqual([301, 301, 302]);
  });
});

/** Adds lines asked of the sensor's three vendors, after the two lines of the solution. */
async function addManyLines(solutionId: string, count: number): Promise<void> {
  const asked = [world.offers.sensorSever, world.offers.sensorBrandt, world.offers.sensorWisla].map(Number);
  await service.ctx.db.execute(sql`
    with added as (
      insert into solution_lines (solution_id, product_id, position, quantity, note)
      select ${solutionId}::uuid, ${Number(world.products.sensor)}, n + 2, n, 'line ' || n
      from generate_series(1, ${count}::int) n returning id)
    insert into solution_line_offers (line_id, offer_id)
    select added.id, o from added, unnest(${sql.param(`{${asked.join(',')}}`)}::bigint[]) o`);
}

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const rsd = (amount: string) => ({ amount, currency: 'RSD' });
