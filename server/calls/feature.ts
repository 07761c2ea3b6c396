import type { Feature } from '#server/platform/feature.ts';
import { buyerTopics } from '#server/platform/realtime/topics.ts';
import * as callBackJobs from './backs/jobs.ts';
import * as callBacks from './backs/routes.ts';
import { handlers } from './jobs.ts';
import { agentRoutes, buyerRoutes } from './routes.ts';
import { callTopic } from './service.ts';
import { webhookRoutes } from './webhooks.ts';

export const calls = {
  name: 'calls',
  routes: {
    buyer: (app, ctx) => {
      buyerRoutes(app, ctx);
      callBacks.buyerRoutes(app, ctx);
    },
    agent: (app, ctx) => {
      agentRoutes(app, ctx);
      callBacks.agentRoutes(app, ctx);
    },
    webhook: webhookRoutes,
  },
  jobs: (ctx) => [...handlers(ctx), ...callBackJobs.handlers(ctx)],
  topics: (ctx) => ({ call: buyerTopics(ctx, (id, buyerId) => callTopic(ctx, id, buyerId)) }),
} satisfies Feature;
