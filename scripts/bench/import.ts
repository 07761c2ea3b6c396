import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectOrStart } from '../pg.ts';
import { PlainError } from '../plain-error.ts';
import { cpuSeconds } from './journey/cpu.ts';

/**
 * `npm run bench -- import`: imports each catalogue in ../shared/data twice into its own database. Prints rows per second
 * (until searchable, statistics included), peak memory, and CPU time, which other load hardly affects.
 */
const root = join(import.meta.dirname, '../..');
const catalogs = ['catalog-small', 'catalog'].map((name) => join(root, '../shared/data', name));

interface Run {
  catalog: string;
  run: 'first' | 'again';
  rows: string;
  seconds: string;
  'rows/s': string;
  'node MB': number;
  'postgres CPU s': string;
}

async function runImport(
  directory: string,
  databaseUrl: string,
): Promise<{ output: string; megabytes: number }> {
  const child = spawn(process.execPath, ['scripts/import.ts', 'catalog', directory], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let kilobytes = 0;
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const watch = setInterval(() => {
    const [, peak] = /VmHWM:\s+(\d+)/.exec(statusOf(child.pid)) ?? [];
    kilobytes = Math.max(kilobytes, Number(peak ?? 0));
  }, 50);
  await new Promise((resolve) => child.once('close', resolve));
  clearInterval(watch);
  if (!/ 0 refused/.test(output)) throw new PlainError(`The import of ${directory} failed:\n${output}`);
  return { output, megabytes: Math.round(kilobytes / 1024) };
}

function statusOf(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

const runs: Run[] = [];
for (const catalog of catalogs.filter((directory) => existsSync(directory))) {
  const dataDir = mkdtempSync(join(tmpdir(), 'quoteline-bench-'));
  const server = await connectOrStart({ dataDir });
  try {
    for (const run of ['first', 'again'] as const) {
      const before = cpuSeconds(server.pid);
      const { output, megabytes } = await runImport(catalog, server.url);
      const [, rows = '', seconds = '', rate = ''] =
        /([\d,]+) rows in ([\d.]+) s \(([\d,]+) rows\/s\)/.exec(output) ?? [];
      runs.push({
        ...{ catalog: catalog.split('/').pop() ?? '', run, rows, seconds, 'rows/s': rate },
        'node MB': megabytes,
        'postgres CPU s': (cpuSeconds(server.pid) - before).toFixed(1),
      });
    }
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
if (runs.length === 0) throw new PlainError(`There is no catalogue to import: ${catalogs.join(', ')}`);
console.table(runs);
