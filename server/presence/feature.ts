import type { Feature } from '#server/platform/feature.ts';
import { publicTopics } from '#server/platform/realtime/topics.ts';
import { docs } from './docs.ts';
import { handlers } from './jobs.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';
import { productTopic } from './service.ts';

export const presence = {
  name: 'presence',
  docs,
  routes: { agent: routes },
  jobs: handlers,
  topics: (ctx) => ({
    product: publicTopics((id) => productTopic(ctx, id)),
  }),
  refusals,
} satisfies Feature;
