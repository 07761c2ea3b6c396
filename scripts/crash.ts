import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { usualLeaseSeconds } from '#server/platform/config.ts';
import { randomOf } from '../db/seed/random.ts';
import { audit } from './crash/audit.ts';
import { type Buyers, createBuyers } from './crash/buyers.ts';
import { type Calls, createCalls } from './crash/calls.ts';
import { isFaultless, print, reportOf } from './crash/report.ts';
import { type Done, every, runRounds } from './crash/rounds.ts';
import { openSite, type Site } from './crash/site.ts';
import { waitForEndRequest } from './lifetime.ts';
import { failWith, wrongUsage } from './plain-error.ts';

const usage = `Usage: npm run crash -- [--kills 120] [--seed <text>] [--lease <seconds>] [--report <file>]
  --kills    how often a process is killed, by turns at each of the twelve points
  --seed     repeats the choices of a run
  --lease    seconds after which a dead worker's mails are given to others, 10 at least; without it the product's 30
  --report   writes the counts as JSON, too`;

/** A queue that hands nothing on for so long never will. */
const patienceMs = 240_000;

/** Runs `npm run crash`. Returns the exit code: 1 if anything was lost or doubled. */
async function main(): Promise<number> {
  const { kills, seed, lease, file } = readArguments();
  const began = performance.now();
  const site = await openSite(Math.ceil(kills / every.call), lease);
  const buyers = createBuyers(site.origin, site.catalogue, randomOf(`${seed} buyers`));
  const calls = createCalls(site.origin, site.catalogue, site.simulator);
  const beside: Promise<void>[] = [];
  const run = { site, buyers, calls, beside, random: randomOf(seed) };
  console.log(`${kills} kills, seed ${seed}; the processes write to ${site.logFile}.`);
  const done: Done = { kills: [], restarts: 0, freezes: 0, troubles: [] };
  const rounds = runRounds(run, kills, done, () => {
    if (done.kills.length % 12 === 0)
      console.log(`${done.kills.length} kills after ${seconds(began)} s, ${site.mail.received.length} mails`);
  });
  // What failed is a fault beside those of the audit, which is still worth reading.
  const failed = [...(await Promise.allSettled([rounds])), ...(await Promise.allSettled(beside))]
    .filter((one) => one.status === 'rejected')
    .map(({ reason }) => String(reason));
  await untilQuiet(site, calls);
  console.log(`Nothing waits any more after ${seconds(began)} s.`);
  await calls.lookAgain(await site.fleet.someUrl());
  const wrongViews = await lookAtRequests(site, buyers);
  const ended = await site.fleet.end();
  const report = reportOf({
    ...{ seed, seconds: seconds(began), done, failed, wrongViews },
    audit: audit(buyers.asked, site.mail.received, site.fleet.all),
    calls: calls.audit(),
    pairs: buyers.asked.reduce((sum, { vendors, answers }) => sum + (answers.length > 0 ? vendors : 0), 0),
    attemptsLost: buyers.asked.reduce((sum, { unanswered }) => sum + unanswered, 0),
    processes: { started: site.fleet.all.length, fallen: site.fleet.fallen, ...ended },
  });
  print(report);
  if (file !== undefined) writeFileSync(file, JSON.stringify(report));
  const isFine = isFaultless(report);
  await site.end({ keepLog: !isFine });
  return isFine ? 0 : 1;
}

function readArguments() {
  const { values } = parseOrThrow();
  const [kills, lease] = [values.kills, values.lease].map(Number) as [number, number];
  if (!Number.isInteger(kills) || kills < 1) throw wrongUsage('--kills takes a number from 1.', usage);
  if (!Number.isInteger(lease) || lease < 10) throw wrongUsage('--lease takes seconds from 10.', usage);
  return { kills, lease, seed: values.seed ?? String(Date.now()), file: values.report };
}

function parseOrThrow() {
  try {
    return parseArgs({
      options: {
        kills: { type: 'string', default: '120' },
        seed: { type: 'string' },
        lease: { type: 'string', default: String(usualLeaseSeconds) },
        report: { type: 'string' },
      },
    });
  } catch (error) {
    throw wrongUsage((error as Error).message, usage);
  }
}

const seconds = (began: number): number => Math.round((performance.now() - began) / 1_000);

/** Waits until no mail waits and every call has ended, or nothing has changed for long. */
async function untilQuiet(site: Site, calls: Calls): Promise<void> {
  let before = '';
  let since = performance.now();
  while (performance.now() - since < patienceMs) {
    const waiting = await site.countWaitingMails();
    const running = await calls.look(await site.fleet.someUrl());
    if (waiting + running === 0) return;
    const now = `${waiting} ${running}`;
    if (now !== before) [before, since] = [now, performance.now()];
    await pause(500);
  }
}

/** Reads each request that was answered, as its buyer. Returns those that look different from their answer. */
async function lookAtRequests(site: Site, buyers: Buyers): Promise<string[]> {
  const wrong: string[] = [];
  const url = await site.fleet.someUrl();
  for (const { browser, buyer, vendors, answers } of buyers.asked) {
    const [answer] = answers;
    if (!answer) continue;
    const seen = await browser.ask(url, 'GET', `/api/requests/${answer.id}`);
    const { number, enquiries } = (seen?.body ?? {}) as {
      number?: string;
      enquiries?: { deliveries: { status: string }[] }[];
    };
    const statuses = new Set(enquiries?.flatMap(({ deliveries }) => deliveries.map(({ status }) => status)));
    const isRight =
      number === answer.number && enquiries?.length === vendors && [...statuses].join() === 'sent';
    if (!isRight)
      wrong.push(`${buyer}: ${answer.number} is ${seen?.status} ${number}, ${[...statuses].join()}`);
  }
  return wrong;
}

void waitForEndRequest().then(() => process.exit(130));
try {
  process.exit(await main());
} catch (error) {
  failWith(error);
}
