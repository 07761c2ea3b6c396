/**
 * Returns the server's time, milliseconds: `read()`, the server's time of the state, until hydration; then updated
 * twice a second while `runs()`. The browser's own clock may be wrong by any amount.
 */
export function serverTime(read: () => string, runs: () => boolean): { readonly now: number } {
  let ahead = -Infinity;
  let now = $state(Date.parse(read()));
  $effect(() => {
    // A slow response makes the server's clock look late, so the largest difference is the most exact one.
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
