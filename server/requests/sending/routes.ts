import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { buyerOf } from '#server/platform/auth/actors.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import type { App } from '#server/platform/http.ts';
import { currencyFor } from '#server/platform/currency.ts';
import { localeOf } from '#server/platform/locale.ts';
import { requireKey } from '#server/platform/required-key.ts';
import { Id } from '#server/platform/schema.ts';
import { CurrencyQuery } from '#server/rates/schema.ts';
import { Waiting } from '../approvals/schema.ts';
import { RequestKind } from '../schema.ts';
import { readSpecification } from './parts.ts';
import { NewRequest, SentRequest, Specification } from './schema.ts';
import { checkSending, sendRequest } from './send.ts';

const tags = ['requests'];
const keyHeader = Type.Object({ 'idempotency-key': Type.Optional(Type.String()) });

/** Registers the preview, the check and the sending of a request. */
export function sendingRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/solutions/:id/specification',
    {
      schema: {
        operationId: 'getSpecification',
        tags,
        params: Type.Object({ id: Id }),
        querystring: Type.Object({ kind: { ...RequestKind, default: 'quote' }, ...CurrencyQuery.properties }),
        response: { 200: Specification },
      },
    },
    (request) =>
      readSpecification(ctx, buyerOf(request), request.params.id, {
        kind: request.query.kind,
        currency: currencyFor(request),
      }),
  );

  app.post(
    '/api/requests/check',
    {
      schema: { operationId: 'checkRequest', tags, body: NewRequest, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await checkSending(ctx, buyerOf(request).buyerId, request.body);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/requests',
    {
      schema: {
        operationId: 'sendRequest',
        tags,
        headers: keyHeader,
        body: NewRequest,
        response: { 201: SentRequest, 202: Waiting },
      },
    },
    async (request, reply) => {
      const key = requireKey(request.headers['idempotency-key']);
      const { buyerId, account, member } = buyerOf(request);
      const provenEmail = account?.email ?? null;
      const currency = request.body.currency ?? currencyFor(request);
      const from = { address: clientAddress(request), locale: localeOf(request), currency };
      const sender = { buyerId, provenEmail, isMember: member !== null, ...from };
      const sent = await sendRequest(ctx, sender, key, request.body);
      return 'approvalId' in sent ? reply.code(202).send(sent) : reply.code(201).send(sent);
    },
  );
}
