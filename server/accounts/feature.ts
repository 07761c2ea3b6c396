import type { Feature } from '#server/platform/feature.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';

export const accounts = { name: 'accounts', routes: { public: routes }, refusals } satisfies Feature;
