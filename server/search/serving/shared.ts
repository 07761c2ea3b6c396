/**
 * Returns `work` for many callers at once: those who call while it runs share its next run, so that nobody gets what was read
 * before the call.
 */
export function sharedByCallers(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  function begin(): Promise<void> {
    running = work().finally(() => (running = null));
    return running;
  }

  return () => {
    if (next) return next;
    if (!running) return begin();
    const after = () => {
      next = null;
      return begin();
    };
    next = running.then(after, after);
    return next;
  };
}
