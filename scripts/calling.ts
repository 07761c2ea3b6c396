import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, type Database, migrate } from '#db/client.ts';
import * as numbers from '#server/calls/numbers/service.ts';
import { databaseClock } from '#server/platform/clock.ts';
import { type Config, readConfig } from '#server/platform/config.ts';
import { Refusal } from '#server/platform/errors.ts';
import * as money from '#server/platform/money.ts';
import { openDatabase } from './database.ts';
import { dataDirOf, readEnvironment } from './environment.ts';
import { failWith, PlainError } from './plain-error.ts';

const usage = `Usage: npm run calling -- <what>
  status            whether calls run, what they cost today, what was refused
  stop <reason>     no call begins any more; those that run go on
  resume            calls begin again, whyever they were stopped
  allow <number>    a number that asked never to be called may be called again, at its holder's wish`;

/** `npm run calling -- ...`: the switch of all calls, from a terminal. */
async function main(): Promise<void> {
  const [what, ...rest] = process.argv.slice(2);
  const given = rest.join(' ').trim();
  const isComplete = what === 'stop' || what === 'allow' ? given !== '' : given === '';
  if (!['status', 'stop', 'resume', 'allow'].includes(what ?? '') || !isComplete) throw new PlainError(usage);
  const config = readConfiguration();
  const phone = what === 'allow' ? readPhone(given) : '';

  const opened = await openDatabase();
  await migrate(opened.url);
  const database = connect(opened.url);
  const clock = databaseClock(database.sql);
  try {
    await clock.compare();
    const now = clock.now();
    if (what === 'allow') return await allow(database, config, phone, now);
    if (what === 'stop') await database.db.transaction((tx) => numbers.stop(tx, given, now));
    if (what === 'resume') await database.db.transaction((tx) => numbers.resume(tx, now));
    await showStanding(database, config, now);
  } finally {
    clock.stop();
    await database.close();
    await opened.stop();
  }
}

/** As the service reads it: production with a database and a mail server, the demo otherwise. */
function readConfiguration(): Config {
  const env = readEnvironment();
  return readConfig(env, env.DATABASE_URL && env.SMTP_URL ? 'production' : 'demo');
}

function readPhone(text: string): string {
  try {
    return numbers.parse(text);
  } catch (error) {
    if (error instanceof Refusal) throw new PlainError(`"${text}" is not a whole number like +38121555010.`);
    throw error;
  }
}

async function allow({ db }: Database, config: Config, phone: string, now: Date): Promise<void> {
  const secretKey = config.secretKey || (await keyOfDemo());
  const wasOut = await db.transaction((tx) => numbers.allow(tx, secretKey, phone, now));
  console.log(wasOut ? `${phone} may be called again.` : `${phone} had not asked to be left alone.`);
}

/** Opt-outs are kept as hashes under the key of the service. */
async function keyOfDemo(): Promise<string> {
  const file = join(dataDirOf(readEnvironment()), 'secret-key');
  return readFile(file, 'utf8').catch(() => {
    throw new PlainError('SECRET_KEY is not set: without it numbers cannot be recognised.');
  });
}

async function showStanding({ db }: Database, { calling }: Config, now: Date): Promise<void> {
  const standing = await numbers.standing(db, calling, now);
  const { stoppedFor, stoppedAt, live, minutesToday, cost, refusedToday } = standing;
  console.log(
    stoppedFor === null
      ? 'Calls run.'
      : `Calls are stopped since ${stoppedAt?.toISOString()}: ${stoppedFor}.`,
  );
  // The account's own currency; most have two decimals.
  const spent = money.format(cost, 'EUR');
  console.log(`Live now: ${live}. Today (UTC): ${minutesToday} minutes, ${spent} of ${calling.dailyBudget}.`);
  for (const { reason, times } of refusedToday) console.log(`Refused today, ${reason}: ${times}`);
}

try {
  await main();
} catch (error) {
  failWith(error);
}
