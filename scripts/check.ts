import { existsSync, globSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runStep, type Step } from './run-step.ts';

const cache = 'node_modules/.cache/quoteline';

/** Generates the types of routes and aliases, which the other steps need. */
const prepare: Step = {
  name: 'generated types of the pages',
  command: ['svelte-kit', 'sync', '--config', 'web/vite.config.ts'],
};

/** squawk's binary from npm, for Linux on x64 only; elsewhere this step is skipped. */
const squawk = '@squawk-cli/linux-x64/bin/squawk';
/** Earlier migrations were applied before the linter was added. */
const firstLinted = '0013';

const lintedMigrations = globSync('migrations/*.sql', { cwd: root })
  .filter((file) => file >= `migrations/${firstLinted}`)
  .sort();

const steps: Step[] = [
  // No caches: rules that use types depend on other files too.
  { name: 'lint of components', command: ['eslint', '.', '--max-warnings', '0'] },
  { name: 'types and lint of TypeScript', command: ['oxlint', '-c', '.oxlint.config.ts', '--type-check'] },
  {
    name: 'types of the pages',
    command: ['svelte-check', '--workspace', 'web', '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
  },
  {
    name: 'boundaries',
    command: ['depcruise', '--config', 'scripts/boundaries.cjs', 'server', 'db', 'web', 'scripts', 'tests'],
  },
  { name: 'words', command: ['node', 'scripts/words.ts', 'check'] },
  {
    name: 'format',
    command: [
      'prettier',
      '--check',
      '--cache',
      '--cache-location',
      `${cache}/prettier`,
      '--log-level',
      'warn',
      '.',
    ],
  },
];

if (existsSync(join(root, 'node_modules', squawk))) {
  steps.push({ name: 'locks of the migrations', command: [`../${squawk}`, ...lintedMigrations] });
}

const AT_ONCE = 2;

/** Checks types, lint, format and boundaries. Returns the names of the steps that failed. */
export async function runChecks(): Promise<string[]> {
  mkdirSync(join(root, cache), { recursive: true });
  if (!(await runStep(prepare))) return [prepare.name];
  const waiting = [...steps];
  const failed: string[] = [];
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      if (!(await runStep(step))) failed.push(step.name);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return failed;
}

if (process.argv[1] === import.meta.filename) {
  const failed = await runChecks();
  console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}`);
  process.exit(failed.length === 0 ? 0 : 1);
}
