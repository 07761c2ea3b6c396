import { ConfigError } from '#server/platform/config.ts';

/** Something the person at the terminal can understand and mend: its message is shown without a stack. */
export class PlainError extends Error {}

/** Ends the command: a PlainError by its message, a fault of ours with its stack. */
export function failWith(error: unknown): never {
  const isPlain = error instanceof PlainError || error instanceof ConfigError;
  console.error(isPlain ? error.message : error);
  process.exit(1);
}
