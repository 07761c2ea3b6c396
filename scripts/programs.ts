import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from './plain-error.ts';

/** Debian keeps programs of the system here, which a user's PATH may lack. */
const folders = [...(process.env.PATH ?? '').split(':').filter(Boolean), '/usr/sbin', '/usr/local/sbin'];

/** Returns the path of the first of these programs that is installed. */
export function findProgram(...names: string[]): string | undefined {
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

/** Whether this process may install packages: as root, where apt-get exists. */
export const mayInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Installs packages with apt-get, which says on the console what goes wrong. Throws nothing: look for the program after. */
export function install(...packages: string[]): void {
  console.log(`Installing ${packages.join(' and ')} with apt-get, for the tests ...`);
  apt('update', '-q');
  apt('install', '-q', '-y', '--no-install-recommends', ...packages);
}

function apt(...args: string[]): void {
  spawnSync('apt-get', args, {
    // apt's long output matters only when it fails.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** Finds or installs programs, named with the packages they are in. Throws with what to install. */
export function ensurePrograms(packageOf: Readonly<Record<string, string>>): void {
  const missing = () =>
    Object.entries(packageOf).flatMap(([program, name]) => (findProgram(program) ? [] : [name]));
  if (missing().length > 0 && mayInstall()) install(...missing());
  const left = missing();
  if (left.length === 0) return;
  throw new PlainError(
    `The tests need ${left.join(' and ')}${mayInstall() ? '; installing failed, apt-get said why above.' : '.'}` +
      `\nInstall them (Debian, Ubuntu: sudo apt-get install ${left.join(' ')}).`,
  );
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
