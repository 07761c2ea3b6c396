import type { Problem } from '#lib/api/schema.d.ts';

/** A part of a line that is another one than when the buyer reviewed it. `was`: its former value. */
export type LineChange = { code: string; was?: string | undefined };

/** Returns what a refusal says has changed since the review, by line, and how many lines are gone. */
export function changesOf(problem: Problem | undefined): {
  byLine: ReadonlyMap<string, LineChange[]>;
  removed: number;
} {
  const errors = problem?.code === 'specification_changed' ? (problem.errors ?? []) : [];
  const ofLines = errors.flatMap(({ path, code, was }) => {
    const [, lineId] = path.split('.');
    return lineId ? [{ lineId, change: { code, was } }] : [];
  });
  const byLine = Map.groupBy(ofLines, ({ lineId }) => lineId);
  return {
    byLine: new Map([...byLine].map(([id, own]) => [id, own.map(({ change }) => change)])),
    removed: errors.filter(({ code }) => code === 'line_removed').length,
  };
}
