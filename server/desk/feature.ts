import type { Feature } from '#server/platform/feature.ts';
import { docs } from './docs.ts';
import { routes } from './routes.ts';
import { deskTopics } from './topics.ts';

export const desk = {
  name: 'desk',
  docs,
  routes: { agent: routes },
  topics: (ctx) => ({ agent: deskTopics(ctx) }),
} satisfies Feature;
