import WebSocket from 'ws';
import type { Client, TestService } from '../../harness.ts';

type Frame = { type: string; topic?: string; version?: number; code?: string; state?: any };

/** A page with a socket: what it was told, by topic. */
export interface Page {
  ws: WebSocket;
  frames: Frame[];
  watch(topic: string, version?: number): void;
  say(frame: unknown): void;
  /** The newest frame of the topic, once `fits` holds for it; fails after a while. */
  until(topic: string, fits?: (frame: Frame) => boolean, withinMs?: number): Promise<Frame>;
  /** Everything said about a topic. */
  about(topic: string): Frame[];
  /** The code it was closed with. */
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

/** Returns a socket that may be refused: the status of the refusal, or the open socket. */
export function knock({ url, origin, cookies }: Opening): Promise<Refused | { ws: WebSocket }> {
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

/** Returns the socket of a page of this browser (or of nobody's). */
export async function openPage(
  service: Pick<TestService, 'url' | 'config'>,
  browser: Pick<Client, 'cookies'> = { cookies: new Map() },
): Promise<Page> {
  const opened = await knock({
    url: service.url,
    origin: service.config.publicUrl,
    cookies: browser.cookies,
  });
  if (!('ws' in opened)) throw new Error(`socket refused: ${opened.status}`);
  return pageOf(opened.ws);
}

/** Returns a socket that was opened, as a page. */
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
