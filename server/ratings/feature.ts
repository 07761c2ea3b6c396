import type { Feature } from '#server/platform/feature.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';

export const ratings = { name: 'ratings', routes: { buyer: routes }, refusals } satisfies Feature;
