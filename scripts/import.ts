import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import cliProgress from 'cli-progress';
import { connect, type Database } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import {
  CatalogUnreadable,
  importCatalog,
  type ImportOptions,
  type ImportResult,
} from '#server/catalog/import/service.ts';
import * as admission from '#server/admission/service.ts';
import { systemClock } from '#server/platform/clock.ts';
import { ConfigError, readConfig } from '#server/platform/config.ts';
import * as solutions from '#server/solutions/service.ts';
import * as wishes from '#server/wishes/service.ts';
import { openDatabase } from './database.ts';
import { readEnvironment } from './environment.ts';
import { counted, failWith, PlainError } from './plain-error.ts';

const usage =
  'Usage: npm run import -- catalog <directory> [--mail-domain example.org] [--zero-price free] [--withdraw-missing]';
const secondsBetweenLines = 2;

/** Runs `npm run import -- catalog <directory>`. Returns the exit code: 1 when rows were refused. */
async function main(): Promise<number> {
  const { directory, ...options } = readArguments();
  const database = await openDatabase();
  await migrate(database.url);
  const connection = connect(database.url);
  const progress = process.stdout.isTTY ? progressBar() : progressLines();
  let notes = 0;
  try {
    const result = await importCatalog({ sql: connection.sql, clock: systemClock }, directory, {
      ...options,
      onProductsMerged: async (...merged) => {
        await solutions.followMergedProducts(...merged);
        await wishes.followMergedProducts(...merged);
      },
      onProgress: progress.show,
      onWait: () => console.log('Another import is running; waiting for it ...'),
      onRefused: ({ file, row, reason }) => progress.aside(`${file} row ${row} refused: ${reason}`),
      onNoted: ({ file, row, reason }) => {
        notes += 1;
        if (notes <= listedNotesMax) progress.aside(`${file} row ${row}: ${reason}`);
      },
    });
    progress.end();
    if (notes > listedNotesMax) console.error(`and ${count(notes - listedNotesMax)} more such rows`);
    const { rows, created, updated, unchanged, refused, seconds } = result;
    console.log(
      `${counted(rows, 'row')} in ${seconds.toFixed(1)} s (${count(Math.round(rows / seconds))} rows/s): ` +
        `${count(created)} created, ${count(updated)} updated, ${count(unchanged)} unchanged, ` +
        `${count(refused)} refused.`,
    );
    reportMissing(result, options.withdrawMissing);
    await listAgentsNotCalled(connection.db);
    return refused > 0 ? 1 : 0;
  } finally {
    progress.end();
    await connection.close();
    await database.stop();
  }
}

const listedNotesMax = 100;

/** Lists offers that vendors of the file have and the file doesn't hold, and says what became of them. */
function reportMissing({ missing, withdrawn }: ImportResult, isWithdrawing: boolean): void {
  const { total, first, unnamed } = missing;
  for (const { vendor, sku } of first) console.error(`Not in the file: ${sku} of ${vendor}`);
  if (total > first.length) console.error(`and ${count(total - first.length)} more offers`);
  if (total === 0) return;
  if (withdrawn > 0) console.log(`${counted(withdrawn, 'offer')} withdrawn.`);
  else if (!isWithdrawing)
    console.log('What is not in the file stays on offer; --withdraw-missing withdraws it.');
  else
    console.error(
      `Nothing was withdrawn: ${counted(unnamed, 'refused row')} may be about any offer. ` +
        'Correct the file and import it again.',
    );
}

const listedAgentsMax = 20;

/** Lists imported agents whose numbers aren't called; they still answer in writing. */
async function listAgentsNotCalled(db: Database['db']): Promise<void> {
  const calling = callingConfig();
  if (!calling) return;
  const { first, total } = await admission.agentsNotCallable(db, calling, listedAgentsMax);
  for (const { vendor, name, number } of first)
    console.error(
      `Not called, by kind or country of its number: ${name} of ${vendor}, ${number ?? 'no whole number'}`,
    );
  if (total > first.length) console.error(`and ${count(total - first.length)} more agents`);
}

/** Returns null when the configuration of the service is incomplete: an import needs only a database. */
function callingConfig() {
  try {
    return readConfig(readEnvironment(), 'demo').calling;
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}

interface Arguments extends Pick<ImportOptions, 'mailDomain'> {
  directory: string;
  zeroIsFree: boolean;
  withdrawMissing: boolean;
}

function readArguments(): Arguments {
  const { values, positionals } = (() => {
    try {
      return parseArgs({
        allowPositionals: true,
        options: {
          'mail-domain': { type: 'string' },
          'zero-price': { type: 'string' },
          'withdraw-missing': { type: 'boolean', default: false },
        },
      });
    } catch (error) {
      throw new PlainError(`${(error as Error).message}\n${usage}`);
    }
  })();
  const [what, directory, ...rest] = positionals;
  if (what !== 'catalog' || !directory || rest.length > 0) throw new PlainError(usage);
  const mailDomain = values['mail-domain'];
  if (mailDomain !== undefined && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(mailDomain)) {
    throw new PlainError(`"${mailDomain}" is not a mail domain.\n${usage}`);
  }
  const zeroPrice = values['zero-price'];
  if (zeroPrice !== undefined && zeroPrice !== 'free' && zeroPrice !== 'on-request') {
    throw new PlainError(`"${zeroPrice}" is neither free nor on-request.\n${usage}`);
  }
  // npm runs this in the repository, but the path is relative to the folder in which npm was run.
  return {
    directory: resolve(process.env.INIT_CWD ?? '.', directory),
    mailDomain,
    zeroIsFree: zeroPrice === 'free',
    withdrawMissing: values['withdraw-missing'],
  };
}

interface Progress {
  show: NonNullable<ImportOptions['onProgress']>;
  /** Prints a line without disturbing the progress. */
  aside(line: string): void;
  end(): void;
}

const titles = { reading: 'Reading', writing: 'Writing' };

function progressBar(): Progress {
  const format = '{title} [{bar}] {percentage} % | {value} of {total} rows | {duration_formatted}';
  const bars = new cliProgress.MultiBar({ format, clearOnComplete: true, hideCursor: true, fps: 5 });
  let step: string | undefined;
  let bar: cliProgress.SingleBar | undefined;
  return {
    show(next, done, total) {
      if (step !== next) {
        if (bar) bars.remove(bar);
        step = next;
        bar = bars.create(total, 0, { title: titles[next] });
      }
      bar?.setTotal(total);
      bar?.update(done);
    },
    aside: (line) => bars.log(`${line}\n`),
    end: () => bars.stop(),
  };
}

function progressLines(): Progress {
  let printedAt = performance.now();
  return {
    show(step, done, total) {
      if (performance.now() - printedAt < secondsBetweenLines * 1000) return;
      printedAt = performance.now();
      console.log(
        `${titles[step]} ${count(done)} of ${step === 'reading' ? 'about ' : ''}${count(total)} rows`,
      );
    },
    aside: (line) => console.error(line),
    end: () => {},
  };
}

function count(value: number): string {
  return value.toLocaleString('en');
}

try {
  process.exit(await main());
} catch (error) {
  failWith(error instanceof CatalogUnreadable ? new PlainError(error.message) : error);
}
