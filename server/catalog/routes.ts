import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import type { App } from '#server/platform/http.ts';
import { currencyFor } from '#server/platform/currency.ts';
import { localeOf } from '#server/platform/locale.ts';
import { CurrencyQuery } from '#server/rates/schema.ts';
import * as queries from './queries.ts';
import { categoryTree } from './rules.ts';
import {
  AvailableAgents,
  CategoryTree,
  ComparisonQuery,
  ProductComparison,
  ProductDetail,
  VendorList,
  VendorQuery,
  VendorSummary,
} from './schema.ts';
import * as catalog from './service.ts';

const tags = ['catalog'];
const ById = Type.Object({ id: Type.String({ maxLength: 200 }) });

export function routes(app: App, ctx: Context): void {
  const { db } = ctx;
  app.get(
    '/api/products/:id',
    {
      schema: {
        operationId: 'getProduct',
        tags,
        params: ById,
        querystring: CurrencyQuery,
        response: { 200: ProductDetail },
      },
    },
    (request) =>
      catalog.product(ctx, request.params.id, { locale: localeOf(request), currency: currencyFor(request) }),
  );

  app.get(
    '/api/product-comparisons',
    {
      schema: {
        operationId: 'compareProducts',
        tags,
        querystring: ComparisonQuery,
        response: { 200: ProductComparison },
      },
    },
    (request) =>
      catalog.compare(ctx, request.query.products.split(','), {
        locale: localeOf(request),
        currency: currencyFor(request),
      }),
  );

  app.get(
    '/api/categories',
    { schema: { operationId: 'listCategories', tags, response: { 200: CategoryTree } } },
    async (request) => {
      const locale = localeOf(request);
      return { items: categoryTree(await queries.categoryRows(db, locale), locale) };
    },
  );

  app.get(
    '/api/vendors',
    { schema: { operationId: 'listVendors', tags, querystring: VendorQuery, response: { 200: VendorList } } },
    ({ query }) => catalog.listVendors(db, query),
  );

  app.get(
    '/api/agents/available',
    {
      schema: { operationId: 'listAvailableAgents', tags, response: { 200: AvailableAgents } },
    },
    () => catalog.availableAgents(ctx),
  );

  app.get(
    '/api/vendors/:id',
    { schema: { operationId: 'getVendor', tags, params: ById, response: { 200: VendorSummary } } },
    (request) => catalog.vendor(db, request.params.id),
  );
}
