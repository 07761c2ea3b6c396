import { ConfigError } from '#server/platform/config.ts';

/** An error that the user of a command can fix: shown without a stack trace. */
export class PlainError extends Error {}

/** Prints an error (its stack trace too unless it is a PlainError or ConfigError) and exits with code 1. */
export function failWith(error: unknown): never {
  const isPlain = error instanceof PlainError || error instanceof ConfigError;
  console.error(isPlain ? error.message : error);
  process.exit(1);
}
