import { Agent, type IncomingMessage, request } from 'node:http';
import type { Clock } from '#server/platform/clock.ts';
import type { Log } from '#server/platform/log.ts';
import type { Metric } from '#server/platform/metrics.ts';
import type { Found, SearchEngine, Suggested } from './port.ts';

/** The timeout of a search. */
const defaultTimeoutMs = 2_000;
/** The pause after no answer, so that a hanging process doesn't delay all visitors. */
const pauseMs = 5_000;
const betweenWarningsMs = 60_000;

interface Parts {
  clock: Clock;
  log: Log;
  timeoutMs?: number | undefined;
}

/** The process answered that it can't answer now. */
class Unready extends Error {}

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
    const now = clock.now().getTime();
    if (now < pausedUntil) return note('paused');
    const asked = performance.now();
    try {
      const text = await post(new URL(path, url), JSON.stringify(given), agent, timeoutMs);
      answeredAt = performance.now();
      return JSON.parse(text) as Answer;
    } catch (error) {
      const reason = (error as Error).message;
      // One that has answered others meanwhile is only busy.
      if (!(error instanceof Unready) && answeredAt < asked) pausedUntil = now + pauseMs;
      if (now >= noWarningUntil) {
        noWarningUntil = now + betweenWarningsMs;
        log.warn({ reason }, 'the search process does not answer, PostgreSQL searches');
      }
      return note(error instanceof Unready ? reason : 'failed');
    }
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

async function post(url: URL, body: string, agent: Agent, timeoutMs: number): Promise<string> {
  try {
    return await postOnce(url, body, agent, timeoutMs);
  } catch (error) {
    // The process closed a connection that was kept, as when it restarted.
    if (!(error instanceof StaleConnection)) throw error;
    return post(url, body, agent, timeoutMs);
  }
}

class StaleConnection extends Error {}

function postOnce(url: URL, body: string, agent: Agent, timeoutMs: number): Promise<string> {
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

async function read(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let text = '';
  for await (const part of response) text += part as string;
  if (response.statusCode === 200) return text;
  if (response.statusCode === 503) throw new Unready((JSON.parse(text) as { reason: string }).reason);
  throw new Error(`${response.statusCode} of the search process`);
}
