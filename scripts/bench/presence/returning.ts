import WebSocket from 'ws';
import { waitAfter } from '../../../web/src/lib/backoff.ts';

/**
 * Many pages in one process, on orders of its parent. They come back as browsers do (web/src/lib/live.svelte.ts): after
 * a growing random wait, to the process that the balancer picks, with the version they have.
 */
export type ReturningOrder =
  | { do: 'open'; url: string; origin: string; topics: string[]; count: number; perSecond: number }
  | { do: 'count' }
  | { do: 'await'; status: string; agentId: string }
  /** From now on pages that lose their connection reconnect to `url`; reports once all have. */
  | { do: 'return'; url: string };
export type ReturningReport =
  | { did: 'open' }
  /** Frames of each page since the order before. */
  | { did: 'count'; frames: number[] }
  | { did: 'await' }
  /** Milliseconds from each page's loss until its state is certain again; attempts that were refused. */
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
let whenAllAreBack: (() => void) | undefined;
let whenTold: ((page: Page) => void) | undefined;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const report = (message: ReturningReport) => process.send?.(message);

/** Resolves once the page has its first answer; a refused page retries later. */
function connectPage(page: Page): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(target.url, { origin: target.origin, perMessageDeflate: false });
    page.socket = socket;
    let isBack = false;
    const arrived = () => {
      if (isBack) return;
      isBack = true;
      page.attempts = 0;
      if (page.lostAt > 0) gaps.push(performance.now() - page.lostAt);
      if (gaps.length === pages.length) whenAllAreBack?.();
      resolve();
    };
    socket.once('open', () => {
      socket.send(JSON.stringify({ type: 'watch', topic: page.topic, version: page.version }));
      // The pong comes after the watch: a page that has the newest version gets nothing else.
      if (page.version > 0) socket.send(JSON.stringify({ type: 'ping' }));
    });
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.startsWith('{"type":"state"')) {
        page.frames += 1;
        page.newest = text;
        whenTold?.(page);
      }
      arrived();
    });
    socket.on('error', () => (refused += 1));
    socket.once('close', () => {
      if (isBack) page.lostAt = performance.now();
      void pause(waitAfter(page.attempts++))
        .then(() => connectPage(page))
        .then(resolve);
    });
  });
}

async function open({ topics, count, perSecond }: ReturningOrder & { do: 'open' }): Promise<void> {
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

async function allKnow(agentId: string, status: string): Promise<void> {
  const knows = ({ newest }: Page) =>
    (JSON.parse(newest) as State).state.agents.some((one) => one.id === agentId && one.status === status);
  const unaware = new Set(pages.filter((page) => !knows(page)));
  await new Promise<void>((resolve) => {
    if (unaware.size === 0) return resolve();
    whenTold = (page) => {
      if (knows(page)) unaware.delete(page);
      if (unaware.size === 0) resolve();
    };
  });
  whenTold = undefined;
}

async function comeBack(url: string): Promise<void> {
  target = { ...target, url };
  gaps = [];
  refused = 0;
  for (const page of pages) page.version = (JSON.parse(page.newest) as State).version;
  await new Promise<void>((resolve) => (whenAllAreBack = resolve));
  whenAllAreBack = undefined;
}

process.on('message', (what: ReturningOrder) => {
  if (what.do === 'open') {
    target = what;
    void open(what).then(() => report({ did: 'open' }));
  }
  if (what.do === 'count') {
    report({ did: 'count', frames: pages.map(({ frames }) => frames) });
    for (const page of pages) page.frames = 0;
  }
  if (what.do === 'await') void allKnow(what.agentId, what.status).then(() => report({ did: 'await' }));
  if (what.do === 'return') void comeBack(what.url).then(() => report({ did: 'return', gaps, refused }));
});
process.on('disconnect', () => process.exit());
