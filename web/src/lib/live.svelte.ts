import { ApiError } from '#lib/api/problem.ts';
import { waitAfter } from '#lib/backoff.ts';

/** The callbacks of a watcher of a topic. */
export type Watcher<State> = {
  /** Called with the whole state, each time it is newer than the last one. */
  onState: (state: State) => void;
  /** Called with a refusal's code when the visitor may not, or may no longer, watch the topic. */
  onRefused?: (code: string) => void;
  /** Reads the same state over HTTP, while there is no socket. */
  poll?: () => Promise<State>;
  /** Whether to keep watching while the page is hidden for long: a call, an agent's desk. */
  whileHidden?: boolean;
};

type Topic = {
  watchers: Set<Watcher<unknown>>;
  /** The version of the newest state; 0 before the first one and for states read over HTTP. */
  version: number;
  newest: { state: unknown } | undefined;
  refused: string | undefined;
  polling: boolean;
};

type Frame =
  | { type: 'state'; topic: string; version: number; state: unknown }
  | { type: 'refused'; topic: string; code: string }
  | { type: 'pong' };

const withoutSocketMs = 5_000;
const pollEveryMs = 10_000;
const pingEveryMs = 20_000;
const silentMs = 10_000;
const hiddenLongMs = 5 * 60_000;
const idleMs = 2_000;
/** The server's close code for floods: reconnecting at once would only repeat them. */
const sentTooMuch = 4029;

/**
 * The state of this page's connection. `live`: the socket works. `reachable`: the socket or polling works; while it is
 * false, the page may show outdated data. `retryAt`: the next attempt of the socket, by this browser's clock.
 */
export const connection = $state({ live: false, reachable: true, retryAt: null as number | null });

// One socket for each page, in the browser only: the server must not touch this while rendering.
const topics: Record<string, Topic> = {};
const isIdle = (): boolean => Object.keys(topics).length === 0;
let socket: WebSocket | undefined;
let attempts = 0;
let heardAt = 0;
let asleep = false;
let listening = false;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
let pollTimer: ReturnType<typeof setTimeout> | undefined;
let pingTimer: ReturnType<typeof setTimeout> | undefined;
let hiddenTimer: ReturnType<typeof setTimeout> | undefined;
let idleTimer: ReturnType<typeof setTimeout> | undefined;

/**
 * Watches a topic of the service's socket, such as `product:12` or `call:<id>`: calls `watcher` now and after each
 * change. Any number may watch one topic. Returns the function that ends the watching. In the browser only.
 */
export function watch<State>(name: string, watcher: Watcher<State>): () => void {
  listenToPage();
  clearTimeout(idleTimer);
  const topic = topics[name] ?? addTopic(name);
  const own = watcher as Watcher<unknown>;
  topic.watchers.add(own);
  if (topic.newest) own.onState(topic.newest.state);
  else if (topic.refused) own.onRefused?.(topic.refused);
  connect();
  return () => {
    if (!topic.watchers.delete(own) || topic.watchers.size > 0) return;
    delete topics[name];
    send({ type: 'unwatch', topic: name });
    if (isIdle()) idleTimer = setTimeout(disconnect, idleMs);
  };
}

/** Passes a state that this page has received itself, such as the answer to a request, to all watchers of the topic. */
export function publish(name: string, state: unknown): void {
  const topic = topics[name];
  if (topic) tell(topic, state);
}

/** Tries the socket now instead of waiting for the next attempt. */
export function reconnectNow(): void {
  attempts = 0;
  clearTimeout(retryTimer);
  connect();
  if (!connection.live) void pollAll();
}

/** Reopens the socket after a login, because a socket keeps the identity with which it was opened. */
export function reopen(): void {
  const { reachable } = connection;
  disconnect();
  connection.reachable = reachable;
  connect();
}

function addTopic(name: string): Topic {
  const topic: Topic = {
    watchers: new Set(),
    version: 0,
    newest: undefined,
    refused: undefined,
    polling: false,
  };
  topics[name] = topic;
  watchOnSocket(name);
  return topic;
}

const isOpen = (): boolean => socket?.readyState === 1;

function send(frame: object): void {
  if (isOpen()) socket?.send(JSON.stringify(frame));
}

/** Sends no known version, so that an answer proves that the topic is live again, not only the socket. */
const watchOnSocket = (topic: string): void => send({ type: 'watch', topic });

function connect(): void {
  if (socket || asleep || isIdle()) return;
  clearTimeout(retryTimer);
  connection.retryAt = null;
  pollTimer ??= setTimeout(pollOn, withoutSocketMs);
  const opened = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/ws`);
  socket = opened;
  // Starts before the socket opens, because a connection that never opens is as dead as a silent one.
  keepPinging();
  opened.onopen = () => {
    for (const name of Object.keys(topics)) watchOnSocket(name);
  };
  opened.onmessage = ({ data }) => {
    if (socket === opened) hear(String(data));
  };
  opened.onclose = ({ code }) => {
    if (socket === opened) lose(code);
  };
}

function hear(data: string): void {
  heardAt = Date.now();
  const frame = parsed(data);
  // A process that answers pings may still be unable to read, so only a state proves that this page is live.
  if (frame?.type === 'pong' && !connection.live) return;
  if (!connection.live) {
    attempts = 0;
    clearTimeout(pollTimer);
    pollTimer = undefined;
  }
  Object.assign(connection, { live: true, reachable: true });
  if (!frame || frame.type === 'pong') return;
  const topic = topics[frame.topic];
  if (!topic) return;
  if (frame.type === 'refused') refuse(topic, frame.code);
  else if (frame.type === 'state' && frame.version > topic.version) {
    topic.version = frame.version;
    tell(topic, frame.state);
  }
}

function parsed(data: string): Frame | null {
  try {
    return JSON.parse(data) as Frame;
  } catch {
    return null;
  }
}

function tell(topic: Topic, state: unknown): void {
  topic.newest = { state };
  topic.refused = undefined;
  for (const watcher of topic.watchers) watcher.onState(state);
}

function refuse(topic: Topic, code: string): void {
  topic.refused = code;
  // Forget the known version, so that the state is sent again later.
  topic.version = 0;
  for (const watcher of topic.watchers) watcher.onRefused?.(code);
}

function lose(code: number): void {
  socket = undefined;
  connection.live = false;
  clearTimeout(pingTimer);
  if (asleep || isIdle()) return;
  if (navigator.onLine === false) connection.reachable = false;
  pollTimer ??= setTimeout(pollOn, withoutSocketMs);
  const wait = waitAfter(code === sentTooMuch ? Infinity : attempts++);
  connection.retryAt = Date.now() + wait;
  retryTimer = setTimeout(connect, wait);
}

function disconnect(): void {
  clearTimeout(retryTimer);
  clearTimeout(pingTimer);
  clearTimeout(pollTimer);
  pollTimer = undefined;
  const closing = socket;
  socket = undefined;
  attempts = 0;
  Object.assign(connection, { live: false, reachable: true, retryAt: null });
  closing?.close();
}

/** Detects a silently dead connection by a ping without an answer. */
function keepPinging(silenceMs = pingEveryMs): void {
  clearTimeout(pingTimer);
  pingTimer = setTimeout(() => {
    const asked = Date.now();
    send({ type: 'ping' });
    pingTimer = setTimeout(() => {
      if (heardAt >= asked) return keepPinging();
      const dead = socket;
      lose(0);
      dead?.close();
    }, silentMs);
  }, silenceMs);
}

function pollOn(): void {
  pollTimer = setTimeout(pollOn, pollEveryMs);
  void pollAll();
}

async function pollAll(): Promise<void> {
  await Promise.all(Object.values(topics).map(pollTopic));
}

async function pollTopic(topic: Topic): Promise<void> {
  const poll = [...topic.watchers].find((watcher) => watcher.poll)?.poll;
  if (!poll || topic.polling) return;
  const { newest } = topic;
  topic.polling = true;
  try {
    const state = await poll();
    connection.reachable = true;
    // A state that the socket sent meanwhile is newer.
    if (topic.newest === newest) {
      topic.version = 0;
      tell(topic, state);
    }
  } catch (cause) {
    connection.reachable = cause instanceof ApiError && cause.problem.code !== 'unreachable';
    if (cause instanceof ApiError && cause.status === 404) refuse(topic, cause.problem.code);
  } finally {
    topic.polling = false;
  }
}

function listenToPage(): void {
  if (listening) return;
  listening = true;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = setTimeout(sleep, hiddenLongMs);
    else wake();
  });
  // An open socket keeps a page out of the browser's back and forward cache.
  addEventListener('pagehide', () => {
    asleep = true;
    disconnect();
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) wake();
  });
  addEventListener('online', wake);
  // Browsers keep sockets whose connection is gone, so check by a ping.
  addEventListener('offline', () => {
    connection.reachable = false;
    keepPinging(0);
  });
}

function sleep(): void {
  const needed = Object.values(topics).some(({ watchers }) => [...watchers].some((one) => one.whileHidden));
  if (needed) return;
  asleep = true;
  disconnect();
}

function wake(): void {
  asleep = false;
  if (isOpen()) keepPinging(0);
  else reconnectNow();
}
