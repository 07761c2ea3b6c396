/** An unsent solution of the guest who logs in, or of the account. */
export interface UnsentSolution {
  id: string;
  isGuests: boolean;
  current: boolean;
  name: string;
  /** Without removed lines. */
  lines: number;
  removedLines: number;
}

export interface Merge {
  /** Ids that move to the account. */
  moved: string[];
  /** The account's current solution, if it becomes a saved one. */
  saved: string | null;
  /** The account's current solution, if it is empty and is deleted. */
  dropped: string | null;
  /** The moved solution that becomes current; null: the account's stays current. */
  current: string | null;
}

const isEmpty = ({ name, lines, removedLines }: UnsentSolution): boolean =>
  name === '' && lines === 0 && removedLines === 0;

/**
 * Plans a login: the guest's solutions move, except empty ones. The guest's current one stays current if it has lines
 * or the account has none.
 */
export function planMerge(solutions: readonly UnsentSolution[]): Merge {
  const moved = solutions.filter((solution) => solution.isGuests && !isEmpty(solution));
  const former = solutions.find((solution) => !solution.isGuests && solution.current);
  const candidate = moved.find((solution) => solution.current);
  const current = candidate && (candidate.lines > 0 || !former) ? candidate.id : null;
  const replaced = current !== null && former ? former : null;
  return {
    moved: moved.map(({ id }) => id),
    saved: replaced && !isEmpty(replaced) ? replaced.id : null,
    dropped: replaced && isEmpty(replaced) ? replaced.id : null,
    current,
  };
}
