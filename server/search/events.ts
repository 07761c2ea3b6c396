import { defineJob } from '#server/platform/jobs.ts';

/** Pushes catalogue changes to Meilisearch, every minute, so that code that changes products needn't enqueue it. */
export const indexProducts = defineJob<Record<string, never>>('index-products', {
  retryDelayMax: 300,
  oneAtATime: true,
  everySeconds: 60,
});
