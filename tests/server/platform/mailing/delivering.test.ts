import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deliveries } from '#db/tables/deliveries.ts';
import { sendDelivery } from '#server/platform/mailing/queue.ts';
import type { Request } from '#server/requests/schema.ts';
import type { Client, TestService } from '../../../harness.ts';
import type { World } from '../../../world.ts';
import { jana, sendUsual } from '../../requests/people.ts';
import { deliveriesOf, type MoodyService, startMoodyService } from './moody-service.ts';
import type { MoodySink } from './moody-sink.ts';

let service: TestService;
let sink: MoodySink;
let world: World;
let end: MoodyService['end'];
let buyer: Client;
let request: Request;

beforeEach(async () => {
  ({ service, sink, world, end } = await startMoodyService());
  buyer = service.visitor();
});
afterEach(() => end());

const rows = () => deliveriesOf(service);
const to = async (address: string) => (await rows()).find((row) => row.toEmail === address)!;
const endedAs = (status: string) => async () => (await rows()).filter((row) => row.status === status).length;

const eventually = <T>(what: () => Promise<T>) => expect.poll(what, { timeout: 40_000, interval: 100 });

/** Runs the jobs as the service does, each on its own. */
const work = () => service.ctx.jobs.work();

/** Makes waiting retries due now, once there are some: a job waits a moment later than its mail says that it failed. */
const skipPauses = () =>
  eventually(
    () => service.ctx.sql`update pgboss.job set start_after = now() where state = 'retry' returning id`,
  ).not.toHaveLength(0);

describe('delivering mails', () => {
  test('each recipient gets one mail of their own, once', async () => {
    request = await sendUsual(buyer, world);
    await work();
    await eventually(endedAs('sent')).toBe(8);
    expect(sink.received.map(({ recipients }) => recipients)).toHaveLength(8);
    expect(sink.received.every(({ recipients }) => recipients.length === 1)).toBe(true);
    const copies = Map.groupBy(sink.received, ({ recipients }) => recipients[0]);
    expect([...copies.values()].every((own) => own.length === 1)).toBe(true);
  });

  test('an address that the server refuses for good is shown as bounced, and delays no other mail', async () => {
    sink.answerTo(world.mail.sever, 550);
    sink.answerData(world.mail.katrin, 554);
    request = await sendUsual(buyer, world);
    await work();
    await eventually(endedAs('sent')).toBe(6);
    expect(await to(world.mail.sever)).toMatchObject({ status: 'bounced', attempts: 1, lastError: /^550/ });
    expect(await to(world.mail.katrin)).toMatchObject({ status: 'bounced', lastError: /^554/ });
    const seen = (await buyer.get<Request>(`/api/requests/${request.id}`)).body.enquiries;
    const states = seen.flatMap((enquiry) =>
      enquiry.deliveries.map(({ name, status }) => `${name}: ${status}`),
    );
    expect(states).toContain('Elektro Sever: bounced');
    expect(states).toContain('Milan Petrović: sent');
  });

  test('a temporary refusal is retried, and delays no other mail', async () => {
    sink.answerTo(world.mail.milan, 451);
    request = await sendUsual(buyer, world);
    await work();
    await eventually(endedAs('sent')).toBe(7);
    await eventually(async () => (await to(world.mail.milan)).attempts).toBe(1);
    expect(await to(world.mail.milan)).toMatchObject({
      status: 'queued',
      lastError: expect.stringContaining('451') as string,
    });

    sink.answerTo(world.mail.milan, 250);
    await skipPauses();
    await eventually(endedAs('sent')).toBe(8);
    expect(await to(world.mail.milan)).toMatchObject({ attempts: 2, lastError: null });
  });

  test('a refusal of the sender bounces no mail', async () => {
    sink.answerSender(530);
    request = await sendUsual(buyer, world);
    await work();
    await eventually(async () => (await rows()).every(({ attempts }) => attempts === 1)).toBe(true);
    expect(await endedAs('queued')()).toBe(8);
  });

  test('a mail whose acknowledgement is lost is sent again unchanged', async () => {
    sink.loseAfterData(world.mail.brandt);
    request = await sendUsual(buyer, world);
    await work();
    await eventually(endedAs('sent')).toBe(7);
    await eventually(async () => (await to(world.mail.brandt)).attempts).toBe(1);
    service.clock.advance(3_600_000);
    sink.keepConnections();
    await skipPauses();
    await eventually(endedAs('sent')).toBe(8);

    const copies = sink.received.filter(({ recipients }) => recipients[0] === world.mail.brandt);
    expect(copies.length).toBeGreaterThan(1);
    for (const of of ['messageId', 'date', 'subject', 'text', 'html'] as const) {
      expect(new Set(copies.map((copy) => copy[of])).size, of).toBe(1);
    }
  });
});

describe('giving a mail up', () => {
  test('a mail fails after 20 attempts within at least five days, and not before', async () => {
    request = await sendUsual(buyer, world, [{ product: 'motor', quantity: 1, ask: ['motorSever'] }]);
    sink.answerTo(world.mail.ivana, 451);
    const { id } = await to(world.mail.ivana);
    await service.ctx.db.update(deliveries).set({ attempts: 18 }).where(eq(deliveries.id, id));
    service.clock.advance(5 * 86_400_000);
    await work();
    await eventually(async () => (await to(world.mail.ivana)).attempts).toBe(19);
    expect((await to(world.mail.ivana)).status).toBe('queued');

    await skipPauses();
    await eventually(endedAs('failed')).toBe(1);
    expect(await to(world.mail.ivana)).toMatchObject({
      attempts: 20,
      lastError: expect.stringContaining('451') as string,
    });
  });
});

describe('a job that runs again', () => {
  test('a repeated job does not send a mail that was sent', async () => {
    request = await sendUsual(buyer, world, [{ product: 'motor', quantity: 1 }]);
    await service.drain();
    const before = sink.received.length;
    const { id } = await to(jana.email);
    await service.ctx.jobs.enqueue(service.ctx.db, sendDelivery, [{ deliveryId: id }]);
    await service.drain();
    expect(sink.received).toHaveLength(before);
  });
});
