import { guestLoggedIn } from '#server/buyers/events.ts';
import type { Feature } from '#server/platform/feature.ts';
import { reactTo } from '#server/platform/hooks.ts';
import { docs } from './docs.ts';
import { handlers } from './jobs.ts';
import { personal } from './personal.ts';
import { refusals } from './refusals.ts';
import { buyerRoutes } from './routes.ts';
import { moveToAccount } from './service.ts';
import { uploadStore } from './store.ts';

export const uploads = {
  name: 'uploads',
  docs,
  routes: { buyer: buyerRoutes },
  jobs: handlers,
  reactions: [reactTo(guestLoggedIn, (tx, { guestId, buyerId }) => moveToAccount(tx, guestId, buyerId))],
  refusals,
  stores: [uploadStore],
  personal,
} satisfies Feature;
