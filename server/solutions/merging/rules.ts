/** A solution that was not sent, of the guest who logs in or of the account. */
export interface UnsentSolution {
  id: string;
  isGuests: boolean;
  current: boolean;
  name: string;
  /** How many it holds; without removed ones. */
  lines: number;
  removedLines: number;
}

export interface Merge {
  /** Moves to the account. */
  moved: string[];
  /** The account's former current one, which is saved instead. */
  saved: string | null;
  /** The same when there is nothing in it to save. */
  dropped: string | null;
  /** The one that moves and is the current one from now on; null: the account's stays. */
  current: string | null;
}

const isEmpty = ({ name, lines, removedLines }: UnsentSolution): boolean =>
  name === '' && lines === 0 && removedLines === 0;

/**
 * Plans what a login does to solutions: the guest's move, except empty ones, which every visit makes. The guest's current
 * one stays current if it has lines, or if the account has none.
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
