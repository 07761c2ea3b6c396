import type { Feature } from '#server/platform/feature.ts';
import { docs } from './docs.ts';
import { routes } from './routes.ts';

export const overview = { name: 'overview', docs, routes: { buyer: routes } } satisfies Feature;
