import type { Feature } from '#server/platform/feature.ts';
import { docs } from './docs.ts';
import { invitationLink } from './invitations/service.ts';
import { companyMails } from './mails.ts';
import { personal } from './personal.ts';
import { refusals } from './refusals.ts';
import { buyerRoutes, linkRoutes } from './routes.ts';

export const companies = {
  name: 'companies',
  docs,
  routes: { buyer: buyerRoutes, link: linkRoutes },
  links: [invitationLink],
  mails: companyMails,
  refusals,
  personal,
} satisfies Feature;
