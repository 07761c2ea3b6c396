import type { Context } from '#server/context.ts';
import { agentOf } from '#server/platform/auth/actors.ts';
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
    (request) => presence.declare(ctx, agentOf(request).agentId, request.body),
  );
}
