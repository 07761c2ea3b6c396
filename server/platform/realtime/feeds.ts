import type { Log } from '../log.ts';

/** All of a topic as it is now, and the keys (see `announce`) whose change may make it another. */
export interface Snapshot {
  state: unknown;
  dependsOn: readonly string[];
}

/** What is watched: read once for everybody who gives the same `key`. */
export interface Source {
  key: string;
  topic: string;
  /** Null: there is no such thing (any more). */
  load(): Promise<Snapshot | null>;
}

/** A snapshot on its way: the bytes are the same for everybody who gets it. */
export interface Frame {
  topic: string;
  version: number;
  bytes: Buffer;
}

export interface Watcher {
  deliver(frame: Frame): void;
  /** There is nothing to watch (any more). */
  gone(topic: string): void;
}

export interface Watching {
  /** The newest snapshot once more, unless the watcher knows it: `version` is the newest it has. */
  repeat(version?: number): void;
  end(): void;
}

export interface Feeds {
  /**
   * From now on `watcher` gets each snapshot that differs from the one before, the present one first, unless that is no
   * newer than the `version` it has.
   */
  watch(source: Source, watcher: Watcher, version?: number): Watching;
  changed(key: string): void;
  /** Anything may have changed. */
  changedAll(): void;
  stop(): void;
}

interface Feed {
  source: Source;
  watchers: Set<Watcher>;
  /** Those who get the next snapshot read even if it is no other than the last, if it is newer than the version they have. */
  unsure: Map<Watcher, number>;
  body: string | null;
  version: number;
  frame: Frame | null;
  dependsOn: readonly string[];
  status: 'idle' | 'waiting' | 'queued' | 'reading';
  /** Changed again while it was read. */
  again: boolean;
  readAt: number;
  timer: NodeJS.Timeout | undefined;
}

/** A topic is read at most four times a second, however often it changes. */
const betweenReadsMs = 250;
const afterFailureMs = 1_000;
/** Without any notice of a change: what no key tells of, and notices that got lost. */
const anywayMs = 30_000;
const anywayPerSecond = 50;
const readsAtOnce = 3;
/** So many get a snapshot before others have their turn. */
const deliveriesAtOnce = 1_000;

/**
 * Topics and who watches them, in this process. A change marks the topics that depend on it; each is then read once, as
 * one snapshot, and sent to all its watchers if it became another. `nextVersion` gives the version before each reading.
 */
export function createFeeds(nextVersion: () => Promise<number>, log: Log): Feeds {
  const feeds = new Map<string, Feed>();
  const byKey = new Map<string, Set<Feed>>();
  const queue: Feed[] = [];
  let reading = 0;
  // What was heard while something is read: by then its keys may not be known yet.
  let moment = 0;
  let allHeardAt = 0;
  const heardAt = new Map<string, number>();

  const isCurrent = (feed: Feed) => feeds.get(feed.source.key) === feed;

  function touch(feed: Feed, afterMs = 0): void {
    // The first reading is told to all, also to those who come meanwhile.
    if (feed.status === 'reading' && feed.body !== null) feed.again = true;
    if (feed.status !== 'idle') return;
    const waitMs = Math.max(afterMs, feed.readAt + betweenReadsMs - performance.now());
    if (waitMs <= 0) return enqueue(feed);
    feed.status = 'waiting';
    feed.timer = setTimeout(enqueue, waitMs, feed);
  }

  function enqueue(feed: Feed): void {
    feed.status = 'queued';
    queue.push(feed);
    work();
  }

  function work(): void {
    while (reading < readsAtOnce) {
      const next = queue.shift();
      if (!next) return;
      if (isCurrent(next)) void read(next);
    }
  }

  async function read(feed: Feed): Promise<void> {
    const since = moment;
    const unsure = feed.unsure;
    feed.unsure = new Map();
    feed.status = 'reading';
    feed.again = false;
    feed.readAt = performance.now();
    reading += 1;
    let failed = false;
    try {
      const version = await nextVersion();
      const snapshot = await feed.source.load();
      if (isCurrent(feed)) await tell(feed, version, snapshot, unsure);
    } catch (error) {
      failed = true;
      for (const [watcher, known] of unsure) feed.unsure.set(watcher, known);
      log.warn({ err: error, topic: feed.source.topic }, 'topic not read, to be read again');
    }
    reading -= 1;
    feed.status = 'idle';
    if (isCurrent(feed)) {
      const missed = feed.dependsOn.some((key) => (heardAt.get(key) ?? 0) > since) || allHeardAt > since;
      if (failed) touch(feed, afterFailureMs);
      else if (feed.again || missed || feed.unsure.size > 0) touch(feed);
    }
    if (reading === 0) heardAt.clear();
    work();
  }

  async function tell(feed: Feed, version: number, snapshot: Snapshot | null, unsure: Map<Watcher, number>) {
    if (!snapshot) {
      remove(feed);
      for (const watcher of feed.watchers) watcher.gone(feed.source.topic);
      return;
    }
    index(feed, snapshot.dependsOn);
    const body = JSON.stringify(snapshot.state);
    const isSame = body === feed.body;
    const isFirst = feed.body === null;
    const known = (watcher: Watcher) => unsure.get(watcher) ?? feed.unsure.get(watcher) ?? 0;
    Object.assign(feed, { body, version, frame: null });
    let delivered = 0;
    for (const watcher of [...(isSame ? unsure.keys() : feed.watchers)]) {
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

  /**
   * Sends the current snapshot unless the watcher has it; a watcher with a newer one waits for the next read.
   * The first is told to all when it is read.
   */
  function present(feed: Feed, watcher: Watcher, version = 0): void {
    if (feed.body !== null && version < feed.version) return watcher.deliver(frameOf(feed));
    if (feed.body !== null && version === feed.version) return;
    if (version > 0) feed.unsure.set(watcher, version);
    touch(feed);
  }

  const anyway = setInterval(() => {
    const before = performance.now() - anywayMs;
    let left = anywayPerSecond;
    for (const feed of feeds.values()) {
      if (feed.readAt >= before || feed.status !== 'idle') continue;
      touch(feed);
      left -= 1;
      if (left === 0) return;
    }
  }, 1_000);
  anyway.unref();

  return {
    watch(source, watcher, version) {
      const feed = feeds.get(source.key) ?? newFeed(source);
      feeds.set(source.key, feed);
      feed.watchers.add(watcher);
      present(feed, watcher, version);
      return {
        repeat: (known) => present(feed, watcher, known),
        end: () => {
          feed.watchers.delete(watcher);
          feed.unsure.delete(watcher);
          if (feed.watchers.size === 0 && isCurrent(feed)) remove(feed);
        },
      };
    },
    changed(key) {
      moment += 1;
      if (reading > 0) heardAt.set(key, moment);
      for (const feed of byKey.get(key) ?? []) touch(feed);
    },
    changedAll() {
      moment += 1;
      allHeardAt = moment;
      for (const feed of feeds.values()) touch(feed);
    },
    stop() {
      clearInterval(anyway);
      for (const feed of [...feeds.values()]) remove(feed);
    },
  };
}

function newFeed(source: Source): Feed {
  return {
    source,
    watchers: new Set(),
    unsure: new Map(),
    body: null,
    version: 0,
    frame: null,
    dependsOn: [],
    status: 'idle',
    again: false,
    readAt: Number.NEGATIVE_INFINITY,
    timer: undefined,
  };
}

/** Made once for all who get it. */
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
