import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliveries } from '#db/tables/deliveries.ts';
import { mailingJobs } from '#server/platform/mailing/deliver.ts';
import { createPlaces } from '#server/platform/mailing/places.ts';
import { sendDelivery } from '#server/platform/mailing/queue.ts';
import { requestMails } from '#server/requests/mails/templates.ts';
import { start, type TestService } from '../../../harness.ts';
import { createWorld, type World } from '../../../world.ts';
import { sendUsual } from '../../requests/people.ts';
import { type MoodySink, startMoodySink } from './moody-sink.ts';

let service: TestService;
let sink: MoodySink;
let world: World;

beforeEach(async () => {
  sink = await startMoodySink();
  service = await start({ env: { SMTP_URL: `smtp://127.0.0.1:${sink.port}` }, leaveJobs: true });
  world = await createWorld(service.ctx.db);
});
afterEach(async () => {
  await service.end();
  await sink.close();
});

const rows = () => service.ctx.db.select().from(deliveries).orderBy(deliveries.id);

/** Runs the jobs of all queued mails as one batch. Returns what each failed with. */
async function sendAll(isOurs = true): Promise<unknown[]> {
  const handler = mailingJobs(service.ctx, requestMails).find(({ job }) => job.name === sendDelivery.name)!;
  const { signal } = new AbortController();
  const run = { signal, isOurs: () => Promise.resolve(isOurs) };
  const claimed = (await rows()).map(({ id }) => ({ payload: { deliveryId: id }, run }));
  const ends = await Promise.allSettled(handler.runTogether!(claimed, () => {}));
  return ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
}

test('the mails of a batch are read by as many statements as those of one request', async () => {
  await sendUsual(service.visitor(), world);
  const ofOne = await service.countStatements(() => sendAll(false));
  for (let times = 0; times < 3; times += 1) await sendUsual(service.visitor(), world);
  // The statement that lists them is counted too.
  expect(await service.countStatements(() => sendAll(false))).toBe(ofOne);
  expect(ofOne).toBeLessThanOrEqual(8);
});

test('a mail of a batch that can’t be written fails alone', async () => {
  await sendUsual(service.visitor(), world);
  const [lost] = await rows();
  await service.ctx.sql`update deliveries set kind = 'nothing' where id = ${lost!.id}`;
  const failures = await sendAll();
  expect(failures.map(String)).toEqual([expect.stringContaining('no template for mails of kind nothing')]);
  expect((await rows()).map(({ status }) => status).toSorted()).toEqual([
    'queued',
    ...Array.from({ length: 7 }, () => 'sent'),
  ]);
});

test('an address that is refused for good in a batch gets no other mail of that batch', async () => {
  for (let times = 0; times < 3; times += 1) await sendUsual(service.visitor(), world);
  sink.answerTo(world.mail.sever, 550);
  expect(await sendAll()).toEqual([]);
  const ofSever = (await rows()).filter(({ toEmail }) => toEmail === world.mail.sever);
  expect(ofSever.length).toBeGreaterThan(1);
  expect(ofSever.map(({ status }) => status)).not.toContain('sent');
  expect((await rows()).filter(({ status }) => status === 'sent')).toHaveLength(24 - ofSever.length);
});

test('work waits for a place, in its order, and slow work beyond the most allowed is aborted', async () => {
  const places = createPlaces({ atOnce: 1, slowAfterSeconds: 0.05, mostSlow: 1 });
  const begun: string[] = [];
  const untilAborted = (name: string) => (heldUp: AbortSignal) => {
    begun.push(name);
    return new Promise<void>((_, reject) => {
      heldUp.addEventListener('abort', () => reject(heldUp.reason as Error));
    });
  };
  const slow = Promise.withResolvers<void>();
  const first = places(() => {
    begun.push('slow');
    return slow.promise;
  });
  const second = places(untilAborted('too slow'));
  const third = places(() => Promise.resolve(begun.push('quick')));
  expect(begun).toEqual(['slow']);
  await expect(second).rejects.toThrow('too many mails are slow');
  await third;
  expect(begun).toEqual(['slow', 'too slow', 'quick']);
  slow.resolve();
  await first;
});
