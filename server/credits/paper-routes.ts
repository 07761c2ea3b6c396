import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { accountOf, buyerOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { localeOf } from '#server/platform/locale.ts';
import { PdfResponse, sendPdf } from '#server/platform/pdf/reply.ts';
import { Id } from '#server/platform/schema.ts';
import { anyInvoicePdf, invoicePdf, proformaPdf, statementPdf } from './papers/service.ts';
import { StatementQuery } from './schema.ts';

const params = Type.Object({ id: Id });

export function buyerPaperRoutes(app: App, ctx: Context): void {
  const tags = ['credits'];
  app.get(
    '/api/credits/statement.pdf',
    {
      schema: {
        operationId: 'getCreditStatementPdf',
        tags,
        querystring: StatementQuery,
        response: PdfResponse,
      },
    },
    async (request, reply) => {
      const reader = { buyerId: buyerOf(request).buyerId, locale: localeOf(request) };
      const account = accountOf(request);
      return sendPdf(reply, 'credits', await statementPdf(ctx, { ...reader, account }, request.query));
    },
  );
  app.get(
    '/api/credits/top-ups/:id/proforma.pdf',
    { schema: { operationId: 'getProforma', tags, params, response: PdfResponse } },
    async (request, reply) => {
      const reader = { buyerId: buyerOf(request).buyerId, locale: localeOf(request) };
      return sendPdf(reply, 'proforma', await proformaPdf(ctx, reader, request.params.id));
    },
  );
  app.get(
    '/api/credits/invoices/:id/invoice.pdf',
    { schema: { operationId: 'getInvoice', tags, params, response: PdfResponse } },
    async (request, reply) => {
      const reader = { buyerId: buyerOf(request).buyerId, locale: localeOf(request) };
      return sendPdf(reply, 'invoice', await invoicePdf(ctx, reader, request.params.id));
    },
  );
}

export function staffPaperRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/staff/invoices/:id/invoice.pdf',
    { schema: { operationId: 'getAnyInvoice', tags: ['staff'], params, response: PdfResponse } },
    async (request, reply) => {
      const reader = { staff: accountOf(request), locale: localeOf(request) };
      return sendPdf(reply, 'invoice', await anyInvoicePdf(ctx, reader, request.params.id));
    },
  );
}
