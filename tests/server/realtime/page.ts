import WebSocket from 'ws';
import type { Client, TestService } from '../../harness.ts';

/** The JSON state of a topic, untyped: tests say what they expect of it. */
type AnyState = any;

type Frame = { type: string; topic?: string; version?: number; code?: string; state?: AnyState };

/** A page with a socket, and the frames that it received. */
export interface Page {
  ws: WebSocket;
  frames: Frame[];
  watch(topic: string, version?: number): void;
  say(frame: unknown): void;
  /** Waits until `fits` holds for the newest frame of the topic and returns it; rejects after a while. */
  until(topic: string, fits?: (frame: Frame) => boolean, withinMs?: number): Promise<Frame>;
  /** Returns all frames of a topic. */
  about(topic: string): Frame[];
  /** Resolves with the code with which the socket was closed. */
  closed: Promise<number>;
  close(): void;
}

export interface Opening {
  url: string;
  origin: string | undefined;
  cookies: Map<string, string>;
}

interface Refused {
  status: number;
  retryAfter: string | undefined;
}

/** Tries to open a socket; returns it, or the status of the refusal. */
export function tryToOpen({ url, origin, cookies }: Opening): Promise<Refused | { ws: WebSocket }> {
  const headers = {
    ...(origin === undefined ? {} : { origin }),
    ...(cookies.size > 0
      ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
      : {}),
  };
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`, { headers, perMessageDeflate: false });
    ws.once('open', () => resolve({ ws }));
    ws.once('unexpected-response', (_request, response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] });
    });
    ws.once('error', reject);
  });
}

/** Opens the socket of a page of this browser, by default one without cookies. */
export async function openPage(
  service: Pick<TestService, 'url' | 'config'>,
  browser: Pick<Client, 'cookies'> = { cookies: new Map() },
): Promise<Page> {
  const opened = await tryToOpen({
    url: service.url,
    origin: service.config.publicUrl,
    cookies: browser.cookies,
  });
  if (!('ws' in opened)) throw new Error(`socket refused: ${opened.status}`);
  return pageOf(opened.ws);
}

/** Wraps an open socket as a page. */
export function pageOf(ws: WebSocket): Page {
  const frames: Frame[] = [];
  const listeners = new Set<() => void>();
  ws.on('error', () => {});
  ws.on('message', (data) => {
    frames.push(JSON.parse((data as Buffer).toString()) as Frame);
    for (const listener of [...listeners]) listener();
  });
  const closed = new Promise<number>((resolve) => ws.once('close', resolve));
  const say = (frame: unknown) => ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  const newest = (topic: string) => frames.findLast((frame) => (frame.topic ?? frame.type) === topic);
  return {
    ws,
    frames,
    say,
    closed,
    watch: (topic, version) => say({ type: 'watch', topic, ...(version === undefined ? {} : { version }) }),
    about: (topic) => frames.filter((frame) => frame.topic === topic),
    close: () => ws.close(),
    until(topic, fits = () => true, withinMs = 20_000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          listeners.delete(look);
          reject(new Error(`${topic}: nothing fits; newest: ${JSON.stringify(newest(topic))}`));
        }, withinMs);
        function look(): void {
          const frame = newest(topic);
          if (!frame || !fits(frame)) return;
          clearTimeout(timer);
          listeners.delete(look);
          resolve(frame);
        }
        listeners.add(look);
        look();
      });
    },
  };
}
