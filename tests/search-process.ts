import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** `npm run search` as a process of its own. */
export interface SearchProcess {
  url: string;
  /** Starts it on its port, and waits until its index is built. */
  begin(): Promise<void>;
  /** Returns a measure of its /metrics. */
  measure(name: string): Promise<number>;
  /** Ends it by SIGTERM; returns its exit code. */
  end(): Promise<number | null>;
  kill(): Promise<void>;
  /** Stops it from running until `thaw`. */
  freeze(): void;
  thaw(): void;
}

export async function startSearchProcess(databaseUrl: string, port: number): Promise<SearchProcess> {
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;

  async function signal(name: NodeJS.Signals): Promise<number | null> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const exited = once(child, 'exit');
    child.kill(name);
    const [code] = (await exited) as [number | null];
    return code;
  }

  const found: SearchProcess = {
    url,
    async begin() {
      child = spawn(process.execPath, ['scripts/search.ts'], {
        env: {
          PATH: process.env['PATH'],
          DATABASE_URL: databaseUrl,
          SEARCH_PORT: String(port),
          LOG_LEVEL: 'warn',
        },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      while (!(await isReady(url))) {
        if (child.exitCode !== null) throw new Error(`the search process ended with ${child.exitCode}`);
        await sleep(50);
      }
    },
    async measure(name) {
      const text = await (await fetch(`${url}/metrics`)).text();
      const [, value] = new RegExp(`^${name} (.+)$`, 'm').exec(text) ?? [];
      return Number(value);
    },
    end: () => signal('SIGTERM'),
    kill: async () => void (await signal('SIGKILL')),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
  };
  await found.begin();
  return found;
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`).catch(() => null);
  return answer?.status === 200;
}
