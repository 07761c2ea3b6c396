import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { agentOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { PageQuery } from '#server/platform/schema.ts';
import { Desk, DeskCallList, DeskEnquiryList } from './schema.ts';
import * as desk from './service.ts';

const tags = ['agent'];

/** Registers the agent's desk. */
export function routes(app: App, ctx: Context): void {
  app.get(
    '/api/agent/desk',
    { schema: { operationId: 'getDesk', tags, response: { 200: Desk } } },
    (request) => desk.getDesk(ctx, agentOf(request).agentId),
  );

  app.get(
    '/api/agent/calls',
    {
      schema: {
        operationId: 'listAgentCalls',
        tags,
        querystring: PageQuery,
        response: { 200: DeskCallList },
      },
    },
    (request) => desk.listCalls(ctx, agentOf(request).agentId, request.query),
  );

  app.get(
    '/api/agent/enquiries',
    {
      schema: {
        operationId: 'listAgentEnquiries',
        tags,
        querystring: PageQuery,
        response: { 200: DeskEnquiryList },
      },
    },
    (request) => desk.listEnquiries(ctx, agentOf(request).agentId, request.query),
  );

  app.post(
    '/api/agent/missed/seen',
    { schema: { operationId: 'markMissedSeen', tags, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await desk.markMissedCallsSeen(ctx, agentOf(request).agentId);
      return reply.code(204).send(null);
    },
  );
}
