import { PgBoss } from 'pg-boss';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PutBack } from '#server/platform/job-runs.ts';
import { defineJob, handleTogether, startJobs } from '#server/platform/jobs.ts';
import { mailingJobs } from '#server/platform/mailing/deliver.ts';
import { createPlaces } from '#server/platform/mailing/places.ts';
import { sendDelivery } from '#server/platform/mailing/queue.ts';
import { lift } from '#server/platform/mailing/suppressions.ts';
import { requestMails } from '#server/requests/mails/templates.ts';
import type { TestService } from '../../../harness.ts';
import type { World } from '../../../world.ts';
import { sendUsual } from '../../requests/people.ts';
import { deliveriesOf, type MoodyService, startMoodyService } from './moody-service.ts';
import type { MoodySink } from './moody-sink.ts';

let service: TestService;
let sink: MoodySink;
let world: World;
let end: MoodyService['end'];

beforeEach(async () => {
  ({ service, sink, world, end } = await startMoodyService());
});
afterEach(() => end());

const rows = () => deliveriesOf(service);

const { signal } = new AbortController();
const handlerOfMails = () =>
  mailingJobs(service.ctx, requestMails).find(({ job }) => job.name === sendDelivery.name)!;

/** Runs the jobs of all queued mails as one batch. Returns what each failed with. */
async function sendAll(isOurs = true): Promise<unknown[]> {
  const handler = handlerOfMails();
  const run = { signal, ending: signal, isOurs: () => Promise.resolve(isOurs) };
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

test('an address that is refused for good gets no mail that another batch had read before, until it is allowed', async () => {
  const { sever } = world.mail;
  for (let times = 0; times < 3; times += 1) await sendUsual(service.visitor(), world);
  const own = (await rows()).filter(({ toEmail }) => toEmail === sever);
  const [first, second, third] = own.map(({ id }) => ({ deliveryId: id }));
  const statusOf = async (one = first) => (await rows()).find(({ id }) => id === one?.deliveryId)?.status;
  const handler = handlerOfMails();
  const send = (payload: object, isOurs = () => Promise.resolve(true)) =>
    handler.runTogether!([{ payload, run: { signal, ending: signal, isOurs } }], () => {})[0];
  const [read, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];

  const later = send(second!, async () => {
    read.resolve();
    await goOn.promise;
    return true;
  });
  await read.promise;
  sink.answerTo(sever, 550);
  await send(first!);
  sink.answerTo(sever, 250);
  goOn.resolve();
  await later;
  expect(await statusOf(first)).toBe('bounced');
  expect(await statusOf(second)).toBe('suppressed');

  await lift(service.ctx.db, sever);
  await send(third!);
  expect(await statusOf(third)).toBe('sent');
});

test('answers that no database can store, refusals and deferrals, make no other mail go out twice', async () => {
  const { sever, katrin, milan } = world.mail;
  await sendUsual(service.visitor(), world);
  // After the code, the last of the 500 characters kept is half an emoji.
  sink.answerTo(sever, 550, `\0${'x'.repeat(494)}😀`);
  sink.answerTo(katrin, 550, 'no such\0 person');
  sink.answerTo(milan, 451, 'busy\0');
  await service.ctx.jobs.work();
  await expect
    .poll(async () => (await rows()).filter(({ status }) => status === 'sent').length, { timeout: 40_000 })
    .toBe(5);
  await expect.poll(async () => (await rows()).map(({ attempts }) => attempts)).toEqual(Array(8).fill(1));
  const errorTo = async (address: string) =>
    (await rows()).find(({ toEmail }) => toEmail === address)?.lastError;
  const ended = Map.groupBy(await rows(), ({ status }) => status);
  expect(ended.get('bounced')?.map(({ toEmail }) => toEmail)).toEqual(
    expect.arrayContaining([sever, katrin]),
  );
  expect(await errorTo(sever)).toMatch(/^550-x{494}\uFFFD$/);
  expect(await errorTo(katrin)).toContain('550-no such person');
  expect(await errorTo(milan)).toContain('451-busy');
  // The deferred one's job is put back with what failed.
  await expect
    .poll(() => service.ctx.sql`select from pgboss.job where name = ${sendDelivery.name} and state = 'retry'`)
    .toHaveLength(1);
  expect(sink.received).toHaveLength(5);
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

test('mails that wait for a place while their worker ends are put back, and what is being sent goes on', async () => {
  const places = createPlaces({ atOnce: 1, slowAfterSeconds: 60, mostSlow: 1 });
  const ending = new AbortController();
  const [sending, done] = [Promise.withResolvers<void>(), vi.fn()];
  const first = places(() => sending.promise, ending.signal).then(done);
  const second = places(() => Promise.resolve(), ending.signal);
  const other = places(() => Promise.resolve('of another worker'));
  ending.abort(new PutBack());
  await expect(second).rejects.toBeInstanceOf(PutBack);
  await expect(places(() => Promise.resolve(), ending.signal)).rejects.toBeInstanceOf(PutBack);
  expect(done).not.toHaveBeenCalled();
  sending.resolve();
  await first;
  expect(await other).toBe('of another worker');
});

test('a job that has not begun when its process stops is put back, without a word in the log', async () => {
  const { db, log } = service.ctx;
  const together = defineJob<Record<string, never>>('together', { together: 2 });
  const begun = Promise.withResolvers<void>();
  const warnings: unknown[][] = [];
  const warn = (...given: unknown[]) => void warnings.push(given);
  const handler = handleTogether(together, (claimed) => {
    begun.resolve();
    return claimed.map(
      ({ run }) =>
        new Promise((_resolve, reject) =>
          run.ending.addEventListener('abort', () => reject(run.ending.reason as Error)),
        ),
    );
  });
  const own = Object.assign(Object.create(log) as typeof log, { warn, error: warn });
  const jobs = await startJobs(service.config.databaseUrl, [handler], own);
  await jobs.enqueue(db, together, [{}]);
  await jobs.work();
  await begun.promise;
  await jobs.stop();
  expect(warnings).toEqual([]);
  expect(await service.ctx.sql`select state from pgboss.job where name = ${together.name}`).toEqual([
    { state: 'retry' },
  ]);
});

test('a batch that ends while its process stops is stored, opens no lane, and logs nothing', async () => {
  const { db, log } = service.ctx;
  const together = defineJob<Record<string, never>>('together', { together: 2 });
  const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const warnings: unknown[][] = [];
  const warn = (...given: unknown[]) => void warnings.push(given);
  const handler = handleTogether(together, (claimed, hasRoom) => {
    begun.resolve();
    void end.promise.then(hasRoom);
    return claimed.map(() => end.promise);
  });
  const own = Object.assign(Object.create(log) as typeof log, { warn, error: warn });
  const jobs = await startJobs(service.config.databaseUrl, [handler], own);
  await jobs.enqueue(db, together, [{}]);
  const work = vi.spyOn(PgBoss.prototype, 'work');
  await jobs.work();
  await begun.promise;
  const [boss] = work.mock.contexts as PgBoss[];
  work.mockRestore();
  const stopped = jobs.stop();
  await expect.poll(() => boss?.getWipData().map(({ state }) => state)).toEqual(['stopping']);
  end.resolve();
  await stopped;
  expect(warnings).toEqual([]);
  expect(await service.ctx.sql`select state from pgboss.job where name = ${together.name}`).toEqual([
    { state: 'completed' },
  ]);
});
