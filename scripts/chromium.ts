import { PlainError } from './plain-error.ts';
import { findProgram, install, isProgram, mayInstall } from './programs.ts';

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
  return findProgram(...names);
}

/** Returns the path of a Chromium. Installs it as root where apt-get exists; throws with what to install elsewhere. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  if (mayInstall()) {
    // Debian before 12 has no package of the shell alone.
    install('chromium-headless-shell');
    if (!findChromium()) install('chromium');
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new PlainError(
    'The browser tests need Chromium, and there is none' +
      (mayInstall() ? '; installing it failed, apt-get said why above.' : '.') +
      '\nInstall it (Debian, Ubuntu: sudo apt-get install chromium), or set CHROME_BIN to a Chrome or Chromium.',
  );
}
