import { afterEach, beforeEach, expect, test } from 'vitest';
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
