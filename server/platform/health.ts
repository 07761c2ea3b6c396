import { timingSafeEqual } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import { type Db, isMigrated } from '#db/client.ts';
import { retryAfterSeconds } from '#server/common/unavailable.ts';
import type { Context } from '#server/context.ts';
import { backupStates, limitSeconds } from './backup/alarm.ts';
import type { Config } from './config.ts';
import type { Drain } from './drain.ts';
import { refuse } from './errors.ts';
import type { Measure } from './feature.ts';
import type { App } from './http.ts';
import { formatMetrics, gauge, type Metric } from './metrics.ts';
import type { Replica } from './replica.ts';
import type { SecurityLog } from './security.ts';
import { sha256 } from './tokens.ts';

/**
 * Registers /livez (the process), /readyz (the database answers, is migrated, and the process isn't about to end),
 * /metrics (Prometheus, restricted).
 */
export function health(
  app: App,
  ctx: Context,
  drain: Pick<Drain, 'hasBegun'>,
  measures: readonly Measure[],
): void {
  app.get('/livez', { schema: { hide: true } }, () => ({ status: 'ok' }));

  app.get('/readyz', { schema: { hide: true } }, async () => {
    const ready = !drain.hasBegun() && (await isMigrated(ctx.db).catch(() => false));
    if (!ready) throw refuse('unavailable', { retryAfterSeconds });
    return { status: 'ok' };
  });

  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!maySeeMetrics(request, ctx.config.metricsToken)) throw refuse('not_found');
    reply.type('text/plain; version=0.0.4');
    const { config, db, clock, security, replica } = ctx;
    const own = await platformMetrics(db);
    const backups = await backupMetrics(db, config.backup, clock.now());
    const ofFeatures = await Promise.all(measures.map((measure) => measure(ctx)));
    const others = [...replicaMetrics(replica), securityMetric(security), ...ofFeatures.flat()];
    return formatMetrics([...own, ...backups, ...others]);
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

function securityMetric(security: SecurityLog): Metric {
  const samples = [...security.counts()].map(([kind, value]) => ({ labels: { kind }, value }));
  return { name: 'quoteline_security_events_total', type: 'counter', samples };
}

function replicaMetrics(replica: Replica | null): Metric[] {
  if (!replica) return [];
  return [
    gauge('quoteline_replica_lag_seconds', replica.lagSeconds()),
    gauge('quoteline_replica_used', replica.isClose() ? 1 : 0),
    { name: 'quoteline_replica_failures_total', type: 'counter', samples: [{ value: replica.failures() }] },
  ];
}

/** Returns nothing without backups: their absence is a choice. */
async function backupMetrics(db: Db, backup: Config['backup'], now: Date): Promise<Metric[]> {
  if (!backup) return [];
  const ages = (await backupStates(db)).map(({ part, doneAt }) => ({
    part,
    age: doneAt ? Math.round((now.getTime() - doneAt.getTime()) / 1000) : Infinity,
  }));
  return [
    {
      name: 'quoteline_backup_age_seconds',
      type: 'gauge',
      samples: ages.map(({ part, age }) => ({ labels: { part }, value: age })),
    },
    {
      name: 'quoteline_backup_missed',
      type: 'gauge',
      samples: ages.map(({ part, age }) => ({
        labels: { part },
        value: age > limitSeconds(part, backup) ? 1 : 0,
      })),
    },
  ];
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

async function platformMetrics(db: Db): Promise<Metric[]> {
  const deliveries = await db.execute<{ status: string; count: number }>(unsentDeliveries);
  const jobs = await db.execute<{ state: string; count: number }>(jobCounts);
  return [
    gauge('process_resident_memory_bytes', process.memoryUsage.rss()),
    gauge('process_uptime_seconds', Math.round(process.uptime())),
    {
      name: 'quoteline_deliveries',
      type: 'gauge',
      samples: deliveries.map(({ status, count }) => ({ labels: { status }, value: count })),
    },
    {
      name: 'quoteline_jobs',
      type: 'gauge',
      samples: jobs.map(({ state, count }) => ({ labels: { state }, value: count })),
    },
  ];
}
