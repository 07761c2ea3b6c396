/** Average marks added to a vendor's own, so that a single call doesn't decide the rating. */
const priorCount = 5;
const priorMark = 3.5;

/**
 * Returns the vendor's rating from the marks (1 to 5) its agents got in rated calls: a Bayesian mean, to 0.1; null
 * without any.
 */
export function ratingOf({ ratingCount, ratingTotal }: { ratingCount: number; ratingTotal: number }) {
  if (ratingCount === 0) return null;
  const average = (priorCount * priorMark + ratingTotal) / (priorCount + ratingCount);
  return { average: Math.round(average * 10) / 10, count: ratingCount };
}
