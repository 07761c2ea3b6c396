import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import type { App } from '#server/platform/http.ts';
import { currencyFor } from '#server/platform/currency.ts';
import { localeOf } from '#server/platform/locale.ts';
import { readingFor } from '#server/platform/replica.ts';
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
    (request) => {
      const asked = { locale: localeOf(request), currency: currencyFor(request) };
      return readingFor(ctx, request, (from) => catalog.product(from, request.params.id, asked));
    },
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
    (request) => {
      const asked = { locale: localeOf(request), currency: currencyFor(request) };
      const products = request.query.products.split(',');
      return readingFor(ctx, request, (from) => catalog.compare(from, products, asked));
    },
  );

  app.get(
    '/api/categories',
    { schema: { operationId: 'listCategories', tags, response: { 200: CategoryTree } } },
    async (request) => {
      const locale = localeOf(request);
      const rows = await readingFor(ctx, request, ({ db }) => queries.categoryRows(db, locale));
      return { items: categoryTree(rows, locale) };
    },
  );

  app.get(
    '/api/vendors',
    { schema: { operationId: 'listVendors', tags, querystring: VendorQuery, response: { 200: VendorList } } },
    (request) => readingFor(ctx, request, ({ db }) => catalog.listVendors(db, request.query)),
  );

  app.get(
    '/api/agents/available',
    {
      schema: { operationId: 'listAvailableAgents', tags, response: { 200: AvailableAgents } },
    },
    (request) => readingFor(ctx, request, catalog.availableAgents),
  );

  app.get(
    '/api/vendors/:id',
    { schema: { operationId: 'getVendor', tags, params: ById, response: { 200: VendorSummary } } },
    (request) => readingFor(ctx, request, ({ db }) => catalog.vendor(db, request.params.id)),
  );
}
