import { numberOptedOut } from '#server/admission/events.ts';
import { callClosed } from '#server/calls/events.ts';
import type { Feature } from '#server/platform/feature.ts';
import { reactTo } from '#server/platform/hooks.ts';
import { buyerTopics } from '#server/platform/realtime/topics.ts';
import { docs } from './docs.ts';
import { handlers } from './jobs.ts';
import { callBackTemplate } from './mails.ts';
import { personal } from './personal/queries.ts';
import { refusals } from './refusals.ts';
import { agentRoutes, buyerRoutes } from './routes.ts';
import { callBackTopic, callEnded, cancelForPhone, forgetting } from './service.ts';

export const callBacks = {
  name: 'call-backs',
  docs,
  routes: { buyer: buyerRoutes, agent: agentRoutes },
  jobs: handlers,
  mails: [callBackTemplate],
  topics: (ctx) => ({
    'call-back': buyerTopics(ctx, (id, { buyerId }) => callBackTopic(ctx, buyerId, id)),
  }),
  reactions: [
    reactTo(callClosed, async (tx, { callBackId, outcome, at }) => {
      if (callBackId) await callEnded(tx, { callBackId, outcome, now: at });
    }),
    reactTo(numberOptedOut, (tx, { phone, at }) => cancelForPhone(tx, phone, at)),
  ],
  forgets: [forgetting],
  refusals,
  personal,
} satisfies Feature;
