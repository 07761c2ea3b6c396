import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { connect } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { databaseClock } from '#server/platform/clock.ts';
import { readConfig } from '#server/platform/config.ts';
import type { Context } from '#server/context.ts';
import * as rates from '#server/rates/service.ts';
import { openDatabase } from './database.ts';
import { readEnvironment } from './environment.ts';
import { counted, failWith, PlainError, wrongUsage } from './plain-error.ts';

const usage = `Usage: npm run rates [-- <what>]
                    each source's newest day, and what waits for a person
  fetch             fetches the sources of RATES_URL now, as the worker does every hour
  load <file>       keeps the rates of a saved file: what a source of RATES_URL answers, or Serbia's list
  accept <date>     lets the rates of a day pass that were held because one jumped by a fifth or more
  discard <date>    forgets the held rates of a day
Dates are written YYYY-MM-DD. Repeating a command does no harm.`;

type Keeper = Pick<Context, 'db' | 'clock' | 'log' | 'config'>;

interface Command {
  takes: 'nothing' | 'a file' | 'a date';
  run(ctx: Keeper, given: string): Promise<void>;
}

const commands: Record<string, Command> = {
  '': { takes: 'nothing', run: showStatus },
  fetch: {
    takes: 'nothing',
    async run(ctx) {
      if (ctx.config.ratesUrl === undefined)
        throw new PlainError('RATES_URL is not set: there is no source to fetch.');
      try {
        show(await rates.fetchRates(ctx));
      } catch (error) {
        throw error instanceof rates.RatesNotFetched
          ? new PlainError(`Not fetched: ${error.message}`)
          : error;
      }
    },
  },
  load: { takes: 'a file', run: loadFile },
  accept: {
    takes: 'a date',
    async run(ctx, date) {
      const accepted = await rates.acceptHeld(ctx, date);
      if (accepted.length === 0) throw new PlainError(`No rates of ${date} are held.`);
      show(accepted);
    },
  },
  discard: {
    takes: 'a date',
    async run(ctx, date) {
      if ((await rates.discardHeld(ctx, date)) === 0) throw new PlainError(`No rates of ${date} are held.`);
      console.log(`The held rates of ${date} are forgotten.`);
    },
  },
};

/** Runs `npm run rates -- ...`. */
async function main(): Promise<void> {
  const { command, given } = readArguments(process.argv.slice(2));
  const env = readEnvironment();
  const config = readConfig(env, env.DATABASE_URL && env.SMTP_URL ? 'production' : 'demo');

  const opened = await openDatabase();
  await migrate(opened.url);
  const database = connect(opened.url);
  const clock = databaseClock(database.sql);
  try {
    await clock.compare();
    await command.run({ db: database.db, clock, log: quiet, config }, given);
  } finally {
    clock.stop();
    await database.close();
    await opened.stop();
  }
}

function readArguments([what = '', ...rest]: readonly string[]): { command: Command; given: string } {
  if (what === '--help') {
    console.log(usage);
    process.exit(0);
  }
  const given = rest.join(' ').trim();
  const command = Object.hasOwn(commands, what) ? commands[what] : undefined;
  if (!command) throw wrongUsage(`"${what}" is not a command.`, usage);
  if ((given === '') !== (command.takes === 'nothing'))
    throw wrongUsage(`"${what}" takes ${command.takes}.`, usage);
  if (command.takes === 'a date' && !isDate(given)) throw wrongUsage(`"${given}" is not a date.`, usage);
  return { command, given };
}

function isDate(text: string): boolean {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return date !== null && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

// The outcome is printed instead.
const nothing = () => undefined;
const quiet: Context['log'] = { info: nothing, warn: nothing, error: nothing, debug: nothing };

async function loadFile(ctx: Keeper, file: string): Promise<void> {
  // npm runs this in the repository, but the path is relative to the folder in which npm was run.
  const text = await readFile(resolve(process.env.INIT_CWD ?? '.', file), 'utf8').catch(() => {
    throw new PlainError(`${file} can't be read.`);
  });
  try {
    const kept = [];
    for (const day of rates.readRates(text)) kept.push(await rates.keepDay(ctx, day));
    show(kept);
  } catch (error) {
    throw error instanceof rates.UnreadableRates ? new PlainError(`${file}: ${error.message}`) : error;
  }
}

function show(kept: readonly rates.Kept[]): void {
  const known = kept.filter(({ outcome }) => outcome === 'known').length;
  for (const { source, date, outcome, rates: count, reason } of kept) {
    if (outcome === 'stored') console.log(`${source} ${date}: ${counted(count, 'rate')} stored.`);
    if (outcome === 'held') console.log(`${source} ${date}: held, because a rate jumped. See npm run rates.`);
    if (outcome === 'refused') console.log(`${source} ${date}: refused, ${reason ?? ''}.`);
  }
  if (known > 0) console.log(`${counted(known, 'day')} known already.`);
}

async function showStatus({ db, clock }: Keeper): Promise<void> {
  const { newest, held } = await rates.ratesStatus(db, clock.now());
  if (newest.length === 0)
    console.log('There are no exchange rates. Set RATES_URL and fetch them, or load a saved file.');
  for (const { source, date, currencies, age } of newest)
    console.log(
      `${source || 'unknown source'}: ${counted(currencies, 'rate')} of ${date}, ${counted(age, 'day')} old.`,
    );
  for (const { source, date, jumps } of held) {
    console.log(
      `Held: ${source} ${date}. If it is right: npm run rates -- accept ${date}, else: npm run rates -- discard ${date}`,
    );
    for (const { currency, former, rate } of jumps) console.log(`  ${currency} ${former} -> ${rate}`);
  }
}

try {
  await main();
} catch (error) {
  failWith(error);
}
