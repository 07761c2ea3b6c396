/** Average ratings added to a vendor's own, so that a single call doesn't decide. */
const priorCount = 5;
const priorMark = 3.5;

/** Returns the Bayesian mean of a vendor's ratings (1 to 5), to 0.1; null without any. */
export function ratingOf({ ratingCount, ratingTotal }: { ratingCount: number; ratingTotal: number }) {
  if (ratingCount === 0) return null;
  const average = (priorCount * priorMark + ratingTotal) / (priorCount + ratingCount);
  return { average: Math.round(average * 10) / 10, count: ratingCount };
}
