import type { Feature } from '#server/platform/feature.ts';
import { handlers } from './jobs.ts';
import { routes } from './routes.ts';

export const catalog = { name: 'catalog', routes: { public: routes }, jobs: handlers } satisfies Feature;
