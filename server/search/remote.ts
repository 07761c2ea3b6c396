import { Agent, type IncomingMessage, request } from 'node:http';
import type { Clock } from '#server/platform/clock.ts';
import type { Log } from '#server/platform/log.ts';
import type { Metric } from '#server/platform/metrics.ts';
import type { Found, SearchEngine, Suggested } from './port.ts';

/** The timeout of a search. */
const defaultTimeoutMs = 2_000;
/** The pause after no answer, from the failure on, so that a hanging process doesn't delay all visitors. */
const pauseMs = 5_000;
const betweenWarningsMs = 60_000;

interface Parts {
  clock: Clock;
  log: Log;
  timeoutMs?: number | undefined;
}

/** The search process at an address. */
export interface SearchProcess {
  /** Returns its engine. `other` answers while it is away, being built, or lacks what was committed before the search. */
  orElse(other: SearchEngine): SearchEngine;
}

/** Connects to the search process, which may be away. When it doesn't answer is counted, and logged at most once a minute. */
export function askSearchProcess(
  url: string,
  { clock, log, timeoutMs = defaultTimeoutMs }: Parts,
): SearchProcess {
  const agent = new Agent({ keepAlive: true, scheduling: 'lifo' });
  const fallbacks = new Map<string, number>();
  let pausedUntil = 0;
  let answeredAt = -Infinity;
  let noWarningUntil = 0;

  async function ask<Answer>(path: string, given: object): Promise<Answer | null> {
    if (clock.now().getTime() < pausedUntil) return note('paused');
    const asked = performance.now();
    try {
      const { status, text } = await post(new URL(path, url), JSON.stringify(given), agent, timeoutMs);
      answeredAt = performance.now();
      if (status === 200) return JSON.parse(text) as Answer;
      if (status !== 503) throw new Error(`${status} of the search process`);
      const { reason } = JSON.parse(text) as { reason: string };
      warn(reason);
      return note(reason);
    } catch (error) {
      // One that has answered this or others meanwhile is there.
      if (answeredAt < asked) pausedUntil = clock.now().getTime() + pauseMs;
      warn((error as Error).message);
      return note('failed');
    }
  }

  function warn(reason: string): void {
    const now = clock.now().getTime();
    if (now < noWarningUntil) return;
    noWarningUntil = now + betweenWarningsMs;
    log.warn({ reason }, 'the search process does not answer, PostgreSQL searches');
  }

  function note(kind: string): null {
    fallbacks.set(kind, (fallbacks.get(kind) ?? 0) + 1);
    return null;
  }

  function metrics(): Metric[] {
    const samples = [...fallbacks].map(([kind, value]) => ({ labels: { kind }, value }));
    return [{ name: 'quoteline_search_fallbacks_total', type: 'counter', samples }];
  }

  return {
    orElse: (other) => ({
      find: async (wanted) => (await ask<Found>('/find', wanted)) ?? other.find(wanted),
      suggest: async (typed) => (await ask<Suggested>('/suggest', typed)) ?? other.suggest(typed),
      metrics,
    }),
  };
}

interface Response {
  status: number | undefined;
  text: string;
}

async function post(url: URL, body: string, agent: Agent, timeoutMs: number): Promise<Response> {
  try {
    return await postOnce(url, body, agent, timeoutMs);
  } catch (error) {
    // The process closed a connection that was kept, as when it restarted.
    if (!(error instanceof StaleConnection)) throw error;
    return post(url, body, agent, timeoutMs);
  }
}

class StaleConnection extends Error {}

function postOnce(url: URL, body: string, agent: Agent, timeoutMs: number): Promise<Response> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { method: 'POST', agent, headers, signal }, (response) => {
      read(response).then(resolve, reject);
    });
    sent.once('error', (error: NodeJS.ErrnoException) =>
      reject(sent.reusedSocket && error.code === 'ECONNRESET' ? new StaleConnection() : error),
    );
    sent.end(body);
  });
}

async function read(response: IncomingMessage): Promise<Response> {
  response.setEncoding('utf8');
  let text = '';
  for await (const part of response) text += part as string;
  return { status: response.statusCode, text };
}
