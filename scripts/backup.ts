import { migrate } from '#db/migrate.ts';
import { backUpNow } from '#server/platform/backup/jobs.ts';
import { megabytesOf } from '#server/platform/backup/layout.ts';
import { createVault } from '#server/platform/backup/vault.ts';
import { stores } from '#server/stores.ts';
import { readBackupConfig, withSecretKey } from './backup/settings.ts';
import { openDatabase } from './database.ts';
import { failWith, PlainError, wrongUsage } from './plain-error.ts';

const usage = `Usage: npm run backup
  Copies the whole database and SECRET_KEY into BACKUP_DIR now, as workers do every BACKUP_EVERY.`;

/** Runs `npm run backup`. */
async function main(): Promise<void> {
  const [option] = process.argv.slice(2);
  if (option === '--help') return console.log(usage);
  if (option !== undefined) throw wrongUsage(`"${option}" is not understood.`, usage);
  const config = await withSecretKey(readBackupConfig());
  const begunAt = Date.now();

  const opened = await openDatabase();
  try {
    await migrate(opened.url);
    const log = { info: () => {}, debug: () => {}, warn: console.warn, error: () => {} };
    const ctx = { config: { ...config, databaseDirectUrl: opened.url }, log };
    const copied = await backUpNow(ctx, createVault(config.backup), stores);
    if (!copied) throw new PlainError('A worker is making a backup now.');
    const seconds = (Date.now() - begunAt) / 1000;
    console.log(
      `Backed up to ${config.backup.dir}: ${megabytesOf(copied)} MB in ${seconds.toFixed(1)} s, of ${copied.finishedAt}.`,
    );
  } finally {
    await opened.stop();
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  failWith(error);
}
