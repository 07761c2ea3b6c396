import type { ProcessUsage } from './targets.ts';

/** Returns what this process has used so far, after a collection of garbage. */
export function usage(statements = 0): ProcessUsage {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return { rss, used: heapUsed + external, cpu: user + system, statements };
}
