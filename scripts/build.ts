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

/** Builds the web pages into build/ unless they are built from exactly these sources. Throws with Vite's words. */
export async function buildWebIfStale(log: (line: string) => void): Promise<void> {
  await withLock(buildDir, async () => {
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint()) return;
    log('Building the web pages ...');
    const startedAt = performance.now();
    await buildWeb();
    log(`Web pages built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  });
}

/** Builds unless the installation came with built pages, perhaps without their sources. */
export async function buildWebIfMissing(log: (line: string) => void): Promise<void> {
  if (!existsSync(join(buildDir, 'handler.js'))) await buildWebIfStale(log);
}

async function buildWeb(): Promise<void> {
  rmSync(stampFile, { force: true });
  const print = fingerprint();
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', 'web', '--logLevel', 'warn'], {
    cwd: root,
    // Also under a test run, which sets a mode of its own: Svelte's development build is slower and larger.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endTogether = () => child.kill();
  process.once('exit', endTogether);
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  process.off('exit', endTogether);
  if (code !== 0)
    throw new PlainError(`The web pages could not be built:\n${Buffer.concat(said).toString().trim()}`);
  // Hash of the sources when the build began: an edit since then makes it stale again.
  writeFileSync(stampFile, print);
}

/** Returns a hash of every source's name and content: times mean nothing after a clone or a checkout. */
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
