import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { withLock } from './lock.ts';
import { failWith, PlainError } from './plain-error.ts';

const root = join(import.meta.dirname, '..');
const buildDir = join(root, 'build');
const stampFile = join(buildDir, '.built-from');
const sources = ['web', 'server/common', 'package.json', 'package-lock.json'];
const generated = /(^|\/)(node_modules|\.svelte-kit)(\/|$)/;

/** Builds the web pages into build/ unless they are built from exactly these sources. Throws with Vite's output. */
export async function buildWebIfStale(log: (line: string) => void): Promise<void> {
  await withLock(buildDir, async () => {
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint()) return;
    log('Building the web pages ...');
    const startedAt = performance.now();
    await buildWeb();
    log(`Web pages built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  });
}

/** Builds the web pages unless build/ has some: an installation may come with built pages and without their sources. */
export async function buildWebIfMissing(log: (line: string) => void): Promise<void> {
  if (!existsSync(join(buildDir, 'handler.js'))) await buildWebIfStale(log);
}

async function buildWeb(): Promise<void> {
  rmSync(stampFile, { force: true });
  const print = fingerprint();
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', 'web', '--logLevel', 'warn'], {
    cwd: root,
    // Vitest sets NODE_ENV to 'test', for which Svelte makes a slower and larger development build.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endTogether = () => child.kill();
  process.once('exit', endTogether);
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  process.off('exit', endTogether);
  if (code !== 0)
    throw new PlainError(`The web pages could not be built:\n${Buffer.concat(output).toString().trim()}`);
  // The hash from before the build: sources edited during it make it stale.
  writeFileSync(stampFile, print);
}

/** Returns a hash of every source's name and content; a clone or checkout changes modification times. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesOf(join(root, source))) {
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

function filesOf(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !generated.test(relative(root, entry.parentPath)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

if (process.argv[1] === import.meta.filename) {
  rmSync(stampFile, { force: true });
  await buildWebIfStale(console.log).catch(failWith);
}
