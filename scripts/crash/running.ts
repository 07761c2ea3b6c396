import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../run-step.ts';
import type { Way } from './way.ts';

/** A place for one process at a time, with its own ways to the database and the mail server. */
export interface Slot {
  name: string;
  kind: 'serve' | 'worker';
  /** The address of a service; a worker has none. */
  url: string;
  env: NodeJS.ProcessEnv;
  mailWay: Way;
  running: Running;
  /** How often a process was started in it. */
  starts: number;
}

/** A process of the service or a worker, from its start to its end. */
export interface Running {
  name: string;
  slot: Slot;
  child: ChildProcess;
  /** Whether it was killed or asked to end. */
  isEnding: boolean;
  /** What interrupted its work: the name of a point, a freeze, a restart of the database. */
  interruptedBy: string | null;
  /** Mails that it sent whole without having stored that, so that another may send them again. */
  unstored: number;
  /** Resolves once it serves; at once for a worker. */
  ready: Promise<void>;
  ended: Promise<void>;
}

/** Starts a process of the slot. `logFile`: a file descriptor for what it writes. */
export function startIn(slot: Slot, logFile: number): Running {
  const child = spawn(process.execPath, [`scripts/${slot.kind}.ts`], {
    cwd: root,
    env: slot.env,
    stdio: ['ignore', logFile, logFile],
  });
  slot.starts += 1;
  const isUp = async () => child.exitCode !== null || child.signalCode !== null || (await isReady(slot.url));
  return {
    ...{ name: `${slot.name}, start ${slot.starts}`, slot, child },
    ...{ isEnding: false, interruptedBy: null, unstored: 0 },
    ready: slot.kind === 'serve' ? until(isUp) : Promise.resolve(),
    ended: once(child, 'exit').then(() => {}),
  };
}

/** Returns whether it runs, and nobody has asked it to end. */
export const isServing = ({ child, isEnding }: Running): boolean => !isEnding && isAlive(child);

export const isAlive = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode === null && signalCode === null;

export async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`, { headers: { connection: 'close' } }).catch(() => null);
  await answer?.body?.cancel();
  return answer?.ok ?? false;
}

export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(50);
}
