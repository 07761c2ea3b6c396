import type { Context } from '#server/context.ts';
import { managerOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { VendorCallList, VendorCallsQuery } from './schema.ts';
import { listVendorCalls } from './service.ts';

export function vendorRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/vendor/calls',
    {
      schema: {
        ...{ operationId: 'listVendorCalls', tags: ['calls'], querystring: VendorCallsQuery },
        response: { 200: VendorCallList },
      },
    },
    (request) => {
      const { page, perPage, ...wanted } = request.query;
      return listVendorCalls(ctx, { ...wanted, vendorId: managerOf(request).vendorId }, { page, perPage });
    },
  );
}
