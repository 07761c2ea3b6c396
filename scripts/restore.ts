import { parseArgs } from 'node:util';
import { connect } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { megabytesOf } from '#server/platform/backup/layout.ts';
import { createVault, type Vault } from '#server/platform/backup/vault.ts';
import { resumeWorkers } from '#server/platform/workers.ts';
import { drill } from './backup/drill.ts';
import { listSpans } from './backup/points.ts';
import { restore } from './backup/restoring.ts';
import { readBackupConfig } from './backup/settings.ts';
import { openDatabase } from './database.ts';
import { failWith, PlainError, wrongUsage } from './plain-error.ts';

const usage = `Usage: npm run restore -- <what>
  --at <time> [--into <folder>]  restores the data of a time (2026-11-30T08:15:00Z) into a new folder
  --newest [--into <folder>]     restores all that was backed up
  --list                         which times can be restored
  --drill [--into <folder>]      restores all that was backed up, compares it with what the database held, and deletes it
  --resume                       lets the workers of a restored database begin
A restored database comes with its workers paused, so that nothing is sent again before you have looked at it.`;

/** Runs `npm run restore -- ...`. */
async function main(): Promise<void> {
  const given = readArguments();
  if (given.help) return console.log(usage);
  if (given.resume) return resume();
  const vault = createVault(readBackupConfig().backup);
  if (given.list) return list(vault);
  if (given.drill) return show(await drill(vault, given.into));
  const at = given.at === undefined ? null : readTime(given.at);
  show(await restore(vault, at, given.into));
}

const show = (lines: readonly string[]) => console.log(lines.join('\n'));

const what = ['at', 'newest', 'drill', 'list', 'resume', 'help'] as const;

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        ...{ at: { type: 'string' }, into: { type: 'string' }, newest: { type: 'boolean' } },
        ...{ drill: { type: 'boolean' } },
        ...{ list: { type: 'boolean' }, resume: { type: 'boolean' }, help: { type: 'boolean' } },
      },
    });
    const chosen = what.filter((name) => values[name] !== undefined);
    if (chosen.length !== 1)
      throw new Error(`One of ${what.map((name) => `--${name}`).join(', ')} is needed.`);
    if (values.into !== undefined && values.at === undefined && !values.newest && !values.drill)
      throw new Error('--into goes with --at, --newest or --drill.');
    return values;
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error), usage);
  }
}

/** Reads a time; without an offset it is UTC, as all times that are printed. */
function readTime(text: string): Date {
  const [, date, clock, offset] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  const at = new Date(`${date}T${clock}${offset ?? 'Z'}`);
  if (!date || Number.isNaN(at.getTime()))
    throw wrongUsage(`"${text}" is not a time like 2026-11-30T08:15:00Z.`, usage);
  return at;
}

async function list(vault: Vault): Promise<void> {
  let isEmpty = true;
  for await (const { from, until, manifest } of listSpans(vault)) {
    isEmpty = false;
    console.log(`${from.toISOString()} to ${until.toISOString()}  ${megabytesOf(manifest)} MB and the log`);
  }
  if (isEmpty) throw new PlainError('There is no whole backup in BACKUP_DIR.');
}

async function resume(): Promise<void> {
  const opened = await openDatabase();
  await migrate(opened.url);
  const database = connect(opened.url);
  try {
    console.log((await resumeWorkers(database.db)) ? 'Workers begin.' : 'Workers were not paused.');
  } finally {
    await database.close();
    await opened.stop();
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  failWith(error);
}
