const FORCE_AFTER_MS = 15_000;
/** One Ctrl-C reaches us several times: from the terminal, from npm, from the launcher. */
const SAME_KEYPRESS_MS = 1_000;

/**
 * Resolves when the process is asked to end: Ctrl-C, SIGTERM, a closed terminal, or the death of the launcher
 * that started it. From then on a second Ctrl-C, or a close that takes too long, ends it at once.
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
