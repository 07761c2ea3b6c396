import { setImmediate as nextTurn } from 'node:timers/promises';
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { loggedError } from '#server/platform/log.ts';
import type { Config } from '#server/platform/config.ts';
import { formatMetrics, gauge } from '#server/platform/metrics.ts';
import type { Freshness, MemoryIndex } from '../memory/port.ts';
import type { ParsedSearch, ParsedText } from '../rules.ts';
import type { Follower } from './follower.ts';
import { createKeptAnswers } from './kept-answers.ts';

type Ask = (index: MemoryIndex, given: unknown, freshness: Freshness) => unknown;

/** Why the index doesn't answer. */
export type Unready = 'abandoned' | 'behind' | 'building' | 'ending' | 'no_database';

/** Creates the server of an index, which services ask by `remote.ts`. */
export function searchServer(
  logLevel: Config['logLevel'],
  startFollower: (log: FastifyInstance['log']) => Follower,
) {
  const app = Fastify({
    logger: { level: logLevel, serializers: { err: loggedError } },
    logController: new LogController({ disableRequestLogging: true }),
    return503OnClosing: false,
  });
  const follower = startFollower(app.log);
  const counts = new Map<string, number>();
  const kept = createKeptAnswers();
  let isEnding = false;
  let turn = Promise.resolve();

  async function unready(): Promise<Unready | null> {
    if (isEnding) return 'ending';
    const readiness = await follower.readiness().catch(() => 'no_database' as const);
    return readiness === 'current' || readiness === 'importing' ? null : readiness;
  }

  async function answer(
    request: FastifyRequest<{ Body: string }>,
    reply: FastifyReply,
    ask: Ask,
  ): Promise<string> {
    const reason = await unready();
    const found = reason === null ? await find(request, ask) : { reason };
    const kind = 'reason' in found ? found.reason : 'answered';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    reply.code('reason' in found ? 503 : 200).type('application/json');
    return 'reason' in found ? JSON.stringify(found) : found.text;
  }

  async function find(
    { url, body, socket }: FastifyRequest<{ Body: string }>,
    ask: Ask,
  ): Promise<{ text: string } | { reason: Unready }> {
    const asked = url + body;
    // While nobody knows, answers hold everything.
    const isImporting = () => follower.isImporting().catch(() => false);
    const known = await kept.find(asked, follower.version(), isImporting);
    if (known !== null) return { text: known };
    const mayLag = await isImporting();
    // One search in each turn of the event loop, which notices between them who hung up.
    turn = turn.then(() => nextTurn());
    await turn;
    if (socket.destroyed) return { reason: 'abandoned' };
    const index = follower.index();
    if (!index) return { reason: 'building' };
    const version = follower.version();
    const freshness = { mayLag, completeUntil: performance.now() - follower.lagMs() };
    const text = JSON.stringify(ask(index, JSON.parse(body), freshness));
    kept.keep(asked, text, version, freshness.completeUntil);
    return { text };
  }

  // As it was sent, which names the answer that was kept.
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.post<{ Body: string }>('/find', (request, reply) =>
    answer(request, reply, (index, wanted, freshness) => index.find(wanted as ParsedSearch, freshness)),
  );
  app.post<{ Body: string }>('/suggest', (request, reply) =>
    answer(request, reply, (index, typed) => index.suggest(typed as ParsedText)),
  );
  app.get('/livez', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const reason = await unready();
    return reply.code(reason === null ? 200 : 503).send({ status: reason ?? 'ok' });
  });
  app.get('/metrics', (_request, reply) => {
    reply.type('text/plain; version=0.0.4');
    const { products, bytes, waiting, lagSeconds, buildSeconds } = follower.figures();
    return formatMetrics([
      gauge('process_resident_memory_bytes', process.memoryUsage.rss()),
      gauge('process_uptime_seconds', Math.round(process.uptime())),
      gauge('quoteline_search_index_products', products),
      gauge('quoteline_search_index_bytes', bytes),
      gauge('quoteline_search_index_waiting_products', waiting),
      gauge('quoteline_search_index_lag_seconds', lagSeconds),
      gauge('quoteline_search_index_build_seconds', buildSeconds),
      {
        name: 'quoteline_search_index_requests_total',
        type: 'counter',
        samples: [...counts].map(([answer, value]) => ({ labels: { answer }, value })),
      },
    ]);
  });

  return {
    app,
    /** Lets services use PostgreSQL from now on, answers what was asked, and ends. */
    async close() {
      isEnding = true;
      await app.close();
      await follower.stop();
    },
  };
}
