import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createBackupAlarm } from '#server/platform/backup/alarm.ts';
import { backUpBase, backupJobs } from '#server/platform/backup/jobs.ts';
import { start, stillClock, type TestService } from '../../harness.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dir = mkdtempSync(join(tmpdir(), 'quoteline-vault-'));
let service: TestService;
let now: number;

beforeAll(async () => {
  const env = { BACKUP_DIR: dir, BACKUP_KEY: randomBytes(32).toString('hex'), BACKUP_EVERY: '6h' };
  service = await start({ env, clock: stillClock() });
});
afterAll(async () => {
  await service.end();
  rmSync(dir, { recursive: true });
});
beforeEach(async () => {
  now = service.clock.now().getTime();
  await service.ctx.sql`delete from backup_progress`;
});

async function backedUp(ages: { base: number; log: number }): Promise<void> {
  for (const [part, age] of Object.entries(ages)) {
    const at = new Date(now - age);
    await service.ctx.sql`insert into backup_progress values (${part}, ${at}, ${at})
      on conflict (part) do update set done_at = excluded.done_at`;
  }
}

/** An alarm whose lines are kept. */
function listen() {
  const lines: Record<string, unknown>[] = [];
  const log = { ...service.ctx.log, error: (line: object, text: string) => lines.push({ ...line, text }) };
  const check = createBackupAlarm({ ...service.ctx, clock: service.clock, log: log as never });
  return { lines, check };
}

async function figures(): Promise<string[]> {
  const response = await fetch(`${service.url}/metrics`);
  return (await response.text()).split('\n').filter((line) => line.startsWith('quoteline_backup_'));
}

test('a missed backup is logged with its last time, and again after ten minutes, until there is a new one', async () => {
  await backedUp({ base: 13 * hourMs, log: 6 * minuteMs });
  const { lines, check } = listen();
  await check();
  expect(lines).toEqual([
    { backup: 'base', last: new Date(now - 13 * hourMs).toISOString(), failure: null, text: 'backup missed' },
    { backup: 'log', last: new Date(now - 6 * minuteMs).toISOString(), failure: null, text: 'backup missed' },
  ]);
  service.clock.advance(5 * minuteMs);
  await check();
  expect(lines).toHaveLength(2);
  service.clock.advance(5 * minuteMs);
  await check();
  expect(lines).toHaveLength(4);
  now = service.clock.now().getTime();
  await backedUp({ base: 0, log: 0 });
  service.clock.advance(2 * minuteMs);
  await check();
  expect(lines).toHaveLength(4);
});

test('a new installation has the time that its first backup takes', async () => {
  const { lines, check } = listen();
  service.clock.advance(4 * minuteMs);
  await check();
  expect(lines).toEqual([]);
  service.clock.advance(2 * minuteMs);
  await check();
  expect(lines.map(({ backup, last }) => [backup, last])).toEqual([['log', null]]);
});

test('the metrics have the age of each part and whether it was missed, and the service stays ready', async () => {
  expect(await figures()).toContain('quoteline_backup_age_seconds{part="base"} +Inf');
  await backedUp({ base: 3 * hourMs, log: 7 * minuteMs });
  expect(await figures()).toEqual([
    'quoteline_backup_age_seconds{part="base"} 10800',
    'quoteline_backup_age_seconds{part="log"} 420',
    'quoteline_backup_missed{part="base"} 0',
    'quoteline_backup_missed{part="log"} 1',
  ]);
  expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
});

test('a backup that fails says why in the log and in the next alarm', async () => {
  const said: unknown[] = [];
  const log = { ...service.ctx.log, error: (line: object) => said.push(line) };
  const job = backupJobs({ config: service.config, log: log as never }, []).find(
    (one) => one.job.name === backUpBase.name,
  );
  // The tests' server has no log that could be copied.
  await expect(job!.run({})).rejects.toThrow('wal_level');
  expect(said).toEqual([expect.objectContaining({ backup: 'base' })]);
  const { lines, check } = listen();
  service.clock.advance(13 * hourMs);
  await check();
  expect(lines[0]).toMatchObject({ backup: 'base', failure: expect.stringContaining('wal_level') });
});
