import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { ensureChromium } from '../chromium.ts';
import { findFreePort } from '../pg.ts';
import { prepareVisits } from './weight/visits.ts';
import { kinds, weigh } from './weight/weigh.ts';

/**
 * `npm run bench -- weight [--url http://localhost:3000]`: what Chromium with an empty cache fetches for each kind of page:
 * kilobytes transferred with gzip, in brackets before compression, and files. Starts a demo unless `--url` names one.
 */
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: { url: { type: 'string' } },
});

const demo = options.url ? { url: options.url, stop: async () => {} } : await startDemo();
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const rows: Record<string, Record<string, string>> = {};
  for (const visit of await prepareVisits(browser, demo.url)) {
    const weights = await weigh(browser, demo.url, visit);
    rows[visit.name] = Object.fromEntries(
      kinds.map((kind) => {
        const { transferred, raw, files } = weights[kind];
        return [`${kind} KB`, `${kilobytes(transferred)} (${kilobytes(raw)}) ${files}`];
      }),
    );
  }
  console.table(rows);
} finally {
  await browser.close();
  await demo.stop();
}

function kilobytes(bytes: number): string {
  return (bytes / 1_000).toFixed(1);
}

async function startDemo() {
  const dataDir = mkdtempSync(join(tmpdir(), 'quoteline-bench-'));
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const service = spawn(process.execPath, [join(import.meta.dirname, '../start.ts')], {
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: dataDir, PORT: String(port), PUBLIC_URL: url },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = async () => {
    await end(service);
    rmSync(dataDir, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 1_800 && service.exitCode === null; tries++) {
    const ready = await fetch(`${url}/readyz`).catch(() => null);
    if (ready?.ok) return { url, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error('the demo did not start');
}

async function end(service: ChildProcess): Promise<void> {
  if (service.exitCode !== null || service.signalCode !== null) return;
  const ended = once(service, 'exit');
  service.kill('SIGTERM');
  await ended;
}
