import type { Context } from '#server/context.ts';
import { requireAgent } from '#server/platform/auth/agent.ts';
import type { App } from '#server/platform/http.ts';
import { OwnStatus, SetStatusBody } from './schema.ts';
import * as presence from './service.ts';

export function routes(app: App, ctx: Context): void {
  app.put(
    '/api/agent/status',
    {
      schema: {
        operationId: 'setAgentStatus',
        tags: ['agent'],
        body: SetStatusBody,
        response: { 200: OwnStatus },
      },
    },
    async (request) => {
      const { agentId } = await requireAgent(ctx.sessions, request);
      return presence.declare(ctx, agentId, request.body);
    },
  );
}
