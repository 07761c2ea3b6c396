import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, type Database } from '#db/client.ts';
import { isCountryCode } from '#server/common/countries.ts';
import { migrate } from '#db/migrate.ts';
import * as admission from '#server/admission/service.ts';
import { featureHooks } from '#server/hooks.ts';
import { databaseClock } from '#server/platform/clock.ts';
import { type Config, readConfig } from '#server/platform/config.ts';
import { Refusal } from '#server/platform/errors.ts';
import * as money from '#server/common/money.ts';
import { openDatabase } from './database.ts';
import { dataDirOf, readEnvironment } from './environment.ts';
import { failWith, PlainError } from './plain-error.ts';

const listedAgentsMax = 20;
const usage = `Usage: npm run calling -- <what>
  status            whether calls run, what they cost today, what was refused, which countries are closed
                    and which agents' numbers are not called
  stop <reason>     allows no new calls; running calls continue
  resume            allows new calls again, also after an automatic stop
  open <country>    allows calls to a country, such as RS, that was closed because too few people answered
  opt-out <number>  never calls a number again, because its owner asked for that; a ringing call continues
  opt-in <number>   allows calls to the number again, because its owner asked for that
Write numbers with their country prefix: +381 21 555 010. Repeating a command does no harm.`;

interface CommandInput {
  database: Database;
  config: Config;
  given: string;
  now: Date;
}

const commands: Record<
  string,
  { takes: 'nothing' | 'a word' | 'a number'; run(input: CommandInput): Promise<void> }
> = {
  status: { takes: 'nothing', run: showStatus },
  stop: {
    takes: 'a word',
    async run(input) {
      await input.database.db.transaction((tx) => admission.stopCalling(tx, input.given, input.now));
      await showStatus(input);
    },
  },
  resume: {
    takes: 'nothing',
    async run(input) {
      await input.database.db.transaction((tx) => admission.resumeCalling(tx, input.now));
      await showStatus(input);
    },
  },
  open: { takes: 'a word', run: openCountry },
  'opt-out': { takes: 'a number', run: optOut },
  'opt-in': { takes: 'a number', run: optIn },
  // The former name of opt-in.
  allow: { takes: 'a number', run: optIn },
};

/** Runs `npm run calling -- ...`. */
async function main(): Promise<void> {
  const [what = '', ...rest] = process.argv.slice(2);
  const words = rest.join(' ').trim();
  const command = Object.hasOwn(commands, what) ? commands[what] : undefined;
  if (!command || (words === '') !== (command.takes === 'nothing')) throw new PlainError(usage);
  const given = command.takes === 'a number' ? readPhone(words) : words;
  const config = readConfiguration();

  const opened = await openDatabase();
  await migrate(opened.url);
  const database = connect(opened.url);
  const clock = databaseClock(database.sql);
  try {
    await clock.compare();
    const secretKey = command.takes === 'a number' ? config.secretKey || (await keyOfDemo()) : '';
    await command.run({ database, config: { ...config, secretKey }, given, now: clock.now() });
  } finally {
    clock.stop();
    await database.close();
    await opened.stop();
  }
}

/** Reads the configuration as the service does: production with a database and a mail server, else the demo. */
function readConfiguration(): Config {
  const env = readEnvironment();
  return readConfig(env, env.DATABASE_URL && env.SMTP_URL ? 'production' : 'demo');
}

function readPhone(text: string): string {
  try {
    return admission.parsePhone(text);
  } catch (error) {
    if (error instanceof Refusal) throw new PlainError(`"${text}" is not a whole number like +38121555010.`);
    throw error;
  }
}

async function optOut({ database: { db }, config, given: phone, now }: CommandInput): Promise<void> {
  const isNew = await db.transaction((tx) =>
    admission.optOut(tx, { config, hooks: featureHooks() }, phone, now),
  );
  console.log(
    isNew ? `${phone} is not called any more.` : `${phone} had asked before not to be called: it stays so.`,
  );
}

async function optIn({ database: { db }, config, given: phone, now }: CommandInput): Promise<void> {
  const wasOut = await db.transaction((tx) => admission.optIn(tx, { config }, phone, now));
  console.log(wasOut ? `${phone} may be called again.` : `${phone} had not asked to be left alone.`);
}

async function openCountry({ database: { db }, given, now }: CommandInput): Promise<void> {
  const country = given.toUpperCase();
  if (!isCountryCode(country)) throw new PlainError(`"${given}" is not a country code like RS.`);
  const wasClosed = await db.transaction((tx) => admission.openCountry(tx, country, now));
  console.log(wasClosed ? `${country} is called again.` : `${country} was not closed.`);
}

/** Returns the demo's SECRET_KEY: opt-outs are stored as hashes keyed with it. */
async function keyOfDemo(): Promise<string> {
  const file = join(dataDirOf(readEnvironment()), 'secret-key');
  return readFile(file, 'utf8').catch(() => {
    throw new PlainError('SECRET_KEY is not set: without it numbers cannot be recognised.');
  });
}

async function showStatus({ database: { db }, config: { calling }, now }: CommandInput): Promise<void> {
  const status = await admission.callingStatus(db, calling, now);
  const { stoppedFor, stoppedAt, live, minutesToday, cost, refusedToday, closedCountries } = status;
  console.log(
    stoppedFor === null
      ? 'Calls run.'
      : `Calls are stopped since ${stoppedAt?.toISOString()}: ${stoppedFor}.`,
  );
  // The currency of the Twilio account isn't known; most have two decimals, as EUR.
  const spent = money.format(cost, 'EUR');
  console.log(`Live now: ${live}. Today (UTC): ${minutesToday} minutes, ${spent} of ${calling.dailyBudget}.`);
  for (const { reason, times } of refusedToday) console.log(`Refused today, ${reason}: ${times}`);
  for (const { country, until } of closedCountries)
    console.log(`Too few answer in ${country}: closed until ${until.toISOString()}.`);
  const { first, total } = await admission.agentsNotCallable(db, calling, listedAgentsMax);
  for (const { vendor, name, number } of first)
    console.log(
      `Not called, by kind or country of its number: ${name} of ${vendor}, ${number ?? 'no whole number'}`,
    );
  if (total > first.length) console.log(`and ${total - first.length} more agents`);
}

try {
  await main();
} catch (error) {
  failWith(error);
}
