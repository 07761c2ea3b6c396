import { createHash } from 'node:crypto';
import { addressProven, guestLoggedIn } from '#server/buyers/events.ts';
import { memberGone } from '#server/companies/events.ts';
import type { Feature } from '#server/platform/feature.ts';
import { reactTo } from '#server/platform/hooks.ts';
import type { App } from '#server/platform/http.ts';
import { linkTopics } from '#server/platform/realtime/link-topics.ts';
import { buyerTopics } from '#server/platform/realtime/topics.ts';
import { docs } from './docs.ts';
import { handOver } from './approvals/ending.ts';
import { approvalMails } from './approvals/mails.ts';
import { approvalRoutes } from './approvals/routes.ts';
import { followLink, ownRequest } from './access.ts';
import { answerLink } from './answering/answer-link.ts';
import { answeringRoutes } from './answering/routes.ts';
import { readEnquiry } from './answering/queries.ts';
import { enquiryByLink } from './answering/view.ts';
import { comparingRoutes } from './comparing/routes.ts';
import { decidingRoutes, followMessageRoutes, ownMessageRoutes } from './deciding/routes.ts';
import { personal } from './erasing/personal.ts';
import { handlers } from './jobs.ts';
import { requestMails } from './mails/templates.ts';
import { followedLinkRoutes, ownLinkRoutes, vendorLinkRoutes } from './links/routes.ts';
import { moveToAccount, moveToOwner } from './moving.ts';
import { describeRequest } from './reading.ts';
import { refusals } from './refusals.ts';
import { joiningRoutes, listRoutes, readingRoutes, repeatingRoutes } from './routes.ts';
import { sendingRoutes } from './sending/routes.ts';
import { followRoutes, ownerRoutes } from './buyer-routes.ts';

export const requests = {
  name: 'requests',
  docs,
  routes: {
    buyer: (app, ctx) => {
      const routes = ownerRoutes(ctx);
      sendingRoutes(app, ctx);
      listRoutes(app, ctx);
      joiningRoutes(app, ctx);
      repeatingRoutes(app, ctx);
      approvalRoutes(app, ctx);
      readingRoutes(app, ctx, routes);
      comparingRoutes(app, ctx, routes);
      decidingRoutes(app, ctx, routes);
      ownMessageRoutes(app, ctx);
      ownLinkRoutes(app, ctx);
    },
    link: (app, ctx) => {
      readingRoutes(app, ctx, followRoutes);
      comparingRoutes(app, ctx, followRoutes);
      decidingRoutes(app, ctx, followRoutes);
      followMessageRoutes(app, ctx, followRoutes);
      followedLinkRoutes(app, ctx);
      vendorLinkRoutes(app, ctx);
      // Registered in its own scope, because its hooks are for vendors only.
      void app.register(async (scope) => answeringRoutes(scope as App, ctx));
    },
  },
  links: [followLink, answerLink],
  jobs: handlers,
  mails: [...requestMails, ...approvalMails],
  reactions: [
    reactTo(guestLoggedIn, moveToAccount),
    reactTo(addressProven, moveToOwner),
    reactTo(memberGone, handOver),
  ],
  topics: (ctx) => ({
    request: buyerTopics(ctx, async (id, buyer) => {
      const state = await describeRequest(ctx, await ownRequest(ctx, buyer, id));
      return { state, dependsOn: [`request:${state.id}`] };
    }),
    // Its page reads the request itself, so it only learns that something changed.
    follow: linkTopics(ctx, followLink, async (buyer) => {
      const request = await describeRequest(ctx, buyer);
      return { state: { mark: markOf(request) }, dependsOn: [`request:${request.id}`] };
    }),
    // The same for the page of a vendor's answer.
    answer: linkTopics(ctx, answerLink, async (holder) => {
      const now = ctx.clock.now();
      const { quotes, can, awaitsApproval } = enquiryByLink(await readEnquiry(ctx.db, holder, now), now);
      const mark = markOf({ versions: quotes.length, can, awaitsApproval });
      return { state: { mark }, dependsOn: [`request:${holder.enquiry.requestId}`] };
    }),
  }),
  refusals,
  personal,
} satisfies Feature;

/** Changes with the state, of which it shows nothing. */
const markOf = (state: object): string =>
  createHash('sha256').update(JSON.stringify(state)).digest('base64url');
