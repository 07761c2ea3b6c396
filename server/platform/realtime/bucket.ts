/** Returns a token bucket: true, and one token less, up to `perSecond` on average and `capacity` at once. */
export function createBucket(capacity: number, perSecond: number): () => boolean {
  let left = capacity;
  let at = performance.now();
  return () => {
    const now = performance.now();
    left = Math.min(capacity, left + ((now - at) / 1000) * perSecond);
    at = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
