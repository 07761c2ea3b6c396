import type { Log } from '../log.ts';

/** A topic's whole state, and the keys (see `announce`) whose changes affect it. */
export interface Snapshot {
  state: unknown;
  dependsOn: readonly string[];
}

/** A topic's source, read once for all watchers with the same `key`. */
export interface Source {
  key: string;
  topic: string;
  /** Returns null if the thing doesn't exist (any more). */
  load(): Promise<Snapshot | null>;
}

/** A serialised snapshot, shared by all watchers. */
export interface Frame {
  topic: string;
  version: number;
  bytes: Buffer;
}

export interface Watcher {
  deliver(frame: Frame): void;
  /** The thing doesn't exist (any more). */
  gone(topic: string): void;
}

export interface Watching {
  /** Sends the current snapshot again unless it is `version`, which the watcher has. */
  repeat(version?: number): void;
  end(): void;
}

export interface Feeds {
  /**
   * Delivers each changed snapshot to `watcher`, starting with the current one, unless that isn't newer than the
   * `version` the watcher has.
   */
  watch(source: Source, watcher: Watcher, version?: number): Watching;
  changed(key: string): void;
  /** Reads all topics again, because notifications may have been lost. */
  changedAll(): void;
  stop(): void;
}

interface Feed {
  source: Source;
  watchers: Set<Watcher>;
  /** Watchers with an unknown version: send them the next snapshot even if unchanged, if it is newer than this. */
  awaitingNext: Map<Watcher, number>;
  body: string | null;
  version: number;
  frame: Frame | null;
  dependsOn: readonly string[];
  status: 'idle' | 'waiting' | 'queued' | 'reading';
  /** It changed while it was read. */
  changedWhileRead: boolean;
  readAt: number;
  timer: NodeJS.Timeout | undefined;
}

/** A topic is read at most four times a second. */
const betweenReadsMs = 250;
const afterFailureMs = 1_000;
/** Topics are read again after this time anyway, in case a notification was lost or no key covers the change. */
const refreshEveryMs = 30_000;
const refreshesPerSecond = 50;
const readsAtOnce = 3;
/** The number of deliveries before yielding to the event loop. */
const deliveriesAtOnce = 1_000;

/**
 * Reads each topic once per change for all its watchers in this process, and sends it if it differs. `nextVersion` is
 * called before each read.
 */
export function createFeeds(nextVersion: () => Promise<number>, log: Log): Feeds {
  const feeds = new Map<string, Feed>();
  const byKey = new Map<string, Set<Feed>>();
  const queue: Feed[] = [];
  let reading = 0;
  // Remember changes during reads: a read topic's new keys aren't indexed yet.
  let changeCount = 0;
  let allChangedAt = 0;
  const changedAt = new Map<string, number>();

  const isCurrent = (feed: Feed) => feeds.get(feed.source.key) === feed;

  function scheduleRead(feed: Feed, afterMs = 0): void {
    // The first read is delivered to all, including watchers added during it.
    if (feed.status === 'reading' && feed.body !== null) feed.changedWhileRead = true;
    if (feed.status !== 'idle') return;
    const waitMs = Math.max(afterMs, feed.readAt + betweenReadsMs - performance.now());
    if (waitMs <= 0) return enqueue(feed);
    feed.status = 'waiting';
    feed.timer = setTimeout(enqueue, waitMs, feed);
  }

  function enqueue(feed: Feed): void {
    feed.status = 'queued';
    queue.push(feed);
    startReads();
  }

  function startReads(): void {
    while (reading < readsAtOnce) {
      const next = queue.shift();
      if (!next) return;
      if (isCurrent(next)) void read(next);
    }
  }

  async function read(feed: Feed): Promise<void> {
    const since = changeCount;
    const awaitingNext = feed.awaitingNext;
    feed.awaitingNext = new Map();
    feed.status = 'reading';
    feed.changedWhileRead = false;
    feed.readAt = performance.now();
    reading += 1;
    let failed = false;
    try {
      const version = await nextVersion();
      const snapshot = await feed.source.load();
      if (isCurrent(feed)) await publish(feed, version, snapshot, awaitingNext);
    } catch (error) {
      failed = true;
      for (const [watcher, known] of awaitingNext) feed.awaitingNext.set(watcher, known);
      log.warn({ err: error, topic: feed.source.topic }, 'topic not read, to be read again');
    }
    reading -= 1;
    feed.status = 'idle';
    if (isCurrent(feed)) {
      const missed = feed.dependsOn.some((key) => (changedAt.get(key) ?? 0) > since) || allChangedAt > since;
      if (failed) scheduleRead(feed, afterFailureMs);
      else if (feed.changedWhileRead || missed || feed.awaitingNext.size > 0) scheduleRead(feed);
    }
    if (reading === 0) changedAt.clear();
    startReads();
  }

  async function publish(
    feed: Feed,
    version: number,
    snapshot: Snapshot | null,
    awaitingNext: Map<Watcher, number>,
  ) {
    if (!snapshot) {
      remove(feed);
      for (const watcher of feed.watchers) watcher.gone(feed.source.topic);
      return;
    }
    index(feed, snapshot.dependsOn);
    const body = JSON.stringify(snapshot.state);
    const isSame = body === feed.body;
    const isFirst = feed.body === null;
    // Otherwise the version of an unchanged topic would tell when somebody else changed what it is read from.
    if (isSame && awaitingNext.size === 0) return;
    const known = (watcher: Watcher) => awaitingNext.get(watcher) ?? feed.awaitingNext.get(watcher) ?? 0;
    Object.assign(feed, { body, version, frame: null });
    let delivered = 0;
    for (const watcher of [...(isSame ? awaitingNext.keys() : feed.watchers)]) {
      if (!feed.watchers.has(watcher)) continue;
      if ((isSame || isFirst) && known(watcher) >= version) continue;
      watcher.deliver(frameOf(feed));
      delivered += 1;
      if (delivered % deliveriesAtOnce === 0) await new Promise(setImmediate);
    }
  }

  function index(feed: Feed, dependsOn: readonly string[]): void {
    for (const key of feed.dependsOn) {
      const users = byKey.get(key);
      users?.delete(feed);
      if (users?.size === 0) byKey.delete(key);
    }
    feed.dependsOn = dependsOn;
    for (const key of dependsOn) {
      const users = byKey.get(key);
      if (users) users.add(feed);
      else byKey.set(key, new Set([feed]));
    }
  }

  function remove(feed: Feed): void {
    feeds.delete(feed.source.key);
    clearTimeout(feed.timer);
    index(feed, []);
  }

  /** Sends the current snapshot unless the watcher has it. A watcher with a newer one waits for the next read. */
  function sendCurrent(feed: Feed, watcher: Watcher, version = 0): void {
    if (feed.body !== null && version < feed.version) return watcher.deliver(frameOf(feed));
    if (feed.body !== null && version === feed.version) return;
    if (version > 0) feed.awaitingNext.set(watcher, version);
    scheduleRead(feed);
  }

  const refreshTimer = setInterval(() => {
    const before = performance.now() - refreshEveryMs;
    let left = refreshesPerSecond;
    for (const feed of feeds.values()) {
      if (feed.readAt >= before || feed.status !== 'idle') continue;
      scheduleRead(feed);
      left -= 1;
      if (left === 0) return;
    }
  }, 1_000);
  refreshTimer.unref();

  return {
    watch(source, watcher, version) {
      const feed = feeds.get(source.key) ?? newFeed(source);
      feeds.set(source.key, feed);
      feed.watchers.add(watcher);
      sendCurrent(feed, watcher, version);
      return {
        repeat: (known) => sendCurrent(feed, watcher, known),
        end: () => {
          feed.watchers.delete(watcher);
          feed.awaitingNext.delete(watcher);
          if (feed.watchers.size === 0 && isCurrent(feed)) remove(feed);
        },
      };
    },
    changed(key) {
      changeCount += 1;
      if (reading > 0) changedAt.set(key, changeCount);
      for (const feed of byKey.get(key) ?? []) scheduleRead(feed);
    },
    changedAll() {
      changeCount += 1;
      allChangedAt = changeCount;
      for (const feed of feeds.values()) scheduleRead(feed);
    },
    stop() {
      clearInterval(refreshTimer);
      for (const feed of [...feeds.values()]) remove(feed);
    },
  };
}

function newFeed(source: Source): Feed {
  return {
    source,
    watchers: new Set(),
    awaitingNext: new Map(),
    body: null,
    version: 0,
    frame: null,
    dependsOn: [],
    status: 'idle',
    changedWhileRead: false,
    readAt: Number.NEGATIVE_INFINITY,
    timer: undefined,
  };
}

/** Returns the serialised snapshot, made once for all watchers. */
function frameOf(feed: Feed): Frame {
  const { topic } = feed.source;
  feed.frame ??= {
    topic,
    version: feed.version,
    bytes: Buffer.from(
      `{"type":"state","topic":${JSON.stringify(topic)},"version":${feed.version},"state":${feed.body}}`,
    ),
  };
  return feed.frame;
}
