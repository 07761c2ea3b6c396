import type { Feature } from '#server/platform/feature.ts';
import { docs } from './docs.ts';
import { personal } from './personal/queries.ts';
import { routes } from './routes.ts';

export const notices = { name: 'notices', docs, routes: { buyer: routes }, personal } satisfies Feature;
