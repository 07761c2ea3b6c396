import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that mostly wait: for phones, leases, processes that start. */
const waiting = [
  'e2e/calls/killed',
  'e2e/crash',
  'e2e/calls/database-down',
  'e2e/many-processes',
  'server/platform/mailing/killed-worker',
  'server/realtime/reading',
].map((name) => `${name}.test.ts`);

/**
 * Begins with a file that waits, and spreads the others over the run of their project: together they would leave the
 * machine idle, and the last one would run alone.
 */
export default class Spreading extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = Map.groupBy(sorted, ({ project }) => project);
    return [...projects.values()].flatMap(spread);
  }
}

function spread(files: TestSpecification[]): TestSpecification[] {
  const placeOf = ({ moduleId }: TestSpecification) =>
    waiting.indexOf(relative(import.meta.dirname, moduleId));
  const [others, waiters] = [
    files.filter((file) => placeOf(file) < 0),
    files.filter((file) => placeOf(file) >= 0),
  ];
  waiters.sort((a, b) => placeOf(a) - placeOf(b));
  const step = Math.ceil(others.length / (waiters.length + 1));
  return [
    ...waiters.flatMap((file, turn) => [file, ...others.slice(turn * step, (turn + 1) * step)]),
    ...others.slice(waiters.length * step),
  ];
}
