import type { Feature } from '#server/platform/feature.ts';
import { routes } from './routes.ts';

export const catalog = { name: 'catalog', routes: { public: routes } } satisfies Feature;
