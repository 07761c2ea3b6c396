import { defineConfig } from 'vitest/config';
import Spreading from './sequencer.ts';

// Polls wait as long as a busy machine may take; a shorter timeout would test the machine.
const patient = { poll: { timeout: 20_000 } };
// Files of one worker share their modules: loading and warming the service up is a third of such a run's CPU.
const isolate = false;
// Inlining Drizzle saves each test file half a second of loading.
const server = { deps: { inline: [/drizzle-orm/] } };

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    globalSetup: ['tests/global-setup.ts'],
    // On two cores, too: files wait for processes, phones and browsers half of their time.
    maxWorkers: 4,
    sequence: { sequencer: Spreading },
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
          // Calls in simulated time take longer.
          testTimeout: 180_000,
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
          isolate,
          expect: patient,
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // Browsers run after the others, beside each other only, so that less slows them down.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
