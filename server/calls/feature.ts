import { guestLoggedIn } from '#server/buyers/events.ts';
import type { Feature } from '#server/platform/feature.ts';
import { reactTo } from '#server/platform/hooks.ts';
import { buyerTopics } from '#server/platform/realtime/topics.ts';
import { docs } from './docs.ts';
import { forgettings } from './forgetting/service.ts';
import { handlers } from './jobs.ts';
import { watchCalls } from './machine/timers.ts';
import { personal } from './personal/queries.ts';
import { moveLiveCall } from './queries.ts';
import { refusals } from './refusals.ts';
import { agentRoutes, buyerRoutes } from './routes.ts';
import { callTopic } from './service.ts';
import { webhookRoutes } from './webhooks.ts';

export const calls = {
  name: 'calls',
  docs,
  routes: { buyer: buyerRoutes, agent: agentRoutes, webhook: webhookRoutes },
  jobs: handlers,
  reactions: [
    // A buyer who logs in during a call keeps it.
    reactTo(guestLoggedIn, (tx, { guestId, buyerId }) => moveLiveCall(tx, guestId, buyerId)),
  ],
  watch: watchCalls,
  forgets: forgettings,
  topics: (ctx) => ({ call: buyerTopics(ctx, (id, { buyerId }) => callTopic(ctx, id, buyerId)) }),
  refusals,
  personal,
} satisfies Feature;
