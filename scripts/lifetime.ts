const FORCE_AFTER_MS = 15_000;
/** One Ctrl-C arrives several times: from the terminal, from npm and from the launcher. */
const SAME_KEYPRESS_MS = 1_000;

/** A signal, or the death of the launcher. */
export type EndRequest = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'disconnect';

/**
 * Resolves at the first Ctrl-C, SIGTERM, closed terminal or death of the launcher. After that a second Ctrl-C, or closing
 * that takes longer than FORCE_AFTER_MS, ends the process at once. `drainSeconds`: so much longer after SIGTERM.
 */
export function waitForEndRequest({ drainSeconds = (): number => 0 } = {}): Promise<EndRequest> {
  let askedAt: number | undefined;
  return new Promise((resolve) => {
    const ask = (request: EndRequest) => {
      if (askedAt === undefined) {
        askedAt = Date.now();
        const drainMs = request === 'SIGTERM' ? drainSeconds() * 1_000 : 0;
        setTimeout(() => process.exit(1), drainMs + FORCE_AFTER_MS).unref();
        resolve(request);
      } else if (Date.now() - askedAt > SAME_KEYPRESS_MS) {
        process.exit(130);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ask(signal));
    process.on('disconnect', () => ask('disconnect'));
  });
}
