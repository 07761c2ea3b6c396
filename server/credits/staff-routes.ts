import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { accountOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { requireKey } from '#server/platform/required-key.ts';
import { Id, KeyHeader } from '#server/platform/schema.ts';
import * as confirming from './confirming.ts';
import { staffPaperRoutes } from './paper-routes.ts';
import {
  ConfirmTopUpBody,
  CreditPrices,
  RefundTopUpBody,
  ReversePaymentBody,
  SetCreditPricesBody,
  StaffTopUp,
  StaffTopUpList,
  StaffTopUpsQuery,
} from './schema.ts';
import * as credits from './service.ts';
import * as settling from './settling.ts';

const tags = ['staff'];
const params = Type.Object({ id: Id });

export function staffRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/staff/top-ups',
    {
      schema: {
        operationId: 'listAllTopUps',
        tags,
        querystring: StaffTopUpsQuery,
        response: { 200: StaffTopUpList },
      },
    },
    (request) => confirming.listAll(ctx, accountOf(request), request.query),
  );
  app.post(
    '/api/staff/top-ups/:id/confirmation',
    {
      schema: {
        operationId: 'confirmTopUp',
        tags,
        params,
        body: ConfirmTopUpBody,
        response: { 200: StaffTopUp },
      },
    },
    (request) => confirming.confirm(ctx, accountOf(request), request.params.id, request.body),
  );
  app.post(
    '/api/staff/top-ups/:id/reversal',
    {
      schema: {
        operationId: 'reverseTopUpPayment',
        tags,
        params,
        body: ReversePaymentBody,
        response: { 200: StaffTopUp },
      },
    },
    (request) => confirming.reverse(ctx, accountOf(request), request.params.id, request.body),
  );
  app.post(
    '/api/staff/top-ups/:id/refund',
    {
      schema: {
        operationId: 'refundTopUp',
        tags,
        params,
        headers: KeyHeader,
        body: RefundTopUpBody,
        response: { 200: StaffTopUp },
      },
    },
    (request) =>
      confirming.refund(
        ctx,
        accountOf(request),
        request.params.id,
        request.body,
        requireKey(request.headers['idempotency-key']),
      ),
  );
  app.post(
    '/api/staff/top-ups/:id/settlement',
    { schema: { operationId: 'settleTopUp', tags, params, response: { 200: StaffTopUp } } },
    (request) => settling.settle(ctx, accountOf(request), request.params.id),
  );
  app.post(
    '/api/staff/top-ups/:id/cancellation',
    { schema: { operationId: 'cancelAnyTopUp', tags, params, response: { 200: StaffTopUp } } },
    (request) => settling.cancelAny(ctx, accountOf(request), request.params.id),
  );
  app.put(
    '/api/staff/credit-prices/:currency',
    {
      schema: {
        operationId: 'setCreditPrices',
        tags,
        params: Type.Object({ currency: Type.String({ pattern: '^[A-Z]{3}$' }) }),
        body: SetCreditPricesBody,
        response: { 200: CreditPrices },
      },
    },
    (request) =>
      credits.setPrices(ctx, `account:${accountOf(request).id}`, request.params.currency, request.body),
  );
  staffPaperRoutes(app, ctx);
}
