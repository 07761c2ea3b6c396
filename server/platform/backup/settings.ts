export interface BackupConfig {
  /** The folder of the backups. */
  dir: string;
  /** 32 bytes. */
  key: Buffer;
  /** A whole copy of the database is made this often; its log is copied every minute. */
  everySeconds: number;
}

const keyBytes = 32;
const unitSeconds: Record<string, number> = { '': 1, s: 1, m: 60, h: 3_600, d: 86_400 };
const leastSeconds = 60;

/** Returns undefined if backups are off. Adds what is wrong to `problems`. */
export function readBackup(
  get: (name: string) => string | undefined,
  problems: string[],
): BackupConfig | undefined {
  const [dir, secret] = [get('BACKUP_DIR'), get('BACKUP_KEY')];
  if (!dir && !secret) return undefined;
  if (!dir) problems.push('BACKUP_DIR is not set, but BACKUP_KEY is');
  const key = secret ? keyOf(secret) : undefined;
  if (!secret) problems.push('BACKUP_KEY is not set, but BACKUP_DIR is');
  else if (!key)
    problems.push('BACKUP_KEY must be 32 bytes in base64 or hexadecimal, as of openssl rand -base64 32');
  const everySeconds = secondsOf(get('BACKUP_EVERY') ?? '1d');
  if (everySeconds === undefined)
    problems.push('BACKUP_EVERY must be a time of at least a minute, like 30m, 24h or 7d');
  return dir && key && everySeconds !== undefined ? { dir, key, everySeconds } : undefined;
}

function keyOf(text: string): Buffer | undefined {
  const key = /^[0-9a-f]{64}$/i.test(text)
    ? Buffer.from(text, 'hex')
    : /^[\w+/-]{43}=?$/.test(text)
      ? Buffer.from(text, 'base64')
      : undefined;
  return key?.length === keyBytes ? key : undefined;
}

function secondsOf(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d{1,7})([smhd]?)$/.exec(text) ?? [];
  const seconds = Number(count) * (unitSeconds[unit] ?? 0);
  return seconds >= leastSeconds ? seconds : undefined;
}
