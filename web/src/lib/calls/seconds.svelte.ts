/**
 * Returns the server's time as it goes on, in milliseconds: `read()`, the server's clock when the state was read,
 * until the page runs; then twice a second while `runs()`. The browser's own clock may be wrong by any amount.
 */
export function serverTime(read: () => string, runs: () => boolean): { readonly now: number } {
  let ahead = -Infinity;
  let now = $state(Date.parse(read()));
  $effect(() => {
    // An answer that took long makes the server's clock look late, so the largest difference is the nearest.
    ahead = Math.max(ahead, Date.parse(read()) - Date.now());
    if (!runs()) return;
    const tick = () => (now = Date.now() + ahead);
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  });
  return {
    get now() {
      return now;
    },
  };
}
