import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWebIfStale } from './build.ts';
import { runChecks } from './check.ts';
import { ensureChromium } from './chromium.ts';
import type { TestCounts } from './count-reporter.ts';
import { waitForEndRequest } from './lifetime.ts';
import { failWith } from './plain-error.ts';
import { ensurePrograms } from './programs.ts';
import { root } from './run-step.ts';

/** Matches tests that need neither a browser, nor built pages, nor what stands before several processes. */
const WITHOUT_PAGES = /^tests\/((unit|server|db|scripts)\b|[^/]+\.test)/;

/** Runs `npm test [-- filter ...]`: checks, build and tests. Its last line is `N passed, N failed`. */
async function main(filters: string[]): Promise<void> {
  const everything = filters.length === 0;
  // A missing program must fail before the checks, which take minutes.
  const needsPages = everything || !filters.every((filter) => WITHOUT_PAGES.test(filter));
  if (needsPages) {
    process.env.CHROME_BIN = ensureChromium();
    ensurePrograms({ haproxy: 'haproxy', pgbouncer: 'pgbouncer', pdftotext: 'poppler-utils' });
  }

  if (!everything) console.log('Only the named tests: types, lint, format and boundaries are not checked.');
  const failedSteps = everything ? await timed('Checks', runChecks) : [];
  if (needsPages) {
    await buildWebIfStale(console.log).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      failedSteps.push('build of the web pages');
    });
  }
  const { passed, failed, skipped } = await timed('Tests', () => runVitest(filters));

  if (failedSteps.length > 0) console.log(`Failed besides the tests: ${failedSteps.join(', ')}`);
  if (skipped > 0) console.log(`${skipped} skipped`);
  const failures = failed + failedSteps.length;
  console.log(`${passed} passed, ${failures} failed`);
  process.exit(failures === 0 ? 0 : 1);
}

async function runVitest(filters: string[]): Promise<TestCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'quoteline-counts-'));
  const file = join(folder, 'counts.json');
  const options = [
    '--config',
    'tests/vitest.config.ts',
    '--reporter=default',
    '--reporter=./scripts/count-reporter.ts',
  ];
  const vitest = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...options, ...filters], {
    cwd: root,
    env: { ...process.env, TEST_COUNTS_FILE: file },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.once('exit', () => vitest.kill());
  const code = await new Promise<number | null>((resolve, reject) =>
    vitest.once('error', reject).once('close', resolve),
  );
  const counts = readCounts(file);
  rmSync(folder, { recursive: true });
  // Vitest failed although no test did: the filter matched nothing, or it failed before the tests.
  if (code !== 0 && counts.failed === 0) return { ...counts, failed: 1 };
  return counts;
}

function readCounts(file: string): TestCounts {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as TestCounts;
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await work();
  console.log(`${name} took ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  return result;
}

void waitForEndRequest().then(() => process.exit(130));
await main(process.argv.slice(2)).catch(failWith);
