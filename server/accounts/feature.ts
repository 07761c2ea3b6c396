import type { Feature } from '#server/platform/feature.ts';
import { routes } from './routes.ts';

export const accounts = { name: 'accounts', routes: { public: routes } } satisfies Feature;
