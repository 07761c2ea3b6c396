import type { Feature } from '#server/platform/feature.ts';
import { docs } from './docs.ts';
import { handlers } from './jobs.ts';
import { complaintLink } from './link.ts';
import { linkRoutes } from './link-routes.ts';
import { complaintTemplate } from './mails.ts';
import { personal } from './personal/queries.ts';
import { mayReadFiles } from './reading.ts';
import { refusals } from './refusals.ts';
import { buyerRoutes, publicRoutes } from './routes.ts';
import { messageType } from './service.ts';

export const complaints = {
  name: 'complaints',
  docs,
  routes: { public: publicRoutes, buyer: buyerRoutes, link: linkRoutes },
  links: [complaintLink],
  jobs: handlers,
  mails: [complaintTemplate],
  attachments: { [messageType]: mayReadFiles },
  refusals,
  personal,
} satisfies Feature;
