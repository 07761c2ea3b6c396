import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliveries } from '#db/tables/deliveries.ts';
import { start, type TestService, waitingJobs } from '../../../harness.ts';
import { createWorld } from '../../../world.ts';
import { sendUsual } from '../../requests/people.ts';
import { type MoodySink, startMoodySink } from './moody-sink.ts';

// Only saves time: jobs of the dead worker are taken over once their leases have ended.
const shortLease = { JOB_LEASE_SECONDS: '10' };

let service: TestService;
let sink: MoodySink;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  sink = await startMoodySink();
  service = await start({ env: { SMTP_URL: `smtp://127.0.0.1:${sink.port}`, ...shortLease } });
  // The workers use the database's clock.
  service.clock.set(new Date());
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await service.end();
  await sink.close();
});

/** Starts a job worker as production does, as a process on the same database. */
function startWorker(): ChildProcess {
  const { config } = service;
  const worker = spawn(process.execPath, ['scripts/worker.ts'], {
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: config.databaseUrl,
      SMTP_URL: config.smtpUrl,
      MAIL_FROM: config.mailFrom,
      SECRET_KEY: config.secretKey,
      PUBLIC_URL: config.publicUrl,
      ...shortLease,
    },
  });
  workers.push(worker);
  return worker;
}

const statuses = async () => (await service.ctx.db.select().from(deliveries)).map(({ status }) => status);

/** Counts the connections to this test's database. */
async function countConnections(): Promise<number> {
  const [row] = await service.ctx.sql<{ n: number }[]>`
    select count(*)::int as n from pg_stat_activity where datname = current_database()`;
  return row?.n ?? 0;
}

test(
  'a worker killed while the mail server takes mails loses none, and repeats only unconfirmed ones',
  { timeout: 360_000 },
  async () => {
    const world = await createWorld(service.ctx.db);
    await sendUsual(service.visitor(), world);
    sink.stopAcknowledgingAfter(3);

    const first = startWorker();
    await expect.poll(() => sink.unanswered(), { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
    first.kill('SIGKILL');
    await once(first, 'exit');
    await expect.poll(() => sink.isBusy(), { timeout: 60_000 }).toBe(false);
    const taken = sink.received.length;
    const saidSent = (await statuses()).filter((status) => status === 'sent').length;
    expect(taken - saidSent).toBeGreaterThanOrEqual(sink.unanswered());

    sink.acknowledgeAgain();
    const before = await countConnections();
    const second = startWorker();
    await expect.poll(countConnections, { timeout: 60_000 }).toBeGreaterThan(before);
    const workingSince = Date.now();
    await expect
      .poll(statuses, { timeout: 150_000, interval: 500 })
      .toEqual(Array.from({ length: 8 }, () => 'sent'));
    expect(Date.now() - workingSince).toBeLessThan(60_000);
    // Jobs of the dead worker whose mails were known to be sent are taken over too, and do nothing.
    await expect.poll(() => waitingJobs(service), { timeout: 60_000, interval: 500 }).toEqual([]);
    second.kill('SIGTERM');
    await once(second, 'exit');

    const byRecipient = Map.groupBy(sink.received, ({ recipients }) => recipients.join());
    expect(byRecipient.size).toBe(8);
    for (const [recipient, copies] of byRecipient) {
      for (const of of ['messageId', 'date', 'text', 'html'] as const) {
        expect(new Set(copies.map((copy) => copy[of])).size, `${of} to ${recipient}`).toBe(1);
      }
    }
    expect(new Set(sink.received.map(({ messageId }) => messageId)).size).toBe(8);
    // Mails known to be sent are not sent again; the others are, once.
    expect(sink.received.length).toBeLessThanOrEqual(taken + 8 - saidSent);
  },
);
