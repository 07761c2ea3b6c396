import { openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { findFreePort } from '../pg.ts';
import { readWire } from './database-wire.ts';
import type { Judgement, MailServer, Trouble } from './mail-server.ts';
import { endsLease, hasStoredSent, type Moment } from './points.ts';
import { isAlive, isReady, isServing, type Running, type Slot, startIn, until } from './running.ts';
import { openWay } from './way.ts';

/** Waits for a process at a moment. `caught` runs before the process can go on, and returns whether the moment passes. */
export interface Trap {
  of: (process: Running) => boolean;
  at: (moment: Moment) => boolean;
  caught: (process: Running) => 'pass' | 'hold';
}

/** The processes, and what happens to them. */
export interface Fleet {
  traps: Set<Trap>;
  /** Adds a slot and starts its first process. */
  add(kind: Slot['kind'], port?: number): Promise<Slot>;
  /** Ends the process with SIGKILL, at once. `reason`: the name of a point. */
  kill(process: Running, reason: string): void;
  /** Asks it to end, by SIGTERM. Resolves once it has begun to. */
  terminate(process: Running): Promise<void>;
  /** Starts the next process of a slot, once the last one has ended. */
  restart(slot: Slot): Promise<void>;
  /** Waits for a process of the service that serves. */
  someServe(): Promise<Running>;
  /** Waits for its address. */
  someUrl: () => Promise<string>;
  /** Every process so far. */
  all: Running[];
  /** What ended although nobody asked it to, or not with 0. */
  fallen: string[];
  /** Makes connections to the mail server that idle necessary again. */
  dropIdleMailConnections(): void;
  /** Ends all by SIGTERM. Returns how many of them ended by themselves, with 0, in time. */
  end(): Promise<{ asked: number; clean: number }>;
}

export interface FleetOptions {
  databasePort: number;
  /** Returns the environment of a process: its address and its ways. */
  env: (own: { port: number; databasePort: number; mailPort: number }) => NodeJS.ProcessEnv;
  mail: MailServer;
  logFile: string;
  /** Returns the mail server's trouble at a moment of a worker. */
  trouble: (moment: Moment) => Trouble | null;
}

const endsWithinMs = 20_000;

export function createFleet(options: FleetOptions): Fleet {
  const slots: Slot[] = [];
  const log = openSync(options.logFile, 'a');
  const [traps, all, fallen]: [Set<Trap>, Running[], string[]] = [new Set(), [], []];
  let isOver = false;

  function start(slot: Slot): void {
    const running = startIn(slot, log);
    slot.running = running;
    all.push(running);
    void running.ended.then(() => {
      if (running.isEnding) return;
      fallen.push(`${running.name}: ${running.child.signalCode ?? running.child.exitCode}`);
      start(slot);
    });
  }
  process.on('exit', () => {
    for (const { child } of all) if (isAlive(child)) child.kill('SIGKILL');
  });

  return {
    ...{ traps, all, fallen },
    someServe: () => someServe(slots),
    someUrl: async () => (await someServe(slots)).slot.url,
    async add(kind, port) {
      const slot = await openSlot(kind, options, traps, port);
      slot.name = `${kind} ${slots.push(slot)}`;
      start(slot);
      return slot;
    },
    kill(process, reason) {
      process.interruptedBy = reason;
      process.isEnding = true;
      process.child.kill('SIGKILL');
    },
    async terminate(process) {
      process.isEnding = true;
      const begun = untilItEnds(process, traps);
      process.child.kill('SIGTERM');
      await Promise.race([begun, process.ended]);
    },
    async restart(slot) {
      await slot.running.ended;
      // What the dead process still sent belongs to it.
      await pause(10);
      if (!isOver) start(slot);
    },
    dropIdleMailConnections() {
      for (const { mailWay } of slots) mailWay.dropIdle();
    },
    async end() {
      isOver = true;
      const running = all.filter(({ child }) => isAlive(child));
      for (const one of running) {
        one.isEnding = true;
        one.child.kill('SIGTERM');
      }
      const ended = Promise.all(running.map((one) => one.ended));
      await Promise.race([ended, pause(endsWithinMs, undefined, { ref: false })]);
      const clean = running.filter(({ child }) => child.exitCode === 0).length;
      return { asked: running.length, clean };
    },
  };
}

async function someServe(slots: readonly Slot[]): Promise<Running> {
  for (;;) {
    const serving = slots
      .map(({ running }) => running)
      .filter((one) => one.slot.kind === 'serve' && isServing(one));
    const readying = serving.map(async (one) => (await one.ready, one));
    // Others may start meanwhile.
    const first = await Promise.race([...readying, pause(200, null)]);
    if (first && isServing(first)) return first;
  }
}

/** Opens the ways of a process to come. */
async function openSlot(
  kind: Slot['kind'],
  { databasePort, mail, trouble, env }: FleetOptions,
  traps: Set<Trap>,
  port?: number,
): Promise<Slot> {
  function judge(process: Running, moment: Moment): Judgement {
    if (hasStoredSent(moment)) process.unstored = Math.max(0, process.unstored - 1);
    for (const trap of traps) {
      if (!trap.of(process) || !trap.at(moment)) continue;
      traps.delete(trap);
      return trap.caught(process);
    }
    return trouble(moment) ?? 'pass';
  }
  const own = port ?? (await findFreePort());
  const slot = { kind, url: `http://127.0.0.1:${own}`, starts: 0 } as Slot;
  const databaseWay = await openWay(databasePort, () => {
    const { running } = slot;
    return readWire((moment) => judge(running, moment) === 'hold');
  });
  slot.mailWay = await mail.openFor({
    judge: (phase) => judge(slot.running, { kind: 'mail', phase }),
    name: () => slot.running.name,
    onReceived: () => void (slot.running.unstored += 1),
  });
  slot.env = env({ port: own, databasePort: databaseWay.port, mailPort: slot.mailWay.port });
  return slot;
}

/** Resolves once a process that is asked to end has begun to: it is not ready any more, or gives up its lease. */
function untilItEnds(process: Running, traps: Set<Trap>): Promise<void> {
  if (process.slot.kind === 'serve') return until(async () => !(await isReady(process.slot.url)));
  return new Promise((resolve) => {
    traps.add({
      of: (one) => one === process,
      at: endsLease,
      caught() {
        resolve();
        return 'pass';
      },
    });
  });
}
