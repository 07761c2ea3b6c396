import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '#server/platform/jobs.ts';
import { fetchRates } from './fetching.ts';

/** Fetches the exchange rates, hourly: sources publish once a working day, and a repeat is cheap. */
export const keepRates = defineJob<Record<string, never>>('fetch-rates', {
  oneAtATime: true,
  everySeconds: 3_600,
  retryDelay: 60,
  retryDelayMax: 3_600,
});

export function handlers(ctx: Context): JobHandler[] {
  if (ctx.config.ratesUrl === undefined) return [];
  return [handle(keepRates, async () => void (await fetchRates(ctx)))];
}
