/** How many marks of an average vendor stand beside the vendor's own, so that one call doesn't make a reputation. */
const priorCount = 5;
const priorMark = 3.5;

/**
 * The vendor's rating from the marks (1 to 5) its agents got in rated calls: a Bayesian mean, to 0.1; null without any.
 */
export function ratingOf({ ratingCount, ratingTotal }: { ratingCount: number; ratingTotal: number }) {
  if (ratingCount === 0) return null;
  const average = (priorCount * priorMark + ratingTotal) / (priorCount + ratingCount);
  return { average: Math.round(average * 10) / 10, count: ratingCount };
}
