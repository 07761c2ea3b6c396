import type { Feature } from '#server/platform/feature.ts';
import { buyerTopics } from '#server/platform/realtime/topics.ts';
import { handlers } from './jobs.ts';
import { refusals } from './refusals.ts';
import { agentRoutes, buyerRoutes } from './routes.ts';
import { callTopic } from './service.ts';
import { webhookRoutes } from './webhooks.ts';

export const calls = {
  name: 'calls',
  routes: { buyer: buyerRoutes, agent: agentRoutes, webhook: webhookRoutes },
  jobs: handlers,
  topics: (ctx) => ({ call: buyerTopics(ctx, (id, buyerId) => callTopic(ctx, id, buyerId)) }),
  refusals,
} satisfies Feature;
