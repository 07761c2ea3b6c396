import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** What postmaster.pid says about a server that runs. */
export type RunningServer = { pid: number; port: number; status: string };

/**
 * Returns the running server of a cluster. The process of a pid file may be gone, a zombie, or another program with the
 * same pid; only the server has the cluster as its working directory.
 */
export function findServer(clusterDir: string): RunningServer | undefined {
  const lines = readText(join(clusterDir, 'postmaster.pid')).split('\n');
  const pid = Number(lines[0]);
  if (!pid || !isAlive(pid) || workingFolder(pid) !== realpathSync(clusterDir)) return undefined;
  return { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? '' };
}

/** Returns whether a process exists and isn't a zombie. */
export function isAlive(pid: number): boolean {
  const stat = readText(`/proc/${pid}/stat`);
  return stat !== '' && !/\) [ZX] /.test(stat);
}

/**
 * Waits until no process of a crashed server is left; kills them after 5 s. A new server next to one of them would
 * corrupt the data.
 */
export async function waitForLeftovers(clusterDir: string): Promise<void> {
  const folder = realpathSync(clusterDir);
  const killAt = Date.now() + 5_000;
  for (let left = processesIn(folder); left.length > 0; left = processesIn(folder)) {
    if (Date.now() > killAt) for (const pid of left) process.kill(pid, 'SIGKILL');
    await pause(50);
  }
}

/** Waits for a process to end. Returns false when it hasn't after `timeoutMs`. */
export async function waitForEnd(pid: number, timeoutMs: number): Promise<boolean> {
  const giveUpAt = Date.now() + timeoutMs;
  while (isAlive(pid)) {
    if (Date.now() > giveUpAt) return false;
    await pause(10);
  }
  return true;
}

function processesIn(folder: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && workingFolder(pid) === folder && isPostgres(pid));
}

function isPostgres(pid: number): boolean {
  return isAlive(pid) && readText(`/proc/${pid}/comm`).startsWith('postgres');
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
