import type { Feature } from '#server/platform/feature.ts';
import { docs } from './docs.ts';
import { personal } from './personal/queries.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';

export const ratings = {
  name: 'ratings',
  docs,
  routes: { buyer: routes },
  refusals,
  personal,
} satisfies Feature;
