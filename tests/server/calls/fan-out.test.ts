import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { assemble, sendBody } from '../requests/people.ts';
import { type Exchange, startExchange } from './exchange.ts';
import { addPayer } from './support.ts';

let exchange: Exchange;

beforeAll(async () => {
  exchange = await startExchange();
});
afterAll(() => exchange.end());

describe('an enquiry after a call', () => {
  test('an enquiry goes first to the agent the buyer talked with, even if others are responsible', async () => {
    const { service, world, simulator } = exchange;
    const { visitor: buyer } = await addPayer(service, 10_000n);
    const phone = exchange.newPhone();
    simulator.personas.set(phone, { kind: 'human', presses: ['1'], hangsUpAfterTalking: 10 });
    // The call to Ivana of sever's support is about the motor; the enquiry is about sensors, for which Milan is responsible.
    await exchange.putOnDuty(world.agents.ivana);
    const { id } = (
      await exchange.requestCall(buyer, phone, { offerId: world.offers.motorSever, kind: 'support' })
    ).body;
    await exchange.until(async () => (await exchange.record(id)).state === 'closed');

    const solutionId = await assemble(buyer, world, [
      { product: 'sensor', quantity: 3, ask: ['sensorSever'] },
    ]);
    const before = (await buyer.get(`/api/solutions/${solutionId}/specification`)).body;
    expect(before.parts[0].agents.map(({ name }: { name: string }) => name)).toEqual([
      'Ivana Kostić',
      'Milan Petrović',
    ]);
    await buyer.post('/api/requests', sendBody(solutionId), { 'idempotency-key': randomUUID() });
    await exchange.finishDue();
    const rows = await service.ctx.db.execute<{ to: string }>(
      sql`select to_email as to from deliveries where kind = 'enquiry' order by id`,
    );
    expect(rows.map(({ to }) => to)).toEqual([world.mail.ivana, world.mail.sever, world.mail.milan]);
  });

  test("another buyer's enquiry goes to the usual recipients", async () => {
    const { service, world } = exchange;
    const buyer = service.visitor();
    const solutionId = await assemble(buyer, world, [
      { product: 'sensor', quantity: 3, ask: ['sensorSever'] },
    ]);
    const { parts } = (await buyer.get(`/api/solutions/${solutionId}/specification`)).body;
    expect(parts[0].agents.map(({ name }: { name: string }) => name)).toEqual(['Milan Petrović']);
  });
});
