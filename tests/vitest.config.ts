import { defineConfig } from 'vitest/config';

// What comes in a while is waited for as long as a busy machine may take: a second of waiting tests the machine.
const patient = { poll: { timeout: 20_000 } };
// Files of one worker share their modules: loading and warming the service up is a third of such a run's CPU.
const isolate = false;
// Drizzle as separate modules costs each test file half a second of loading.
const server = { deps: { inline: [/drizzle-orm/] } };

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    globalSetup: ['tests/global-setup.ts'],
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/*.test.ts', 'tests/unit/**/*.test.ts', 'tests/web/**/*.test.ts'],
          server,
          isolate,
          expect: patient,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['tests/server/**/*.test.ts', 'tests/db/**/*.test.ts', 'tests/scripts/**/*.test.ts'],
          server,
          isolate,
          expect: patient,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          server,
          expect: patient,
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // Browsers are timed with nothing else running.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
