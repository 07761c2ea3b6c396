import type { Feature } from '#server/platform/feature.ts';
import { docs } from './docs.ts';
import { topUpMails } from './mails.ts';
import { refusals } from './refusals.ts';
import { buyerRoutes, publicRoutes } from './routes.ts';
import { staffRoutes } from './staff-routes.ts';

export const credits = {
  name: 'credits',
  docs,
  routes: { public: publicRoutes, buyer: buyerRoutes, staff: staffRoutes },
  mails: topUpMails,
  refusals,
} satisfies Feature;
