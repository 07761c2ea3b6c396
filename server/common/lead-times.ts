const dayMs = 86_400_000;

/**
 * Returns within how many days a line is ordered: its listed lead time, else the days until the goods are needed. Null: the
 * order says nothing of the time. Days are `YYYY-MM-DD`.
 */
export function orderedLeadTime(
  listed: number | null,
  neededBy: string | undefined,
  today: string,
): number | null {
  if (listed !== null || neededBy === undefined) return listed;
  return Math.max(0, Math.round((Date.parse(neededBy) - Date.parse(today)) / dayMs));
}

/** Returns whether a lead time is longer than the ordered one. One that isn't given, or wasn't ordered, is not. */
export const isLaterThan = (ordered: number | null, leadTimeDays: number | null | undefined): boolean =>
  ordered !== null && leadTimeDays !== null && leadTimeDays !== undefined && leadTimeDays > ordered;
