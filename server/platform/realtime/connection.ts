import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { RawData, WebSocket } from 'ws';
import type { Log } from '../log.ts';
import { createBucket } from './bucket.ts';
import type { Feeds, Frame, Source, Watcher, Watching } from './feeds.ts';
import { pong, refused, type RefusedWatch, understand } from './frames.ts';

/** Who opened a socket, by the cookies it came with. */
export interface Viewer {
  cookies: Record<string, string | undefined>;
}

/** A connection as something that lives as long as it does may know it. */
export interface Alive {
  id: string;
  /** How long ago its browser last said anything, milliseconds. */
  silentMs(): number;
}

/** As whom a viewer may watch a topic. */
export interface Admission {
  actor: string;
  /** Asked before each snapshot and every few seconds. Once the viewer is somebody else, the connection is closed. */
  isStillValid(): Promise<boolean>;
}

export interface Topic extends Source {
  /** Left out where everybody may watch. */
  admission?: Admission;
  /** Begins what lasts as long as this connection watches; gives what ends it. */
  hold?(connection: Alive): Promise<() => Promise<void>>;
}

export type FindTopic = (name: string, viewer: Viewer) => Promise<Topic | RefusedWatch>;

interface Parts {
  feeds: Feeds;
  find: FindTopic;
  log: Log;
  /** How long a second of patience lasts: shorter in tests. */
  secondMs: number;
}

interface Watched {
  topic?: Topic;
  watching?: Watching;
  release?: () => Promise<void>;
}

export const closes = { restart: 1012, failed: 1011, slow: 4008, flood: 4029, loggedOut: 4401 } as const;

const mostTopics = 50;
// A page that comes back watches all its topics at once.
const messagesAtOnce = 60;
const messagesPerSecond = 10;
/** With more than this unread, a reader gets only the newest of each topic, once it has caught up. */
const behindBytes = 64 * 1024;
const farBehindBytes = 1024 * 1024;
const mayBeBehindSeconds = 30;
const mayBeFarBehindSeconds = 5;
const diesAfterSilentSeconds = 40;
const asText = { binary: false };

/** One socket: what it watches, how fast it reads, whether it lives. */
export class Connection implements Watcher, Alive {
  readonly id = randomUUID();
  readonly #ws: WebSocket;
  readonly #raw: Socket;
  readonly #viewer: Viewer;
  readonly #parts: Parts;
  readonly #watched = new Map<string, Watched>();
  readonly #mayTalk = createBucket(messagesAtOnce, messagesPerSecond);
  #heardAt = performance.now();
  /** Snapshots for when it has caught up, the newest of each topic; null for a reader that keeps up. */
  #held: Map<string, Frame> | null = null;
  #behindSince = 0;
  /** The last question whether the viewer may still see something. */
  #asked: Promise<void> = Promise.resolve();

  constructor(ws: WebSocket, raw: Socket, viewer: Viewer, parts: Parts) {
    this.#ws = ws;
    this.#raw = raw;
    this.#viewer = viewer;
    this.#parts = parts;
    ws.on('message', (data, isBinary) => this.#hear(data, isBinary));
    ws.on('pong', () => (this.#heardAt = performance.now()));
    ws.on('close', () => this.#end());
  }

  silentMs(): number {
    return performance.now() - this.#heardAt;
  }

  /** This process itself was away: silence meanwhile says nothing. */
  pardon(): void {
    this.#heardAt = performance.now();
  }

  /** Ends a connection whose other end is gone without a word; asks the others for a sign of life. */
  beat(): void {
    if (this.silentMs() >= diesAfterSilentSeconds * this.#parts.secondMs) this.#ws.terminate();
    else if (this.#ws.readyState === this.#ws.OPEN) this.#ws.ping();
  }

  close(code: number): void {
    this.#ws.close(code);
  }

  terminate(): void {
    this.#ws.terminate();
  }

  #hear(data: RawData, isBinary: boolean): void {
    this.#heardAt = performance.now();
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    if (!this.#mayTalk()) return this.#ws.close(closes.flood);
    const said = isBinary ? null : understand((data as Buffer).toString());
    if (!said) this.#ws.send(refused('', 'invalid'));
    else if (said.type === 'ping') this.#ws.send(pong);
    else if (said.type === 'unwatch') this.#unwatch(said.topic);
    else this.#watch(said.topic, said.version);
  }

  #watch(name: string, version: number | undefined): void {
    const already = this.#watched.get(name);
    if (already) return already.watching?.repeat(version);
    if (this.#watched.size >= mostTopics) return this.#ws.send(refused(name, 'too_many'));
    const watched: Watched = {};
    this.#watched.set(name, watched);
    this.#begin(name, watched, version).catch((error: unknown) => {
      this.#parts.log.warn({ err: error }, 'topic not watched');
      this.#ws.close(closes.failed);
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
    const release = await topic.hold?.(this);
    if (isOver()) return release?.();
    Object.assign(watched, { topic, release });
    watched.watching = this.#parts.feeds.watch(topic, this, version);
  }

  #unwatch(name: string): void {
    const watched = this.#watched.get(name);
    if (!watched) return;
    this.#watched.delete(name);
    this.#held?.delete(name);
    watched.watching?.end();
    watched.release?.().catch((error: unknown) => {
      this.#parts.log.warn({ err: error }, 'held beyond its connection, until it runs out');
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

  /** Runs `then` at once, or after asking whether the viewer may still see the topic; in the order of the calls. */
  #whileAllowed(topic: Topic | undefined, then: () => void): void {
    const admission = topic?.admission;
    if (!admission) return then();
    const ask = async () => {
      if (this.#ws.readyState !== this.#ws.OPEN) return;
      if (await admission.isStillValid()) then();
      else this.#ws.close(closes.loggedOut);
    };
    this.#asked = this.#asked.then(ask).catch((error: unknown) => {
      this.#parts.log.warn({ err: error }, 'login not checked');
      this.#ws.close(closes.failed);
    });
  }

  #send(frame: Frame): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    if (this.#held === null && this.#ws.bufferedAmount <= behindBytes)
      return this.#ws.send(frame.bytes, asText);
    if (this.#held === null) {
      this.#held = new Map();
      this.#behindSince = performance.now();
      this.#raw.once('drain', () => this.catchUp());
    }
    this.#held.set(frame.topic, frame);
  }

  gone(name: string): void {
    const topic = this.#watched.get(name)?.topic;
    this.#unwatch(name);
    // A page whose login came meanwhile may find it again as somebody else.
    this.#whileAllowed(topic, () => {
      if (this.#ws.readyState === this.#ws.OPEN) this.#ws.send(refused(name, 'not_found'));
    });
  }

  /** Sends what was held back as far as the reader has caught up; gives up one that doesn't. */
  catchUp(): void {
    if (this.#held === null) return;
    for (const [topic, frame] of this.#held) {
      if (this.#ws.bufferedAmount > behindBytes) break;
      this.#held.delete(topic);
      this.#ws.send(frame.bytes, asText);
    }
    const unread = this.#ws.bufferedAmount;
    if (this.#held.size === 0 && unread <= behindBytes) {
      this.#held = null;
      return;
    }
    const behindMs = performance.now() - this.#behindSince;
    const mayBeSeconds = unread > farBehindBytes ? mayBeFarBehindSeconds : mayBeBehindSeconds;
    if (behindMs > mayBeSeconds * this.#parts.secondMs) this.#giveUp();
  }

  /** The reason is for a reader that still reads; one that doesn't never hears it. */
  #giveUp(): void {
    this.#held = null;
    this.#ws.close(closes.slow);
    setTimeout(() => this.#ws.terminate(), 1_000).unref();
  }

  /** Closes the connection once its viewer has logged out or in as somebody else. Asks once for each actor. */
  async checkActors(): Promise<void> {
    const admissions = [...this.#watched.values()].flatMap(({ topic }) => topic?.admission ?? []);
    const byActor = new Map(admissions.map((admission) => [admission.actor, admission]));
    for (const admission of byActor.values()) {
      if (!(await admission.isStillValid())) return this.#ws.close(closes.loggedOut);
    }
  }

  reliesOnActor(): boolean {
    return [...this.#watched.values()].some(({ topic }) => topic?.admission !== undefined);
  }
}
