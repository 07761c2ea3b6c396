import type { Feature } from '#server/platform/feature.ts';
import { routes } from './routes.ts';

export const ratings = { name: 'ratings', routes: { buyer: routes } } satisfies Feature;
