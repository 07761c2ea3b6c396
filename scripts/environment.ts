import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Returns the environment without its empty variables, which count as unset. */
export function readEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([, value]) => value?.trim()));
}

/** Returns the absolute path of DATA_DIR; a relative one is relative to the repository. */
export function dataDirOf(env: Record<string, string | undefined>): string {
  return resolve(root, env.DATA_DIR ?? '.data');
}
