import websocket from '@fastify/websocket';
import type { Context } from '#server/context.ts';
import { clientAddress } from './auth/origin.ts';
import { refuse } from './errors.ts';
import type { App } from './http.ts';
import { listenToChanges, nextVersion } from './realtime.ts';
import { createBucket } from './realtime/bucket.ts';
import { closeCodes, Connection, type FindTopic } from './realtime/connection.ts';
import { createFeeds, type Feeds } from './realtime/feeds.ts';

const largestMessageBytes = 4 * 1024;
const handshakesAtOnce = 400;
const handshakesPerSecond = 200;
const beatEverySeconds = 20;
const actorsEverySeconds = 10;
/** A heartbeat timer that is this late means that the event loop was blocked. */
const blockedSeconds = 10;
const closedAtOnce = 250;
const betweenClosesMs = 100;
const closingMs = 1_000;

/** Serves `/ws`, where pages watch topics. `secondMs`: the length of a second in all timeouts; shorter in tests. */
export async function serveSockets(
  app: App,
  { config, sql, db, log, sessions }: Pick<Context, 'config' | 'sql' | 'db' | 'log' | 'sessions'>,
  find: FindTopic,
  secondMs = 1_000,
): Promise<void> {
  const feeds = createFeeds(() => nextVersion(db), log);
  /** The sockets of browsers that are logged in, by the key that announces the end of their session. */
  const bySession = new Map<string, Set<Connection>>();
  const changes = changeListener(sql, feeds, log, (key) => {
    for (const connection of bySession.get(key) ?? []) connection.close(closeCodes.loggedOut);
  });
  /** Connections with a running number, which spreads their heartbeats. */
  const connections = new Map<Connection, number>();
  let opened = 0;
  const perAddress = new Map<string, number>();
  const isHandshakeAllowed = createBucket(handshakesAtOnce, handshakesPerSecond * (1_000 / secondMs));
  const ownOrigin = new URL(config.publicUrl).origin;
  const heartbeats = startHeartbeats(connections, secondMs, log, () => changes.start());

  await app.register(async (scope) => {
    await scope.register(websocket, {
      options: { maxPayload: largestMessageBytes, perMessageDeflate: false, clientTracking: false },
      // ws has already closed it with the right code.
      errorHandler: (error) => log.debug({ err: error }, 'socket failed'),
      preClose: async () => {
        await closeAll(connections);
        clearInterval(heartbeats);
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
          if (!isHandshakeAllowed()) throw refuse('unavailable', { retryAfterSeconds: 5 });
        },
      },
      (ws, request) => {
        const address = clientAddress(request);
        perAddress.set(address, (perAddress.get(address) ?? 0) + 1);
        const viewer = { cookies: request.cookies };
        const connection = new Connection(ws, request.raw.socket, viewer, {
          ...{ feeds, find, log, secondMs },
        });
        connections.set(connection, (opened += 1));
        const leaveSession = enterGroup(bySession, sessions.keyOf(viewer), connection);
        changes.start();
        ws.on('close', () => {
          connections.delete(connection);
          leaveSession();
          const left = (perAddress.get(address) ?? 1) - 1;
          if (left > 0) perAddress.set(address, left);
          else perAddress.delete(address);
        });
      },
    );
  });
}

/** Adds a member to the group of a key, if there is one. Returns what takes it out again. */
function enterGroup<Member>(
  groups: Map<string, Set<Member>>,
  key: string | null,
  member: Member,
): () => void {
  if (key === null) return () => {};
  const group = groups.get(key) ?? new Set();
  groups.set(key, group.add(member));
  return () => {
    group.delete(member);
    if (group.size === 0 && groups.get(key) === group) groups.delete(key);
  };
}

/** Checks a part of the connections every second, so that they aren't all pinged at once. */
function startHeartbeats(
  connections: Map<Connection, number>,
  secondMs: number,
  log: Context['log'],
  onTick: () => void,
): NodeJS.Timeout {
  let second = 0;
  let at = performance.now();
  const heartbeats = setInterval(() => {
    const wasBlocked = performance.now() - at > blockedSeconds * secondMs;
    at = performance.now();
    second += 1;
    if (connections.size > 0) onTick();
    for (const [connection, number] of connections) {
      if (wasBlocked) connection.resetSilence();
      if ((number + second) % beatEverySeconds === 0) connection.heartbeat();
      connection.catchUp();
      if ((number + second) % actorsEverySeconds !== 0 || !connection.reliesOnActor()) continue;
      connection.checkActors().catch((error: unknown) => log.warn({ err: error }, 'actors not checked'));
    }
  }, secondMs);
  return heartbeats.unref();
}

/** Listens to changes, which also go to `onKey`, once there is a socket: a process without sockets needs no connection for it. */
function changeListener(
  sql: Context['sql'],
  feeds: Feeds,
  log: Context['log'],
  onKey: (key: string) => void,
) {
  let listening: Promise<{ stop(): Promise<void> } | null> | null = null;
  return {
    start(): void {
      listening ??= listenToChanges(
        sql,
        (key) => {
          onKey(key);
          feeds.changed(key);
        },
        () => feeds.changedAll(),
      ).catch((error: unknown) => {
        log.warn({ err: error }, 'listening to changes failed, to be tried again');
        listening = null;
        return null;
      });
    },
    async stop(): Promise<void> {
      await (await listening)?.stop();
    },
  };
}

/** Closes all connections in batches, so that reconnecting pages don't overload other processes. */
async function closeAll(connections: Map<Connection, number>): Promise<void> {
  const open = [...connections.keys()];
  for (let from = 0; from < open.length; from += closedAtOnce) {
    if (from > 0) await wait(betweenClosesMs);
    for (const connection of open.slice(from, from + closedAtOnce)) connection.close(closeCodes.restart);
  }
  const until = performance.now() + closingMs;
  while (connections.size > 0 && performance.now() < until) await wait(20);
  for (const connection of connections.keys()) connection.terminate();
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
