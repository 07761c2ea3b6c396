import { guestLoggedIn } from '#server/buyers/events.ts';
import type { Feature } from '#server/platform/feature.ts';
import { reactTo } from '#server/platform/hooks.ts';
import { buyerTopics } from '#server/platform/realtime/topics.ts';
import { docs } from './docs.ts';
import { handlers } from './lists/jobs.ts';
import { moveToAccount } from './merging/service.ts';
import { personal } from './personal/queries.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';
import { solutionTopic } from './service.ts';
import { linkRoutes } from './sharing/routes.ts';
import { shareLink } from './sharing/service.ts';

export const solutions = {
  name: 'solutions',
  docs,
  routes: { buyer: routes, link: linkRoutes },
  links: [shareLink],
  jobs: handlers,
  reactions: [reactTo(guestLoggedIn, moveToAccount)],
  topics: (ctx) => ({
    solution: buyerTopics(ctx, (id, { buyerId }) => solutionTopic(ctx, buyerId, id)),
  }),
  refusals,
  personal,
} satisfies Feature;
