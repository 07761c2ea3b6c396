import { defineJob } from '#server/platform/jobs.ts';

/** Pushes catalogue changes to Meilisearch. Polls every minute, so that writers of products need not enqueue it. */
export const indexProducts = defineJob<Record<string, never>>('index-products', {
  retryDelayMax: 300,
  oneAtATime: true,
  everySeconds: 60,
});
