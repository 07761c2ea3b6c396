import WebSocket from 'ws';
import { waitAfter } from '../../../web/src/lib/backoff.ts';

/**
 * Commands to a process of many pages. They reconnect as browsers do (web/src/lib/live.svelte.ts): after a growing random
 * wait, with the version they have.
 */
export type ReturningCommand =
  | { do: 'open'; url: string; origin: string; topics: string[]; count: number; perSecond: number }
  | { do: 'count' }
  | { do: 'await'; status: string; agentId: string }
  /** Reports when each page got its next frame, in nanoseconds of `process.hrtime`. */
  | { do: 'expect' }
  /** Pages that lose their connection from now on reconnect to `url`; reports once all have. */
  | { do: 'return'; url: string };
export type ReturningReport =
  | { did: 'open' }
  /** Frames of each page since the previous 'count'. */
  | { did: 'count'; frames: number[] }
  | { did: 'await' }
  | { did: 'expect'; arrivals: number[] }
  /** `gaps`: milliseconds from each page's loss until its state is certain; `refused`: number of refused attempts. */
  | { did: 'return'; gaps: number[]; refused: number };

interface Page {
  topic: string;
  socket?: WebSocket;
  frames: number;
  newest: string;
  version: number;
  lostAt: number;
  attempts: number;
}

const pages: Page[] = [];
let target = { url: '', origin: '' };
let gaps: number[] = [];
let refused = 0;
let onAllReconnected: (() => void) | undefined;
let onFrame: ((page: Page) => void) | undefined;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const report = (message: ReturningReport) => process.send?.(message);

/** Resolves once the page has its first answer; retries while it is refused. */
function connectPage(page: Page): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(target.url, { origin: target.origin, perMessageDeflate: false });
    page.socket = socket;
    let isConnected = false;
    const arrived = () => {
      if (isConnected) return;
      isConnected = true;
      page.attempts = 0;
      if (page.lostAt > 0) gaps.push(performance.now() - page.lostAt);
      if (gaps.length === pages.length) onAllReconnected?.();
      resolve();
    };
    socket.once('open', () => {
      socket.send(JSON.stringify({ type: 'watch', topic: page.topic, version: page.version }));
      // A page that has the newest version gets no state, only this pong.
      if (page.version > 0) socket.send(JSON.stringify({ type: 'ping' }));
    });
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.startsWith('{"type":"state"')) {
        page.frames += 1;
        page.newest = text;
        onFrame?.(page);
      }
      arrived();
    });
    socket.on('error', () => (refused += 1));
    socket.once('close', () => {
      if (isConnected) page.lostAt = performance.now();
      void pause(waitAfter(page.attempts++))
        .then(() => connectPage(page))
        .then(resolve);
    });
  });
}

async function open({ topics, count, perSecond }: ReturningCommand & { do: 'open' }): Promise<void> {
  const opening: Promise<void>[] = [];
  for (let i = 0; i < count; i += 1) {
    const topic = topics[i % topics.length] ?? '';
    const page = { topic, frames: 0, newest: '', version: 0, lostAt: 0, attempts: 0 };
    pages.push(page);
    opening.push(connectPage(page));
    if (i % 10 === 9) await pause(10_000 / perSecond);
  }
  await Promise.all(opening);
}

type State = { version: number; state: { agents: { id: string; status: string }[] } };

async function waitUntilAllShow(agentId: string, status: string): Promise<void> {
  const shows = ({ newest }: Page) =>
    (JSON.parse(newest) as State).state.agents.some((one) => one.id === agentId && one.status === status);
  const outdated = new Set(pages.filter((page) => !shows(page)));
  await new Promise<void>((resolve) => {
    if (outdated.size === 0) return resolve();
    onFrame = (page) => {
      if (shows(page)) outdated.delete(page);
      if (outdated.size === 0) resolve();
    };
  });
  onFrame = undefined;
}

async function waitForNextFrames(): Promise<number[]> {
  const arrivals = new Map<Page, number>();
  await new Promise<void>((resolve) => {
    onFrame = (page) => {
      if (!arrivals.has(page)) arrivals.set(page, Number(process.hrtime.bigint()));
      if (arrivals.size === pages.length) resolve();
    };
  });
  onFrame = undefined;
  return [...arrivals.values()];
}

async function reconnectAll(url: string): Promise<void> {
  target = { ...target, url };
  gaps = [];
  refused = 0;
  for (const page of pages) page.version = (JSON.parse(page.newest) as State).version;
  await new Promise<void>((resolve) => (onAllReconnected = resolve));
  onAllReconnected = undefined;
}

process.on('message', (command: ReturningCommand) => {
  if (command.do === 'open') {
    target = command;
    void open(command).then(() => report({ did: 'open' }));
  }
  if (command.do === 'count') {
    report({ did: 'count', frames: pages.map(({ frames }) => frames) });
    for (const page of pages) page.frames = 0;
  }
  if (command.do === 'await')
    void waitUntilAllShow(command.agentId, command.status).then(() => report({ did: 'await' }));
  if (command.do === 'expect')
    void waitForNextFrames().then((arrivals) => report({ did: 'expect', arrivals }));
  if (command.do === 'return')
    void reconnectAll(command.url).then(() => report({ did: 'return', gaps, refused }));
});
process.on('disconnect', () => process.exit());
