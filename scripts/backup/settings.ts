import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BackupConfig } from '#server/platform/backup/settings.ts';
import { type Config, readConfig } from '#server/platform/config.ts';
import { dataDirOf, readEnvironment } from '../environment.ts';
import { PlainError } from '../plain-error.ts';

type BackingUp = Config & { backup: BackupConfig };

/** Reads the configuration as the service does, in the demo if it isn't complete; BACKUP_DIR and BACKUP_KEY must be set. */
export function readBackupConfig(): BackingUp {
  const env = readEnvironment();
  const config = readConfig(env, env.DATABASE_URL && env.SMTP_URL ? 'production' : 'demo');
  const { backup } = config;
  if (!backup) throw new PlainError('BACKUP_DIR and BACKUP_KEY are not set.');
  return { ...config, backup: { ...backup, dir: resolve(backup.dir) } };
}

/** Adds the demo's SECRET_KEY if none is set. */
export async function withSecretKey(config: BackingUp): Promise<BackingUp> {
  if (config.secretKey) return config;
  const file = join(dataDirOf(readEnvironment()), 'secret-key');
  const secretKey = await readFile(file, 'utf8').catch(() => {
    throw new PlainError('SECRET_KEY is not set: a backup without it is worth little.');
  });
  return { ...config, secretKey };
}
