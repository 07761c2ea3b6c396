import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { RawData, WebSocket } from 'ws';
import type { Log } from '../log.ts';
import { createBucket } from './bucket.ts';
import type { Feeds, Frame, Source, Watcher, Watching } from './feeds.ts';
import { pong, refused, type RefusedWatch, parseMessage } from './frames.ts';

/** Identified by the cookies of the handshake. */
export interface Viewer {
  cookies: Record<string, string | undefined>;
}

/** The part of a connection that a lease may see. */
export interface LiveConnection {
  id: string;
  /** Milliseconds since the browser last sent anything. */
  silentMs(): number;
}

/** The viewer's right to watch a topic. */
export interface Admission {
  actor: string;
  /** Checked before each snapshot and every few seconds. If false, the connection is closed. */
  isStillValid(): Promise<boolean>;
}

export interface Topic extends Source {
  /** Unset: anyone may watch. */
  admission?: Admission;
  /** Called when watching starts. Returns its cleanup. */
  onWatch?(connection: LiveConnection): Promise<() => Promise<void>>;
}

export type FindTopic = (name: string, viewer: Viewer) => Promise<Topic | RefusedWatch>;

interface Parts {
  feeds: Feeds;
  find: FindTopic;
  log: Log;
  /** The length of a second in all timeouts; shorter in tests. */
  secondMs: number;
}

interface Watched {
  topic?: Topic;
  watching?: Watching;
  onUnwatch?: () => Promise<void>;
}

export const closeCodes = { restart: 1012, failed: 1011, slow: 4008, flood: 4029, loggedOut: 4401 } as const;

const mostTopics = 50;
// A page that reconnects watches all its topics at once.
const messagesAtOnce = 60;
const messagesPerSecond = 10;
/** Beyond this buffer a slow client gets only each topic's newest snapshot, once it has caught up. */
const behindBytes = 64 * 1024;
const farBehindBytes = 1024 * 1024;
const mayBeBehindSeconds = 30;
const mayBeFarBehindSeconds = 5;
const diesAfterSilentSeconds = 40;
const asText = { binary: false };

/** One socket with its topics, back pressure and heartbeat. */
export class Connection implements Watcher, LiveConnection {
  readonly id = randomUUID();
  readonly #ws: WebSocket;
  readonly #raw: Socket;
  readonly #viewer: Viewer;
  readonly #parts: Parts;
  readonly #watched = new Map<string, Watched>();
  readonly #isWithinRate = createBucket(messagesAtOnce, messagesPerSecond);
  #lastHeardAt = performance.now();
  /** The newest snapshot of each topic for a slow client; null for one that keeps up. */
  #heldBack: Map<string, Frame> | null = null;
  #behindSince = 0;
  /** The last check of an admission, so that checks run in order. */
  #lastCheck: Promise<void> = Promise.resolve();

  constructor(ws: WebSocket, raw: Socket, viewer: Viewer, parts: Parts) {
    this.#ws = ws;
    this.#raw = raw;
    this.#viewer = viewer;
    this.#parts = parts;
    ws.on('message', (data, isBinary) => this.#onMessage(data, isBinary));
    ws.on('pong', () => (this.#lastHeardAt = performance.now()));
    ws.on('close', () => this.#end());
  }

  silentMs(): number {
    return performance.now() - this.#lastHeardAt;
  }

  /** The event loop was blocked: don't count that time as the client's silence. */
  resetSilence(): void {
    this.#lastHeardAt = performance.now();
  }

  /** Terminates a silent connection, pings others. */
  heartbeat(): void {
    if (this.silentMs() >= diesAfterSilentSeconds * this.#parts.secondMs) this.#ws.terminate();
    else if (this.#ws.readyState === this.#ws.OPEN) this.#ws.ping();
  }

  close(code: number): void {
    this.#ws.close(code);
  }

  terminate(): void {
    this.#ws.terminate();
  }

  #onMessage(data: RawData, isBinary: boolean): void {
    this.#lastHeardAt = performance.now();
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    if (!this.#isWithinRate()) return this.#ws.close(closeCodes.flood);
    const message = isBinary ? null : parseMessage((data as Buffer).toString());
    if (!message) this.#ws.send(refused('', 'invalid'));
    else if (message.type === 'ping') this.#ws.send(pong);
    else if (message.type === 'unwatch') this.#unwatch(message.topic);
    else this.#watch(message.topic, message.version);
  }

  #watch(name: string, version: number | undefined): void {
    const already = this.#watched.get(name);
    if (already) return already.watching?.repeat(version);
    if (this.#watched.size >= mostTopics) return this.#ws.send(refused(name, 'too_many'));
    const watched: Watched = {};
    this.#watched.set(name, watched);
    this.#begin(name, watched, version).catch((error: unknown) => {
      this.#parts.log.warn({ err: error }, 'topic not watched');
      this.#ws.close(closeCodes.failed);
    });
  }

  async #begin(name: string, watched: Watched, version: number | undefined): Promise<void> {
    const isOver = () => this.#watched.get(name) !== watched;
    const topic = await this.#parts.find(name, this.#viewer);
    if (isOver()) return;
    if (typeof topic === 'string') {
      this.#watched.delete(name);
      return this.#ws.send(refused(name, topic));
    }
    const onUnwatch = await topic.onWatch?.(this);
    if (isOver()) return onUnwatch?.();
    Object.assign(watched, { topic, onUnwatch });
    watched.watching = this.#parts.feeds.watch(topic, this, version);
  }

  #unwatch(name: string): void {
    const watched = this.#watched.get(name);
    if (!watched) return;
    this.#watched.delete(name);
    this.#heldBack?.delete(name);
    watched.watching?.end();
    watched.onUnwatch?.().catch((error: unknown) => {
      this.#parts.log.warn({ err: error }, 'cleanup of a watched topic failed');
    });
  }

  #end(): void {
    for (const name of [...this.#watched.keys()]) this.#unwatch(name);
  }

  deliver(frame: Frame): void {
    const watched = this.#watched.get(frame.topic);
    if (!watched || this.#ws.readyState !== this.#ws.OPEN) return;
    this.#whileAllowed(watched.topic, () => {
      if (this.#watched.get(frame.topic) === watched) this.#send(frame);
    });
  }

  /** Runs `then` if the viewer may still watch the topic, in the order of the calls. */
  #whileAllowed(topic: Topic | undefined, then: () => void): void {
    const admission = topic?.admission;
    if (!admission) return then();
    const ask = async () => {
      if (this.#ws.readyState !== this.#ws.OPEN) return;
      if (await admission.isStillValid()) then();
      else this.#ws.close(closeCodes.loggedOut);
    };
    this.#lastCheck = this.#lastCheck.then(ask).catch((error: unknown) => {
      this.#parts.log.warn({ err: error }, 'login not checked');
      this.#ws.close(closeCodes.failed);
    });
  }

  #send(frame: Frame): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    if (this.#heldBack === null && this.#ws.bufferedAmount <= behindBytes)
      return this.#ws.send(frame.bytes, asText);
    if (this.#heldBack === null) {
      this.#heldBack = new Map();
      this.#behindSince = performance.now();
      this.#raw.once('drain', () => this.catchUp());
    }
    this.#heldBack.set(frame.topic, frame);
  }

  gone(name: string): void {
    const topic = this.#watched.get(name)?.topic;
    this.#unwatch(name);
    // If the viewer has logged in meanwhile, close the connection instead: as somebody else they may find the topic.
    this.#whileAllowed(topic, () => {
      if (this.#ws.readyState === this.#ws.OPEN) this.#ws.send(refused(name, 'not_found'));
    });
  }

  /** Sends held snapshots as far as the client has caught up. Closes the connection of one that is too slow. */
  catchUp(): void {
    if (this.#heldBack === null) return;
    for (const [topic, frame] of this.#heldBack) {
      if (this.#ws.bufferedAmount > behindBytes) break;
      this.#heldBack.delete(topic);
      this.#ws.send(frame.bytes, asText);
    }
    const unread = this.#ws.bufferedAmount;
    if (this.#heldBack.size === 0 && unread <= behindBytes) {
      this.#heldBack = null;
      return;
    }
    const behindMs = performance.now() - this.#behindSince;
    const mayBeSeconds = unread > farBehindBytes ? mayBeFarBehindSeconds : mayBeBehindSeconds;
    if (behindMs > mayBeSeconds * this.#parts.secondMs) this.#closeSlow();
  }

  /** Closes with a code for a client that still reads, then terminates. */
  #closeSlow(): void {
    this.#heldBack = null;
    this.#ws.close(closeCodes.slow);
    setTimeout(() => this.#ws.terminate(), 1_000).unref();
  }

  /** Closes the connection if its viewer has logged out or in as somebody else. Checks once per actor. */
  async checkActors(): Promise<void> {
    const admissions = [...this.#watched.values()].flatMap(({ topic }) => topic?.admission ?? []);
    const byActor = new Map(admissions.map((admission) => [admission.actor, admission]));
    for (const admission of byActor.values()) {
      if (!(await admission.isStillValid())) return this.#ws.close(closeCodes.loggedOut);
    }
  }

  reliesOnActor(): boolean {
    return [...this.#watched.values()].some(({ topic }) => topic?.admission !== undefined);
  }
}
