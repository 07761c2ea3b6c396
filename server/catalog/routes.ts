import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/platform/errors.ts';
import type { App } from '#server/platform/http.ts';
import * as queries from './queries.ts';
import { categoryTree } from './rules.ts';
import { CategoryTree, ProductDetail, VendorList, VendorQuery, VendorSummary } from './schema.ts';
import * as catalog from './service.ts';

const tags = ['catalog'];
const ById = Type.Object({ id: Type.String({ maxLength: 200 }) });

export function routes(app: App, { db }: Context): void {
  app.get(
    '/api/products/:id',
    { schema: { operationId: 'getProduct', tags, params: ById, response: { 200: ProductDetail } } },
    (request) => catalog.product(db, request.params.id),
  );

  app.get(
    '/api/categories',
    { schema: { operationId: 'listCategories', tags, response: { 200: CategoryTree } } },
    async () => ({ items: categoryTree(await queries.categoryRows(db)) }),
  );

  app.get(
    '/api/vendors',
    { schema: { operationId: 'listVendors', tags, querystring: VendorQuery, response: { 200: VendorList } } },
    async ({ query: { page, perPage, sort } }) => {
      const part = { offset: (page - 1) * perPage, limit: perPage, byProducts: sort === 'products' };
      const { total, rows } = await queries.vendorPage(db, part);
      return { items: rows, total, page, perPage };
    },
  );

  app.get(
    '/api/vendors/:id',
    { schema: { operationId: 'getVendor', tags, params: ById, response: { 200: VendorSummary } } },
    async (request) => {
      const { id } = request.params;
      const vendor = id.includes('\0') ? null : await queries.vendor(db, id);
      if (!vendor) throw refuse('not_found');
      return vendor;
    },
  );
}
