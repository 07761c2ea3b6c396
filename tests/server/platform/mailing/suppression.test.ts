import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliveries } from '#db/tables/deliveries.ts';
import { isSuppressed, lift, listSuppressions } from '#server/platform/mailing/suppressions.ts';
import type { Request } from '#server/requests/schema.ts';
import type { Client, TestService } from '../../../harness.ts';
import { startWithWorld, type World } from '../../../world.ts';
import { sendUsual } from '../../requests/people.ts';
import { type MoodySink, startMoodySink } from './moody-sink.ts';

let service: TestService;
let sink: MoodySink;
let world: World;
let buyer: Client;

beforeEach(async () => {
  sink = await startMoodySink();
  ({ service, world } = await startWithWorld({ env: { SMTP_URL: `smtp://127.0.0.1:${sink.port}` } }));
  buyer = service.visitor();
});
afterEach(async () => {
  await service.end();
  await sink.close();
});

const copiesTo = (address: string) =>
  sink.received.filter(({ recipients }) => recipients.includes(address)).length;
async function sendAgain(): Promise<Request> {
  const { id } = await sendUsual(buyer, world);
  await service.drain();
  return (await buyer.get<Request>(`/api/requests/${id}`)).body;
}
const statesOf = (request: Request, name: string) =>
  request.enquiries.flatMap((enquiry) =>
    enquiry.deliveries.filter((one) => one.name === name).map(({ status }) => status),
  );

test('an address that was refused for good gets no mail of a later request until an operator allows it', async () => {
  const { db } = service.ctx;
  sink.answerTo(world.mail.sever, 550);
  expect(statesOf(await sendAgain(), 'Elektro Sever')).toEqual(['bounced']);
  expect(await listSuppressions(db, 10)).toMatchObject([{ email: world.mail.sever, answer: /^550/ }]);

  sink.answerTo(world.mail.sever, 250);
  expect(statesOf(await sendAgain(), 'Elektro Sever')).toEqual(['suppressed']);
  expect(copiesTo(world.mail.sever)).toBe(0);
  const [unsent] = (await db.select().from(deliveries)).filter(({ status }) => status === 'suppressed');
  expect(unsent).toMatchObject({ toEmail: world.mail.sever, attempts: 0, lastError: null });

  expect(await lift(db, world.mail.sever.toUpperCase())).toBe(true);
  expect(statesOf(await sendAgain(), 'Elektro Sever')).toEqual(['sent']);
  expect(copiesTo(world.mail.sever)).toBe(1);
  expect(await lift(db, world.mail.sever)).toBe(false);
});

test('a refused body, or a refusal of us, suppresses no address', async () => {
  sink.answerData(world.mail.sever, 554);
  sink.answerTo(world.mail.katrin, 530);
  await sendAgain();
  expect(await isSuppressed(service.ctx.db, world.mail.sever)).toBe(false);
  expect(await isSuppressed(service.ctx.db, world.mail.katrin)).toBe(false);
});

test('an enquiry of which no mail arrived says so to its buyer, and the others don’t', async () => {
  const own = Object.values(world.mail).filter((address) => address.endsWith('@sever.example'));
  for (const address of own) sink.answerTo(address, 550);
  const [first, second] = [await sendAgain(), await sendAgain()];
  for (const request of [first, second]) {
    const byVendor = new Map(request.enquiries.map(({ vendor, status }) => [vendor.name, status]));
    expect(byVendor.get('Elektro Sever')).toBe('undelivered');
    expect([...byVendor.values()].filter((status) => status === 'sent')).toHaveLength(byVendor.size - 1);
    expect(request.status).toBe('sent');
  }
});

test('an enquiry of which one mail arrived is shown as sent', async () => {
  sink.answerTo(world.mail.sever, 550);
  const request = await sendAgain();
  expect(request.enquiries.map(({ status }) => status)).not.toContain('undelivered');
});
