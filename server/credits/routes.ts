import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { accountOf, buyerOf } from '#server/platform/auth/actors.ts';
import { currencyFor } from '#server/platform/currency.ts';
import type { App } from '#server/platform/http.ts';
import { requireKey } from '#server/platform/required-key.ts';
import { Id, KeyHeader, PageQuery } from '#server/platform/schema.ts';
import {
  CreateTopUpBody,
  CreditEntryList,
  CreditPrices,
  Credits,
  PricesQuery,
  StatementQuery,
  TopUp,
  TopUpList,
} from './schema.ts';
import { buyerPaperRoutes } from './paper-routes.ts';
import * as credits from './service.ts';
import * as settling from './settling.ts';
import * as topUps from './topping-up.ts';

const tags = ['credits'];
const ofTopUp = { tags, params: Type.Object({ id: Id }), response: { 200: TopUp } };
/** Credit belongs to accounts: guests are asked to log in. */

export function publicRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/credits/prices',
    {
      schema: {
        operationId: 'getCreditPrices',
        tags,
        querystring: PricesQuery,
        response: { 200: CreditPrices },
      },
    },
    (request) => credits.pricesIn(ctx, currencyFor(request)),
  );
}

export function buyerRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/credits',
    { schema: { operationId: 'getCredits', tags, response: { 200: Credits } } },
    (request) => credits.creditsOf(ctx, buyerOf(request)),
  );
  app.get(
    '/api/credits/entries',
    {
      schema: {
        operationId: 'listCreditEntries',
        tags,
        querystring: PageQuery,
        response: { 200: CreditEntryList },
      },
    },
    (request) => credits.listEntries(ctx, buyerOf(request), request.query),
  );
  app.get(
    '/api/credits/statement.csv',
    {
      schema: {
        operationId: 'getCreditStatement',
        tags,
        querystring: StatementQuery,
        response: { 200: { content: { 'text/csv': { schema: Type.String() } } } },
      },
    },
    async (request, reply) => {
      const csv = await credits.statementCsv(ctx, buyerOf(request), request.query);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="credits.csv"')
        .send(csv);
    },
  );
  app.get(
    '/api/credits/top-ups',
    {
      schema: { operationId: 'listTopUps', tags, querystring: PageQuery, response: { 200: TopUpList } },
    },
    (request) => topUps.list(ctx, buyerOf(request).buyerId, request.query),
  );
  app.post(
    '/api/credits/top-ups',
    {
      schema: {
        operationId: 'createTopUp',
        tags,
        headers: KeyHeader,
        body: CreateTopUpBody,
        response: { 201: TopUp },
      },
    },
    async (request, reply) => {
      const key = requireKey(request.headers['idempotency-key']);
      const { company, name } = accountOf(request);
      const usual = { usualCurrency: currencyFor(request), usualBillTo: company ?? name };
      const wish = { ...request.body, ...usual };
      return reply.code(201).send(await topUps.createTopUp(ctx, buyerOf(request).buyerId, wish, key));
    },
  );
  app.get(
    '/api/credits/top-ups/:id',
    {
      schema: { operationId: 'getTopUp', ...ofTopUp },
    },
    (request) => topUps.find(ctx, buyerOf(request).buyerId, request.params.id),
  );
  app.post(
    '/api/credits/top-ups/:id/check',
    {
      schema: { operationId: 'checkTopUp', ...ofTopUp },
    },
    (request) => topUps.check(ctx, buyerOf(request).buyerId, request.params.id),
  );
  app.delete(
    '/api/credits/top-ups/:id',
    {
      schema: { operationId: 'cancelTopUp', ...ofTopUp },
    },
    (request) => settling.cancelOwn(ctx, buyerOf(request), request.params.id),
  );
  buyerPaperRoutes(app, ctx);
}
