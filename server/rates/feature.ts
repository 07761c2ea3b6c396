import type { Feature } from '#server/platform/feature.ts';
import { docs } from './docs.ts';
import { handlers } from './jobs.ts';
import { rateMetrics } from './metrics.ts';
import { routes } from './routes.ts';

export const rates = {
  name: 'rates',
  docs,
  routes: { public: routes },
  jobs: handlers,
  metrics: rateMetrics,
} satisfies Feature;
