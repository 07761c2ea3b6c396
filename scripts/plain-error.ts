import { BackupError } from '#server/platform/backup/sealing.ts';
import { ConfigError } from '#server/platform/config.ts';

/** An error that the user of a command can fix: shown without a stack trace. */
export class PlainError extends Error {}

/** Returns the error of a command called with wrong arguments: what is wrong, then how to use it. */
export const wrongUsage = (wrong: string, usage: string): PlainError =>
  new PlainError(`${wrong}\n\n${usage}`);

/** Returns "1 rate" or "2 rates". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Prints an error (its stack trace too unless its user can fix it) and exits with code 1. */
export function failWith(error: unknown): never {
  const isPlain = error instanceof PlainError || error instanceof ConfigError || error instanceof BackupError;
  console.error(isPlain ? error.message : error);
  process.exit(1);
}
