import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../db/seed/random.ts';
import type { Buyers, AskedRequest } from './buyers.ts';
import type { Calls } from './calls.ts';
import type { Trap } from './fleet.ts';
import type { Trouble } from './mail-server.ts';
import { type MailPhase, type Point, pointNames, points } from './points.ts';
import { isServing, type Running } from './running.ts';
import type { Site } from './site.ts';

/** One of each after so many kills. */
export const every = { call: 6, trouble: 15, restart: 40, freeze: 60 };

export interface Done {
  /** Milliseconds of each kill, until the next may begin. */
  kills: { point: string; ms: number }[];
  restarts: number;
  freezes: number;
  /** What the mail server did. */
  troubles: string[];
}

interface Run {
  site: Site;
  buyers: Buyers;
  calls: Calls;
  random: Random;
  /** Calls and freezes go on beside the kills. */
  beside: Promise<void>[];
}

const patienceMs = 120_000;
/** The part of the requests without an answer that isn't repeated: of these all mails go out, or none. */
const givenUp = 0.25;
/** Longer than a job may take before it counts as slow (server/platform/mailing/queue.ts). */
const wait = { pauseMs: 8_000 };
const troubles: readonly (readonly [MailPhase, Trouble])[] = [
  ['connected', 421],
  ['connected', wait],
  ['MAIL', 451],
  ['MAIL', wait],
  ['RCPT', 450],
  ['RCPT', 451],
  ['RCPT', wait],
  ['DATA', 451],
  ['DATA', wait],
  ['half', wait],
  ['all', 452],
  ['all', wait],
];
/** As an operator ends it, as it ends when one of its processes crashed, and as the kernel ends it. */
const databaseSignals = ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const;

/** Kills so many processes, each block of twelve once at each point, and mixes in the other rounds. Adds them to `done`. */
export async function runRounds(run: Run, kills: number, done: Done, onKill: () => void): Promise<void> {
  const { random, site, calls } = run;
  const turns = turnsOf(random);
  for (let number = 1; number <= kills; number += 1) {
    if (number % every.call === 1) goOnBeside(run, calls.make(site.fleet.someUrl));
    if (number % every.trouble === 0) troubleMails(run, done);
    if (number % every.freeze === every.freeze >> 1) goOnBeside(run, freezeWorker(run, done));
    const point = turns.next().value;
    const began = performance.now();
    if (point.process === 'serve') await killService(run, point);
    else await killWorker(run, point);
    done.kills.push({ point: point.name, ms: performance.now() - began });
    if (number % every.restart === 0) {
      await restartDatabase(run);
      done.restarts += 1;
    }
    onKill();
  }
}

function goOnBeside({ beside }: Run, work: Promise<void>): void {
  // Its failure is read at the end.
  work.catch(() => {});
  beside.push(work);
}

/** Yields each of the twelve points once, in some order, then again in another. */
function* turnsOf(random: Random): Generator<Point, never> {
  for (let block = 0; ; block += 1) {
    for (const name of random.shuffle(pointNames)) {
      const rows = points.filter((point) => point.name === name);
      yield rows[block % rows.length] as Point;
    }
  }
}

/** Kills a process of the service while it stores a request. */
async function killService(run: Run, point: Point): Promise<void> {
  const { site, buyers, random } = run;
  let request = await prepare(run, point.name);
  const victim = await site.fleet.someServe();
  const hit = catchAt(run, point, (process) => process === victim);
  await buyers.send(request, victim.slot.url);
  // The database may have been away.
  while (!hit.isOver()) {
    if (request.answers.length > 0) request = await prepare(run, point.name);
    await buyers.send(request, victim.slot.url);
    await pause(50);
  }
  void site.fleet.restart((await hit.process).slot);
  if (!random.chance(givenUp)) await sendUntilAnswered(run, request);
}

/** Kills the first worker that gets to the point. */
async function killWorker(run: Run, point: Point): Promise<void> {
  const { site } = run;
  if (point.name.startsWith('connected')) site.fleet.dropIdleMailConnections();
  const hit = catchAt(run, point, isVictim);
  await sendUntilAnswered(run, await prepare(run, point.name));
  void site.fleet.restart((await hit.process).slot);
}

const isVictim = (process: Running): boolean =>
  process.slot.kind === 'worker' && isServing(process) && process.interruptedBy !== frozen;

/** Kills the process that gets to the point, then. `isOver`: whether one has, or none will. `process`: once it has ended. */
function catchAt(
  run: Run,
  point: Point,
  isOurs: Trap['of'],
): { isOver: () => boolean; process: Promise<Running> } {
  const { fleet } = run.site;
  let isOver = false;
  const caught = new Promise<Running>((resolve, reject) => {
    const trap: Trap = {
      of: isOurs,
      at: point.at,
      caught(process) {
        clearTimeout(timer);
        isOver = true;
        if (!point.isEnding) fleet.kill(process, point.name);
        resolve(process);
        return 'hold';
      },
    };
    const timer = setTimeout(() => {
      isOver = true;
      fleet.traps.delete(trap);
      reject(new Error(`no process got to "${point.name}" in ${patienceMs / 1000} s`));
    }, patienceMs);
    fleet.traps.add(trap);
  });
  const process = caught.then((one) => endAt(run, point, one));
  // It is awaited only later.
  process.catch(() => {});
  return { isOver: () => isOver, process };
}

async function endAt({ site: { fleet }, random }: Run, point: Point, process: Running): Promise<Running> {
  if (point.isEnding) {
    await fleet.terminate(process);
    await pause(random.between(1, 400));
    fleet.kill(process, point.name);
  }
  await process.ended;
  return process;
}

async function prepare({ site, buyers }: Run, round: string): Promise<AskedRequest> {
  for (;;) {
    const request = await buyers.prepare(await site.fleet.someUrl(), round);
    if (request) return request;
  }
}

async function sendUntilAnswered({ site, buyers }: Run, request: AskedRequest): Promise<void> {
  while (!(await buyers.send(request, await site.fleet.someUrl()))) await pause(50);
}

/** Lets the mail server refuse or wait once. */
function troubleMails({ site, random }: Run, done: Done): void {
  const [phase, trouble] = random.pick(troubles);
  site.troubles.set(phase, trouble);
  const what = typeof trouble === 'number' ? `answered ${trouble}` : `waited ${trouble.pauseMs / 1_000} s`;
  done.troubles.push(`${what} at ${phase}`);
}

/** Restarts PostgreSQL while requests come in. */
async function restartDatabase(run: Run): Promise<void> {
  const { site, random } = run;
  const requests: AskedRequest[] = [];
  for (let count = 0; count < 3; count += 1) requests.push(await prepare(run, restart));
  const [signal, awayMs] = [random.pick(databaseSignals), random.between(0, 1_500)];
  const restarted = site.restartDatabase(signal, awayMs);
  for (const request of requests) await sendUntilAnswered(run, request);
  await restarted;
}

export const restart = 'a restart of PostgreSQL';
export const frozen = 'a freeze';
const freezePhases: readonly MailPhase[] = ['connected', 'MAIL', 'RCPT', 'DATA', 'half', 'all'];
/** The mails that a worker may have in hand. */
const inHand = 4;

/** Stops a worker of its own in the middle of a mail for longer than its lease, lets it go on, and ends it. */
async function freezeWorker({ site, random }: Run, done: Done): Promise<void> {
  const { fleet } = site;
  const phase = random.pick(freezePhases);
  const { running } = await fleet.add('worker');
  // At once, so that it isn't killed instead.
  running.interruptedBy = frozen;
  const gotMail = new Promise<boolean>((resolve) => {
    fleet.traps.add({
      of: (process) => process === running,
      at: (moment) => moment.kind === 'mail' && moment.phase === phase,
      caught(process) {
        process.unstored += inHand;
        process.child.kill('SIGSTOP');
        resolve(true);
        return 'pass';
      },
    });
  });
  if (await Promise.race([gotMail, pause(patienceMs, false)])) {
    await pause(random.between(site.leaseSeconds + 30, site.leaseSeconds + 60) * 1_000);
    running.child.kill('SIGCONT');
    await pause(5_000);
    done.freezes += 1;
  }
  await fleet.terminate(running);
  await running.ended;
  const { exitCode, signalCode } = running.child;
  if (exitCode !== 0) fleet.fallen.push(`${running.name}: ${signalCode ?? exitCode} after a freeze`);
}
