import type { Feature } from '#server/platform/feature.ts';
import { docs } from './docs.ts';
import { handlers } from './jobs.ts';
import { searchMetrics } from './metrics.ts';
import { routes } from './routes.ts';

export const search = {
  name: 'search',
  docs,
  routes: { public: routes },
  jobs: handlers,
  metrics: searchMetrics,
} satisfies Feature;
