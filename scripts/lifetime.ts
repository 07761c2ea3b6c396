const FORCE_AFTER_MS = 15_000;
/** One Ctrl-C arrives several times: from the terminal, from npm and from the launcher. */
const SAME_KEYPRESS_MS = 1_000;

/**
 * Resolves at the first Ctrl-C, SIGTERM, closed terminal or death of the launcher. After that a second Ctrl-C, or closing
 * that takes longer than FORCE_AFTER_MS, ends the process at once.
 */
export function waitForEndRequest(): Promise<void> {
  let askedAt: number | undefined;
  return new Promise((resolve) => {
    const ask = () => {
      if (askedAt === undefined) {
        askedAt = Date.now();
        setTimeout(() => process.exit(1), FORCE_AFTER_MS).unref();
        resolve();
      } else if (Date.now() - askedAt > SAME_KEYPRESS_MS) {
        process.exit(130);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
    process.on('disconnect', ask);
  });
}
