import { sql } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import { type Db, isMigrated } from '#db/client.ts';
import type { Config } from './config.ts';
import { refuse } from './errors.ts';
import type { App } from './http.ts';

/** /livez: the process. /readyz: the database answers and is migrated. /metrics: Prometheus text, not for everyone. */
export function health(app: App, { config, db }: { config: Config; db: Db }): void {
  app.get('/livez', { schema: { hide: true } }, () => ({ status: 'ok' }));

  app.get('/readyz', { schema: { hide: true } }, async () => {
    const ready = await isMigrated(db).catch(() => false);
    if (!ready) throw refuse('unavailable');
    return { status: 'ok' };
  });

  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!maySeeMetrics(request, config.metricsToken)) throw refuse('not_found');
    reply.type('text/plain; version=0.0.4');
    return metrics(db);
  });
}

const forwardedHeaders = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

function maySeeMetrics(request: FastifyRequest, token: string | undefined): boolean {
  if (token) return request.headers.authorization === `Bearer ${token}`;
  return (
    ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip) &&
    !forwardedHeaders.some((name) => name in request.headers)
  );
}

async function metrics(db: Db): Promise<string> {
  const deliveries = await db.execute<{ status: string; count: number }>(
    sql`select status, count(*)::int as count from deliveries group by status`,
  );
  const jobs = await db.execute<{ state: string; count: number }>(
    sql`select state::text, count(*)::int as count from pgboss.job group by state`,
  );
  const lines = [
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    '# TYPE process_uptime_seconds gauge',
    `process_uptime_seconds ${process.uptime().toFixed(1)}`,
    '# TYPE quoteline_deliveries gauge',
    ...deliveries.map((row) => `quoteline_deliveries{status="${row.status}"} ${row.count}`),
    '# TYPE quoteline_jobs gauge',
    ...jobs.map((row) => `quoteline_jobs{state="${row.state}"} ${row.count}`),
  ];
  return `${lines.join('\n')}\n`;
}
