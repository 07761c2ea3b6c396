import type { Context } from '#server/context.ts';
import { currencyFor } from '#server/platform/currency.ts';
import { localeOf } from '#server/platform/locale.ts';
import type { App } from '#server/platform/http.ts';
import { readingFor } from '#server/platform/replica.ts';
import { SearchQuery, SearchResult, SuggestionQuery, Suggestions } from './schema.ts';
import * as search from './service.ts';

const tags = ['catalog'];

export function routes(app: App, ctx: Context): void {
  app.get(
    '/api/products',
    {
      schema: {
        operationId: 'searchProducts',
        tags,
        querystring: SearchQuery,
        response: { 200: SearchResult },
      },
    },
    (request) => {
      const currency = currencyFor(request);
      const query = { ...request.query, ...(currency === undefined ? {} : { currency }) };
      const locale = localeOf(request);
      return readingFor(ctx, request, (from) => search.search(from, query, { locale }));
    },
  );

  app.get(
    '/api/suggestions',
    {
      schema: { operationId: 'suggest', tags, querystring: SuggestionQuery, response: { 200: Suggestions } },
    },
    (request) => {
      const locale = localeOf(request);
      return readingFor(ctx, request, (from) => search.suggestions(from, request.query.q, locale));
    },
  );
}
