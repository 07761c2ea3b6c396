// Plain JavaScript without packages: runs on the machine's own Node before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const lockFile = join(root, 'package-lock.json');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.quoteline-installed');
const WANTED_NODE_MAJOR = 24;

/** Installs the packages of package-lock.json unless exactly those are installed. Throws with a message to print. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing packages (about a minute, once) ...');
  const startedAt = Date.now();
  const cache = writableNpmCache();
  try {
    const failed =
      (await npmCi(cache)) && (console.log('npm ci failed; trying once more ...'), await npmCi(cache));
    if (failed) {
      throw new Error(
        `The packages could not be installed: npm ci ended twice with ${failed}; its output is above.\n` +
          'Is the package registry reachable from here? Then try again.',
      );
    }
  } finally {
    if (cache) rmSync(cache, { recursive: true, force: true });
  }
  writeFileSync(stampFile, lockStamp());
  console.log(`Packages installed in ${seconds(startedAt)}.`);
}

/** Returns the path of the pinned Node, or of this Node if it is new enough and npm has no build for this machine. */
export function findNode() {
  const pinned = join(modules, '.bin', 'node');
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= WANTED_NODE_MAJOR) return process.execPath;
  throw new Error(
    `Node ${WANTED_NODE_MAJOR} did not come with the packages on ${process.platform} ${process.arch}, ` +
      `and this is Node ${process.versions.node}. Install Node ${WANTED_NODE_MAJOR} and run the command again.`,
  );
}

/** Returns the environment for programs of this repository: node_modules/.bin comes first in PATH, as npm sets it. */
export function toolEnv() {
  return { ...process.env, PATH: `${join(modules, '.bin')}:${process.env.PATH ?? ''}` };
}

function isInstalled() {
  if (existsSync(stampFile)) return readFileSync(stampFile, 'utf8') === lockStamp();
  // After npm ci or npm install by hand: npm writes this file last.
  const npmFinished = statSync(join(modules, '.package-lock.json'), { throwIfNoEntry: false });
  return npmFinished !== undefined && npmFinished.mtimeMs >= statSync(lockFile).mtimeMs;
}

function lockStamp() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

/** Runs npm ci. Returns undefined, or how it failed. */
function npmCi(cache) {
  const options = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  if (cache) options.push('--cache', cache);
  const npm = process.env.npm_execpath;
  const [command, ...args] = npm?.endsWith('.js') ? [process.execPath, npm, ...options] : ['npm', ...options];
  const startedAt = Date.now();
  // npm shows its progress only in a terminal.
  const progress = process.stdout.isTTY
    ? undefined
    : setInterval(() => console.log(`  still installing (${seconds(startedAt)})`), 15_000);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: ownNpmEnv(),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code === 0 ? undefined : `exit code ${code ?? signal}`));
  }).finally(() => clearInterval(progress));
}

/** Returns the environment without settings of the npm that started this process, such as `--prefix`. */
function ownNpmEnv() {
  const outer =
    /^npm_(package_|lifecycle_|config_(prefix|local_prefix|global_prefix|global|omit|ignore_scripts)$)/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !outer.test(name) && name !== 'NODE_ENV'),
  );
}

/** Returns a temporary cache folder when npm's usual one isn't writable (a read-only home), else undefined. */
function writableNpmCache() {
  const usual = process.env.npm_config_cache ?? join(homedir(), '.npm');
  try {
    mkdirSync(usual, { recursive: true });
    accessSync(usual, constants.W_OK);
    return undefined;
  } catch {
    return mkdtempSync(join(tmpdir(), 'quoteline-npm-'));
  }
}

export function seconds(sinceMs) {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;
}
