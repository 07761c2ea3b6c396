import { type Static, Type } from 'typebox';
import { Solution } from '../schema.ts';

/** `url`: the read-only link; null: not shared. */
export const SolutionShare = Type.Object(
  { url: Type.Union([Type.String(), Type.Null()]) },
  { title: 'SolutionShare' },
);
export type SolutionShare = Static<typeof SolutionShare>;

/** A solution as everybody with its link sees it. */
export const SolutionByLink = Type.Pick(
  Solution,
  ['name', 'updatedAt', 'lines', 'linesTotal', 'split', 'totals', 'listTotal'],
  { title: 'SolutionByLink' },
);
export type SolutionByLink = Static<typeof SolutionByLink>;

export const CopySharedBody = Type.Object(
  { token: Type.String({ maxLength: 200 }) },
  { additionalProperties: false },
);
