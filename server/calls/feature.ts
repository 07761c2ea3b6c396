import type { Feature } from '#server/platform/feature.ts';
import { visitorTopics } from '#server/platform/realtime/topics.ts';
import * as callBackJobs from './backs/jobs.ts';
import * as callBacks from './backs/routes.ts';
import { handlers } from './jobs.ts';
import { agentRoutes, visitorRoutes } from './routes.ts';
import { callTopic } from './service.ts';
import { webhookRoutes } from './webhooks.ts';

export const calls = {
  name: 'calls',
  routes: {
    buyer: (app, ctx) => {
      visitorRoutes(app, ctx);
      callBacks.visitorRoutes(app, ctx);
    },
    agent: (app, ctx) => {
      agentRoutes(app, ctx);
      callBacks.agentRoutes(app, ctx);
    },
    webhook: webhookRoutes,
  },
  jobs: (ctx) => [...handlers(ctx), ...callBackJobs.handlers(ctx)],
  topics: (ctx) => ({ call: visitorTopics(ctx, (id, visitorId) => callTopic(ctx, id, visitorId)) }),
} satisfies Feature;
