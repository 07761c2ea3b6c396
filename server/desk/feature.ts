import type { Feature } from '#server/platform/feature.ts';
import { routes } from './routes.ts';
import { deskTopics } from './topics.ts';

export const desk = {
  name: 'desk',
  routes: { agent: routes },
  topics: (ctx) => ({ agent: deskTopics(ctx) }),
} satisfies Feature;
