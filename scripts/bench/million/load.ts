import { Agent, get } from 'node:http';
import { cpuSeconds } from '../journey/cpu.ts';

/** Processes by name, whose CPU is counted. */
export type Pids = Record<string, number>;

export interface Load {
  times: number[];
  seconds: number;
  /** CPU ms of one request, by process. */
  cpu: Record<string, number>;
}

export interface Terms {
  callers: number;
  seconds: number;
  pids: Pids;
  /** Stops earlier after so many requests. */
  most?: number;
}

/** Requests the paths in turn, by several callers with a connection each, until the time is over. */
export async function load(base: string, paths: readonly string[], terms: Terms): Promise<Load> {
  const { callers, seconds, pids, most = Infinity } = terms;
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const cpuOf = () => Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuSeconds(pid)]));
  const before = cpuOf();
  const times: number[] = [];
  const begun = performance.now();
  const end = begun + seconds * 1_000;
  let next = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < end && next < most) {
        const path = paths[next++ % paths.length] ?? '';
        const sent = performance.now();
        await request(base + path, agent);
        times.push(performance.now() - sent);
      }
    }),
  );
  const took = (performance.now() - begun) / 1_000;
  agent.destroy();
  const after = cpuOf();
  const cpu = Object.fromEntries(
    Object.keys(pids).map((name) => [
      name,
      (((after[name] ?? 0) - (before[name] ?? 0)) * 1_000) / Math.max(times.length, 1),
    ]),
  );
  return { times, seconds: took, cpu };
}

function request(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.once('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode} for ${url}`)),
      );
      response.once('error', reject);
    }).once('error', reject);
  });
}

export function percentile(times: readonly number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Number((sorted[Math.ceil(sorted.length * part) - 1] ?? NaN).toFixed(1));
}
