import type { Context } from '#server/context.ts';
import type { App } from '#server/platform/http.ts';
import { AuditList, AuditQuery } from './schema.ts';
import * as audit from './service.ts';

export function staffRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/staff/audit',
    {
      schema: {
        ...{ operationId: 'listAuditEntries', tags: ['staff'], querystring: AuditQuery },
        response: { 200: AuditList },
      },
    },
    (request) => audit.list(ctx, request.query),
  );
}
