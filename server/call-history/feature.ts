import type { Feature } from '#server/platform/feature.ts';
import { docs } from './docs.ts';
import { vendorRoutes } from './of-vendor/routes.ts';
import { routes } from './routes.ts';

export const callHistory = {
  name: 'call-history',
  docs,
  routes: { buyer: routes, vendor: vendorRoutes },
} satisfies Feature;
