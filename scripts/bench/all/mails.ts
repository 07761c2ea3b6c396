import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '#db/client.ts';
import type { BenchCatalog } from '../catalog.ts';
import { cpuSeconds } from '../journey/cpu.ts';
import { worksOn } from '../journey/work.ts';
import { startMeasured } from '../measured-service.ts';
import type { Result } from '../measure.ts';
import { startProcess } from '../presence/targets.ts';

/** Enough for what a worker does at its start to count for little. */
const requests = 600;

/** Measures how many mails a second a worker sends that waits behind, and how many nodemailer's pool alone sends. */
export async function measureMails(catalog: BenchCatalog): Promise<{ ours: Result; floor: Result }> {
  const sink = await startProcess('../all/mail-sink.ts', []);
  const smtpUrl = `smtp://127.0.0.1:${sink.port}`;
  await forgetJobs(catalog);
  const service = await startMeasured(catalog.url);
  const send = worksOn(
    service.base,
    catalog.products.map(({ id }) => id),
  )['new, 3 lines, send'];
  for (let number = 0; number < requests; number += 1) await send?.();
  await service.stop();

  const postgresBefore = cpuSeconds(catalog.pid);
  const worker = await startMeasured(catalog.url, { SMTP_URL: smtpUrl }, ['jobs']);
  const before = await worker.memory();
  await untilSent(catalog);
  const after = await worker.memory();
  const ours = await sink.ask<Sunk>('count');
  const postgresMs = ((cpuSeconds(catalog.pid) - postgresBefore) * 1_000) / ours.count;
  await worker.stop();

  const size = String(Math.round(ours.bytes / ours.count));
  const bare = await startProcess('../all/bare-mails.ts', [String(sink.port), String(ours.count), size]);
  const bareBefore = await bare.memory();
  await bare.ask('send');
  const bareAfter = await bare.memory();
  const sunk = await sink.ask<Sunk>('count');
  await Promise.all([bare.stop(), sink.stop()]);
  return {
    ours: {
      perSecond: ours.count / ours.seconds,
      processMs: (after.cpu - before.cpu) / 1_000 / ours.count,
      postgresMs,
      rssMb: after.rss / 1024 / 1024,
    },
    floor: {
      perSecond: sunk.count / sunk.seconds,
      processMs: (bareAfter.cpu - bareBefore.cpu) / 1_000 / sunk.count,
      postgresMs: 0,
      rssMb: bareAfter.rss / 1024 / 1024,
    },
  };
}

interface Sunk {
  count: number;
  bytes: number;
  seconds: number;
}

/** Deletes the jobs that an earlier measurement left. */
async function forgetJobs({ url }: BenchCatalog): Promise<void> {
  const connection = connect(url);
  const { sql } = connection;
  const [exists] = await sql`select from pg_tables where schemaname = 'pgboss' and tablename = 'job'`;
  if (exists) await sql`delete from pgboss.job`;
  await sql`update deliveries set status = 'bounced' where status = 'queued'`;
  await connection.close();
}

async function untilSent({ url }: BenchCatalog): Promise<void> {
  const connection = connect(url);
  const { sql } = connection;
  for (let left = 1; left > 0;) {
    await pause(250);
    const [row] = await sql<
      { left: number }[]
    >`select count(*)::int as left from deliveries where status = 'queued'`;
    left = row?.left ?? 0;
  }
  await connection.close();
}
