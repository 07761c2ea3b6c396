import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { memberOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { Id, PageQuery } from '#server/platform/schema.ts';
import * as deciding from './deciding.ts';
import { Approval, ApprovalList, DecisionBody } from './schema.ts';

const tags = ['company'];
const params = Type.Object({ id: Id });

/** Registers what waits for the approvers of a company. */
export function approvalRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/approvals',
    {
      schema: {
        operationId: 'listApprovals',
        tags,
        querystring: PageQuery,
        response: { 200: ApprovalList },
      },
    },
    (request) => deciding.listApprovals(ctx, memberOf(request), request.query),
  );
  app.get(
    '/api/approvals/:id',
    { schema: { operationId: 'getApproval', tags, params, response: { 200: Approval } } },
    (request) => deciding.readApproval(ctx, memberOf(request), request.params.id),
  );
  app.post(
    '/api/approvals/:id/decision',
    {
      schema: {
        operationId: 'decideApproval',
        tags,
        params,
        body: DecisionBody,
        response: { 200: Approval },
      },
    },
    (request) => deciding.decideApproval(ctx, memberOf(request), request.params.id, request.body),
  );
  app.post(
    '/api/approvals/:id/withdrawal',
    { schema: { operationId: 'withdrawApproval', tags, params, response: { 200: Approval } } },
    (request) => deciding.withdrawApproval(ctx, memberOf(request), request.params.id),
  );
}
