import { timingSafeEqual } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import { type Db, isMigrated } from '#db/client.ts';
import { retryAfterSeconds } from '#server/common/unavailable.ts';
import { backupStates, limitSeconds } from './backup/alarm.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Drain } from './drain.ts';
import { refuse } from './errors.ts';
import type { App } from './http.ts';
import type { SecurityLog } from './security.ts';
import { sha256 } from './tokens.ts';

/**
 * Registers /livez (the process), /readyz (the database answers, is migrated, and the process isn't about to end),
 * /metrics (Prometheus, restricted).
 */
export function health(
  app: App,
  { config, db, clock, security }: { config: Config; db: Db; clock: Clock; security: SecurityLog },
  drain: Pick<Drain, 'hasBegun'>,
): void {
  app.get('/livez', { schema: { hide: true } }, () => ({ status: 'ok' }));

  app.get('/readyz', { schema: { hide: true } }, async () => {
    const ready = !drain.hasBegun() && (await isMigrated(db).catch(() => false));
    if (!ready) throw refuse('unavailable', { retryAfterSeconds });
    return { status: 'ok' };
  });

  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!maySeeMetrics(request, config.metricsToken)) throw refuse('not_found');
    reply.type('text/plain; version=0.0.4');
    const now = clock.now();
    const backups = await backupLines(db, config.backup, now);
    return [await metrics(db, now), ...backups, ...securityLines(security)].join('');
  });
}

/** Headers that proxies add. */
const forwarding =
  /^(?:x-forwarded(?:-.*)?|forwarded|via|x-(?:real|client|cluster-client|original)-.*|(?:cf|true|fastly|fly)-.*)$/;
const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;
const loopbackAddresses = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

/**
 * Allows only loopback clients if there is no token. A local proxy is recognised by the public Host or its own header;
 * one that passes on neither needs a token.
 */
function maySeeMetrics({ headers, socket }: FastifyRequest, token: string | undefined): boolean {
  if (token) return timingSafeEqual(sha256(headers.authorization ?? ''), sha256(`Bearer ${token}`));
  return (
    loopbackAddresses.includes(socket.remoteAddress ?? '') &&
    loopbackHost.test(headers.host ?? '') &&
    !Object.keys(headers).some((name) => forwarding.test(name))
  );
}

function securityLines(security: SecurityLog): string[] {
  const lines = [...security.counts()].map(
    ([event, count]) => `quoteline_security_events_total{kind="${event}"} ${count}\n`,
  );
  return ['# TYPE quoteline_security_events_total counter\n', ...lines];
}

/** Nothing without backups: their absence is a choice. */
async function backupLines(db: Db, backup: Config['backup'], now: Date): Promise<string[]> {
  if (!backup) return [];
  const ages = (await backupStates(db)).map(({ part, doneAt }) => ({
    part,
    age: doneAt ? (now.getTime() - doneAt.getTime()) / 1000 : Infinity,
  }));
  const lines = [
    '# TYPE quoteline_backup_age_seconds gauge',
    ...ages.map(
      ({ part, age }) =>
        `quoteline_backup_age_seconds{part="${part}"} ${age === Infinity ? '+Inf' : age.toFixed(0)}`,
    ),
    '# TYPE quoteline_backup_missed gauge',
    ...ages.map(
      ({ part, age }) =>
        `quoteline_backup_missed{part="${part}"} ${age > limitSeconds(part, backup) ? 1 : 0}`,
    ),
  ];
  return lines.map((line) => `${line}\n`);
}

/** Counts unsent mails only, by a partial index: sent ones grow without bound. */
export const unsentDeliveries = sql`
  select status, count(*)::int as count from deliveries where status <> 'sent' group by status`;

/** Reads pg-boss's own counters, because counting finished jobs scans them all. */
const jobCounts = sql`
  select counted.state, sum(counted.jobs)::int as count from pgboss.queue
  cross join lateral (values ('deferred', deferred_count), ('ready', ready_count),
    ('active', active_count), ('failed', failed_count)) as counted (state, jobs)
  group by counted.state order by counted.state`;

async function metrics(db: Db, now: Date): Promise<string> {
  const deliveries = await db.execute<{ status: string; count: number }>(unsentDeliveries);
  const jobs = await db.execute<{ state: string; count: number }>(jobCounts);
  const closed = await db.execute<{ country: string }>(
    sql`select country from country_closings where until > ${now.toISOString()} order by country`,
  );
  const rates = await db.execute<{ source: string; age: number | null; held: number }>(sql`
    select source, max(age)::int as age, sum(held)::int as held from (
      select source, ${now.toISOString().slice(0, 10)}::date - max(date) as age, 0 as held
      from exchange_rates group by source
      union all
      select source, null, count(distinct date) from held_exchange_rates group by source) as either
    group by source order by source`);
  const lines = [
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    '# TYPE process_uptime_seconds gauge',
    `process_uptime_seconds ${process.uptime().toFixed(1)}`,
    '# TYPE quoteline_deliveries gauge',
    ...deliveries.map((row) => `quoteline_deliveries{status="${row.status}"} ${row.count}`),
    '# TYPE quoteline_jobs gauge',
    ...jobs.map((row) => `quoteline_jobs{state="${row.state}"} ${row.count}`),
    '# TYPE quoteline_country_closed gauge',
    ...closed.map((row) => `quoteline_country_closed{country="${row.country}"} 1`),
    '# TYPE quoteline_exchange_rates_age_days gauge',
    ...rates
      .filter(({ age }) => age !== null)
      .map((row) => `quoteline_exchange_rates_age_days{source="${labelText(row.source)}"} ${row.age}`),
    '# TYPE quoteline_exchange_rates_held_days gauge',
    ...rates.map(
      (row) => `quoteline_exchange_rates_held_days{source="${labelText(row.source)}"} ${row.held}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** Escapes a label's value (Prometheus text format). */
const labelText = (text: string): string =>
  text.replace(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`));
