import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

export type TestCounts = { passed: number; failed: number; skipped: number };

/** Writes how many tests passed and failed to the file named by TEST_COUNTS_FILE. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    // Files and suites can fail without a failing test: an import that throws, a hook that fails.
    const broken = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const brokenCount = broken.filter((part) => part.errors().length > 0).length;
    const counts: TestCounts = {
      passed: count('passed'),
      failed: count('failed') + brokenCount + unhandledErrors.length,
      // Tests that a broken file never ran count as skipped; the file itself counts as failed above.
      skipped: count('skipped'),
    };
    writeFileSync(process.env.TEST_COUNTS_FILE ?? '/dev/null', JSON.stringify(counts));
  }
}
