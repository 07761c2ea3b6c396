import type { Feature } from '#server/platform/feature.ts';
import { handlers } from './cards/jobs.ts';
import { webhookRoutes } from './cards/webhooks.ts';
import { docs } from './docs.ts';
import { topUpMails } from './mails.ts';
import { personal } from './personal/service.ts';
import { refusals } from './refusals.ts';
import { buyerRoutes, publicRoutes } from './routes.ts';
import { staffRoutes } from './staff-routes.ts';

export const credits = {
  name: 'credits',
  docs,
  routes: { public: publicRoutes, buyer: buyerRoutes, staff: staffRoutes, webhook: webhookRoutes },
  jobs: handlers,
  mails: topUpMails,
  refusals,
  personal,
} satisfies Feature;
