import { ConfigError } from '#server/platform/config.ts';

/** An error that the person at the terminal can understand and fix: shown without a stack. */
export class PlainError extends Error {}

/** Ends the command: prints a PlainError's message, any other error with its stack. */
export function failWith(error: unknown): never {
  const isPlain = error instanceof PlainError || error instanceof ConfigError;
  console.error(isPlain ? error.message : error);
  process.exit(1);
}
