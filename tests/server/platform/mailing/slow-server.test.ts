import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deliveries } from '#db/tables/deliveries.ts';
import type { Run } from '#server/platform/job-runs.ts';
import { defineJob, startJobs } from '#server/platform/jobs.ts';
import { createMailer, type Mail } from '#server/platform/mail.ts';
import { mailingJobs } from '#server/platform/mailing/deliver.ts';
import { placeLimits } from '#server/platform/mailing/places.ts';
import { sendDelivery } from '#server/platform/mailing/queue.ts';
import { requestMails } from '#server/requests/mails/templates.ts';
import { startBeside, type TestService } from '../../../harness.ts';
import type { World } from '../../../world.ts';
import { jana, sendUsual } from '../../requests/people.ts';
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
const sent = async () => (await rows()).filter(({ status }) => status === 'sent').length;
const eventually = <T>(what: () => Promise<T> | T) => expect.poll(what, { timeout: 60_000, interval: 100 });
/** Returns the seconds until each waiting mail is tried again. */
async function pauses(): Promise<number[]> {
  const found = await service.ctx.sql<{ seconds: number }[]>`
    select extract(epoch from start_after - now())::int as seconds from pgboss.job
    where name = ${sendDelivery.name} and state = 'retry'`;
  return found.map(({ seconds }) => seconds);
}

describe('a mail server whose answers drip in', () => {
  test('slow recipients hold up nobody else’s mails, though there are more of them than places', async () => {
    const { sever, katrin, milan, ivana, brandt } = world.mail;
    for (const address of [sever, katrin, milan, ivana, brandt]) sink.dripTo(address);
    for (let times = 0; times < 4; times += 1) await sendUsual(service.visitor(), world);
    const slow = 20;
    expect(slow).toBeGreaterThan(placeLimits(service.config.smtpConnections).atOnce);
    await service.ctx.jobs.work();
    await eventually(() => sink.dripping()).toBe(slow);
    await eventually(sent).toBe(12);
    expect(sink.dripping()).toBe(slow);

    sink.stopDripping();
    await eventually(sent).toBe(32);
    expect(sink.received).toHaveLength(32);
  });

  test('a batch whose mails are slow lets a later one go out', async () => {
    sink.dripTo(jana.email);
    await sendUsual(service.visitor(), world);
    await service.ctx.jobs.work();
    await eventually(() => sink.dripping()).toBe(1);
    await eventually(sent).toBe(7);
    await sendUsual(service.visitor(), world);
    await eventually(() => sink.dripping()).toBe(2);
    await eventually(sent).toBe(14);
  });

  test('a mail that takes too long is given back for later, its connection closed, and others go out', async () => {
    sink.dripTo('slow@example.org');
    const mailer = createMailer(`smtp://127.0.0.1:${sink.port}`, { longestMs: 1_000 });
    const sending = mailer.send(mailTo('slow@example.org'));
    await eventually(() => sink.dripping()).toBe(1);
    await expect(sending).rejects.toThrow();
    await eventually(() => sink.dripping()).toBe(0);
    expect(await mailer.send(mailTo('quick@example.org'))).toEqual({ sent: true });
    mailer.close();
  });
});

describe('after the mail server was away', () => {
  test('a mail that failed for hours waits five minutes at most', async () => {
    await sendUsual(service.visitor(), world, [{ product: 'motor', quantity: 1 }]);
    await service.ctx.db.update(deliveries).set({ attempts: 40 });
    sink.answerSender(421);
    await service.drain().catch(() => {});
    const [pause] = await pauses();
    expect(pause).toBeGreaterThan(200);
    expect(pause).toBeLessThanOrEqual(300);
  });

  test('a recipient refused for now is asked more seldom each time', async () => {
    await sendUsual(service.visitor(), world, [{ product: 'motor', quantity: 1 }]);
    await service.ctx.db.update(deliveries).set({ deferrals: 9 });
    for (const { toEmail } of await rows()) sink.answerTo(toEmail, 450);
    await service.drain().catch(() => {});
    const [pause] = await pauses();
    expect(pause).toBeGreaterThan(2_000);
    expect((await rows()).filter(({ deferrals }) => deferrals === 10)).toHaveLength(1);
  });

  test('a queue that an earlier release made gets the short pause after a worker’s death', async () => {
    await service.ctx.sql`update pgboss.queue set retry_delay_max = 7200 where name = ${sendDelivery.name}`;
    const next = await startBeside(service);
    const [queue] = await service.ctx.sql`
      select retry_delay_max as longest, retry_limit as most from pgboss.queue where name = ${sendDelivery.name}`;
    expect(queue).toEqual({ longest: 10, most: 5_000 });
    await next.end();
  });
});

describe('a worker that slept', () => {
  const handler = () =>
    mailingJobs(service.ctx, requestMails).find(({ job }) => job.name === sendDelivery.name)!;

  test('a mail whose job another worker has is not begun', async () => {
    await sendUsual(service.visitor(), world, [{ product: 'motor', quantity: 1 }]);
    const own = (await rows()).find(({ toEmail }) => toEmail === jana.email)!;
    const { signal } = new AbortController();
    await handler().run(
      { deliveryId: own.id },
      { signal, ending: signal, isOurs: () => Promise.resolve(false) },
    );
    expect(sink.received).toEqual([]);
    expect((await rows()).every(({ status, attempts }) => status === 'queued' && attempts === 0)).toBe(true);
  });

  test('a job is no longer ours once another worker has taken it over', async () => {
    const { db, log } = service.ctx;
    const sleep = defineJob<Record<string, never>>('sleep');
    const ours: boolean[] = [];
    const run = async (_: object, own?: Run) => {
      ours.push(await own!.isOurs());
      await db.execute(sql`update pgboss.job set retry_count = retry_count + 1 where name = ${sleep.name}`);
      ours.push(await own!.isOurs());
    };
    const jobs = await startJobs(service.config.databaseUrl, [{ job: sleep, run }], log);
    await jobs.enqueue(db, sleep, [{}]);
    await jobs.drain();
    expect(ours).toEqual([true, false]);
    await jobs.stop();
  });
});

function mailTo(address: string): Mail {
  return {
    ...{ from: 'Quoteline <quotes@example.org>', to: { name: 'Somebody', address } },
    ...{ subject: 'Hello', text: 'Hello', html: '<p>Hello</p>', headers: {} },
    ...{ messageId: `<${address}>`, date: new Date() },
  };
}
