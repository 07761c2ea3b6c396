import { defineJob } from '#server/platform/jobs.ts';

/**
 * Tells Meilisearch what changed in the catalogue. It looks for itself, every minute: whoever writes products, in
 * whatever process, need not know of it.
 */
export const indexProducts = defineJob<Record<string, never>>('index-products', {
  retryDelayMax: 300,
  oneAtATime: true,
  everySeconds: 60,
});
