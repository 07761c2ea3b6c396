import type { Feature } from '#server/platform/feature.ts';
import { buyerTopics } from '#server/platform/realtime/topics.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';
import { solutionTopic } from './service.ts';

export const solutions = {
  name: 'solutions',
  routes: { buyer: routes },
  topics: (ctx) => ({
    solution: buyerTopics(ctx, (id, buyerId) => solutionTopic(ctx, buyerId, id)),
  }),
  refusals,
} satisfies Feature;
