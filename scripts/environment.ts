import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** The environment with empty variables left out: an empty one counts as unset. */
export function readEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([, value]) => value?.trim()));
}

/** Where data lives, as an absolute path; a relative DATA_DIR is meant from the repository, wherever we are called. */
export function dataDirOf(env: Record<string, string | undefined>): string {
  return resolve(root, env.DATA_DIR ?? '.data');
}
