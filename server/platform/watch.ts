import type { Context } from '#server/context.ts';

const watchSeconds = 5;

/** Runs things one after the other at an interval. Failures are logged, and tried again the next time. */
export function createWatch(ctx: Context, runs: readonly ((ctx: Context) => Promise<void>)[]) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  async function runAll(): Promise<void> {
    for (const run of runs) {
      await run(ctx).catch((error: unknown) =>
        ctx.log.warn({ err: error }, 'watch failed, to be tried again'),
      );
    }
  }
  return {
    begin(): void {
      timer = setInterval(() => {
        running ??= runAll().finally(() => (running = undefined));
      }, watchSeconds * 1000);
      timer.unref();
    },
    async end(): Promise<void> {
      clearInterval(timer);
      await running;
    },
  };
}
