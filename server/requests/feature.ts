import type { Feature } from '#server/platform/feature.ts';
import { buyerTopics } from '#server/platform/realtime/topics.ts';
import { handlers } from './answering/jobs.ts';
import * as answering from './answering/routes.ts';
import { linkRoutes, routes } from './routes.ts';
import { describe } from './service.ts';

export const requests = {
  name: 'requests',
  routes: {
    buyer: (app, ctx) => {
      routes(app, ctx);
      answering.routes(app, ctx);
    },
    link: (app, ctx) => {
      linkRoutes(app, ctx);
      answering.linkRoutes(app, ctx);
    },
  },
  jobs: handlers,
  topics: (ctx) => ({
    request: buyerTopics(ctx, async (id, buyerId) => {
      const state = await describe(ctx, { id, buyerId });
      return { state, dependsOn: [`request:${state.id}`] };
    }),
  }),
} satisfies Feature;
