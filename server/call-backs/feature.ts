import type { Feature } from '#server/platform/feature.ts';
import { handlers } from './jobs.ts';
import { agentRoutes, buyerRoutes } from './routes.ts';

export const callBacks = {
  name: 'call-backs',
  routes: { buyer: buyerRoutes, agent: agentRoutes },
  jobs: handlers,
} satisfies Feature;
