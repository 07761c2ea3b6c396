import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from './plain-error.ts';

/** The shell first: it needs a quarter less CPU than a browser that could also show its windows. */
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/** Returns the path of a Chromium: $CHROME_BIN, else one on the PATH. Throws when CHROME_BIN can't be run. */
export function findChromium(): string | undefined {
  const named = process.env.CHROME_BIN?.trim();
  if (named) {
    if (isProgram(named)) return named;
    throw new PlainError(`CHROME_BIN is ${named}, which is not a program that can be run.`);
  }
  const folders = (process.env.PATH ?? '').split(':').filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

/** Returns the path of a Chromium. Installs it as root where apt-get exists; throws with what to install elsewhere. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (mayInstall) {
    console.log('Installing Chromium with apt-get, for the browser tests ...');
    apt('update', '-q');
    // Debian before 12 has no package of the shell alone.
    install('chromium-headless-shell');
    if (!findChromium()) install('chromium');
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new PlainError(
    'The browser tests need Chromium, and there is none' +
      (mayInstall ? '; installing it failed, apt-get said why above.' : '.') +
      '\nInstall it (Debian, Ubuntu: sudo apt-get install chromium), or set CHROME_BIN to a Chrome or Chromium.',
  );
}

const install = (name: string): void => apt('install', '-q', '-y', '--no-install-recommends', name);

function apt(...args: string[]): void {
  spawnSync('apt-get', args, {
    // apt's long output matters only when it fails.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
