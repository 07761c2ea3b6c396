import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '#server/platform/config.ts';
import { hasLiveWorker } from '#server/platform/workers.ts';
import { start, startBeside, type TestService } from '../../harness.ts';

let service: TestService;

beforeEach(async () => {
  service = await start({ leaveJobs: true });
  await service.ctx.sql`delete from workers`;
});
afterEach(() => service.end());

test('a process that runs jobs counts as a living worker until it stops', async () => {
  const { db } = service.ctx;
  const worker = await startBeside(service);
  expect(await hasLiveWorker(db)).toBe(false);
  await worker.ctx.jobs.work();
  expect(await hasLiveWorker(db)).toBe(true);
  await worker.end();
  expect(await hasLiveWorker(db)).toBe(false);
});

test('a worker that renews its lease no longer does not count once it has ended', async () => {
  const { db, sql } = service.ctx;
  await service.ctx.jobs.work();
  expect(await hasLiveWorker(db)).toBe(true);
  await sql`update workers set alive_until = now() - interval '1 second'`;
  expect(await hasLiveWorker(db)).toBe(false);
});

test('a worker stops although the end of its lease is not stored', async () => {
  const worker = await startBeside(service);
  await worker.ctx.jobs.work();
  await service.ctx.sql.begin(async (tx) => {
    await tx`select from workers for update`;
    // Would wait for the lock until the process is forced to end.
    await worker.ctx.jobs.stop();
  });
  await worker.end();
  expect(await hasLiveWorker(service.ctx.db)).toBe(false);
});

test('the queues have the configured lease, also those that an earlier process made with another', async () => {
  const leases = () => service.ctx.sql`select distinct heartbeat_seconds as seconds from pgboss.queue
    where name not like '\\_\\_pgboss%'`;
  expect(await leases()).toEqual([{ seconds: 30 }]);
  const configured = (seconds: string) => readConfig({ JOB_LEASE_SECONDS: seconds }, 'demo').jobLeaseSeconds;
  const config = { ...service.config, jobLeaseSeconds: configured('10') };
  await (await startBeside({ ...service, config })).end();
  expect(await leases()).toEqual([{ seconds: 10 }]);
  expect(() => configured('9')).toThrow('JOB_LEASE_SECONDS must be at least 10');
});
