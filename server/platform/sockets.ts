import websocket from '@fastify/websocket';
import type { Context } from '#server/context.ts';
import { clientAddress } from './auth/origin.ts';
import { refuse } from './errors.ts';
import type { App } from './http.ts';
import { listenToChanges, nextVersion } from './realtime.ts';
import { createBucket } from './realtime/bucket.ts';
import { closes, Connection, type FindTopic } from './realtime/connection.ts';
import { createFeeds, type Feeds } from './realtime/feeds.ts';

const largestMessageBytes = 4 * 1024;
const handshakesAtOnce = 400;
const handshakesPerSecond = 200;
const beatEverySeconds = 20;
const actorsEverySeconds = 10;
/** A pulse that comes so late says that this process stood still, not that its visitors did. */
const stoodStillSeconds = 10;
const closedAtOnce = 250;
const betweenClosesMs = 100;
const closingMs = 1_000;

/**
 * `/ws`: pages watch topics. What there is to watch, and for whom, `find` knows. Heartbeats, patience and handshakes are
 * counted in seconds of `secondMs`.
 */
export async function serveSockets(
  app: App,
  { config, sql, db, log }: Pick<Context, 'config' | 'sql' | 'db' | 'log'>,
  find: FindTopic,
  secondMs = 1_000,
): Promise<void> {
  const feeds = createFeeds(() => nextVersion(db), log);
  const changes = hearChanges(sql, feeds, log);
  /** Each with its place in the order in which they are looked after. */
  const connections = new Map<Connection, number>();
  let places = 0;
  const perAddress = new Map<string, number>();
  const mayShakeHands = createBucket(handshakesAtOnce, handshakesPerSecond * (1_000 / secondMs));
  const ownOrigin = new URL(config.publicUrl).origin;
  const pulse = keepPulse(connections, secondMs, log, () => changes.start());

  await app.register(async (scope) => {
    await scope.register(websocket, {
      options: { maxPayload: largestMessageBytes, perMessageDeflate: false, clientTracking: false },
      // ws has closed it with the code that says what was wrong.
      errorHandler: (error) => log.debug({ err: error }, 'socket failed'),
      preClose: async () => {
        await closeAll(connections);
        clearInterval(pulse);
        feeds.stop();
        await changes.stop();
      },
    });
    scope.get(
      '/ws',
      {
        websocket: true,
        onRequest: async (request) => {
          // Browsers always send Origin; reject handshakes without one.
          if (request.headers.origin !== ownOrigin) throw refuse('foreign_origin');
          const open = perAddress.get(clientAddress(request)) ?? 0;
          if (open >= config.limits.socketsPerAddress) throw refuse('too_many', { retryAfterSeconds: 60 });
          // Count last, so that rejected handshakes don't use up the budget.
          if (!mayShakeHands()) throw refuse('unavailable', { retryAfterSeconds: 5 });
        },
      },
      (ws, request) => {
        const address = clientAddress(request);
        perAddress.set(address, (perAddress.get(address) ?? 0) + 1);
        const viewer = { cookies: request.cookies };
        const connection = new Connection(ws, request.raw.socket, viewer, {
          ...{ feeds, find, log, secondMs },
        });
        connections.set(connection, (places += 1));
        changes.start();
        ws.on('close', () => {
          connections.delete(connection);
          const left = (perAddress.get(address) ?? 1) - 1;
          if (left > 0) perAddress.set(address, left);
          else perAddress.delete(address);
        });
      },
    );
  });
}

/**
 * Pings a part of the connections every second, so that they aren't all pinged at once.
 */
function keepPulse(
  connections: Map<Connection, number>,
  secondMs: number,
  log: Context['log'],
  whileAny: () => void,
): NodeJS.Timeout {
  let second = 0;
  let at = performance.now();
  const pulse = setInterval(() => {
    const stoodStill = performance.now() - at > stoodStillSeconds * secondMs;
    at = performance.now();
    second += 1;
    if (connections.size > 0) whileAny();
    for (const [connection, place] of connections) {
      if (stoodStill) connection.pardon();
      if ((place + second) % beatEverySeconds === 0) connection.beat();
      connection.catchUp();
      if ((place + second) % actorsEverySeconds !== 0 || !connection.reliesOnActor()) continue;
      connection.checkActors().catch((error: unknown) => log.warn({ err: error }, 'actors not checked'));
    }
  }, secondMs);
  return pulse.unref();
}

/** Hears of changes from the first socket on: a process that has none needs no connection for it. */
function hearChanges(sql: Context['sql'], feeds: Feeds, log: Context['log']) {
  let listening: Promise<{ stop(): Promise<void> } | null> | null = null;
  return {
    start(): void {
      listening ??= listenToChanges(
        sql,
        (key) => feeds.changed(key),
        () => feeds.changedAll(),
      ).catch((error: unknown) => {
        log.warn({ err: error }, 'changes are not heard, to be tried again');
        listening = null;
        return null;
      });
    },
    async stop(): Promise<void> {
      await (await listening)?.stop();
    },
  };
}

/** Tells every page that this process ends, some at a time: they come back to others, and those mustn't drown. */
async function closeAll(connections: Map<Connection, number>): Promise<void> {
  const open = [...connections.keys()];
  for (let from = 0; from < open.length; from += closedAtOnce) {
    if (from > 0) await wait(betweenClosesMs);
    for (const connection of open.slice(from, from + closedAtOnce)) connection.close(closes.restart);
  }
  const until = performance.now() + closingMs;
  while (connections.size > 0 && performance.now() < until) await wait(20);
  for (const connection of connections.keys()) connection.terminate();
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
