import { countHashes } from '#server/platform/auth/passwords.ts';
import type { Feature } from '#server/platform/feature.ts';
import { docs } from './docs.ts';
import { personal } from './erasing/personal.ts';
import { handlers } from './jobs.ts';
import { accountMails } from './mails.ts';
import { refusals } from './refusals.ts';
import { buyerRoutes, routes } from './routes.ts';

export const accounts = {
  name: 'accounts',
  docs,
  routes: { public: routes, buyer: buyerRoutes },
  jobs: handlers,
  mails: accountMails,
  metrics: async () => [
    { name: 'quoteline_password_hashes_total', type: 'counter', samples: [{ value: countHashes() }] },
  ],
  refusals,
  personal,
} satisfies Feature;
