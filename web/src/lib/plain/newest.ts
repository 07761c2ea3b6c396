const everyMs = 60_000;

/**
 * Reads a state while the page is visible: each minute, and whenever a person comes back to it. `look` returns true once
 * nothing more can change. A failed read is tried again with the next.
 */
export function keepLooking(look: () => Promise<boolean>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking = false;

  async function lookNow(): Promise<void> {
    clearTimeout(timer);
    if (looking) return;
    looking = true;
    const isOver = await look().catch(() => false);
    looking = false;
    if (isOver) stop();
    else if (!document.hidden) timer = setTimeout(() => void lookNow(), everyMs);
  }

  const comeBack = (): void => {
    if (!document.hidden) void lookNow();
  };
  function stop(): void {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', comeBack);
    removeEventListener('focus', comeBack);
  }

  document.addEventListener('visibilitychange', comeBack);
  addEventListener('focus', comeBack);
  timer = setTimeout(() => void lookNow(), everyMs);
}
