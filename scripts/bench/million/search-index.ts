import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds } from '../journey/cpu.ts';

/** The search process, its index built. */
export interface IndexProcess {
  url: string;
  pid: number;
  /** Returns what it says of itself. */
  figures(): Promise<string>;
  stop(): Promise<void>;
}

export async function startIndex(databaseUrl: string): Promise<IndexProcess> {
  const begun = performance.now();
  const child = fork(join(import.meta.dirname, 'search-process.ts'), [], {
    env: { ...process.env, DATABASE_URL: databaseUrl, SEARCH_PORT: '0', LOG_LEVEL: 'warn' },
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const url = `http://127.0.0.1:${port}`;
  const pid = child.pid ?? 0;
  while ((await fetch(`${url}/readyz`)).status !== 200) await sleep(200);
  const seconds = (performance.now() - begun) / 1_000;
  console.log(`index built in ${seconds.toFixed(0)} s, with ${cpuSeconds(pid).toFixed(0)} s of CPU`);
  return {
    url,
    pid,
    figures: async () => (await (await fetch(`${url}/metrics`)).text()).replace(/^#.*\n/gm, ''),
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
