import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { buyerOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { Id } from '#server/platform/schema.ts';
import { DeliveryAddress, DeliveryAddressBody, DeliveryAddresses } from './schema.ts';
import * as addresses from './service.ts';

const tags = ['account'];
const params = Type.Object({ id: Id });

/** Where a person has things delivered. */
export function addressRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/account/addresses',
    { schema: { operationId: 'listDeliveryAddresses', tags, response: { 200: DeliveryAddresses } } },
    (request) => addresses.listAddresses(ctx, buyerOf(request).buyerId),
  );

  app.post(
    '/api/account/addresses',
    {
      schema: {
        ...{ operationId: 'addDeliveryAddress', tags },
        ...{ body: DeliveryAddressBody, response: { 201: DeliveryAddress } },
      },
    },
    async (request, reply) => {
      const added = await addresses.addAddress(ctx, buyerOf(request).buyerId, request.body);
      return reply.code(201).send(added);
    },
  );

  app.put(
    '/api/account/addresses/:id',
    {
      schema: {
        ...{ operationId: 'updateDeliveryAddress', tags, params },
        ...{ body: DeliveryAddressBody, response: { 200: DeliveryAddress } },
      },
    },
    (request) => addresses.changeAddress(ctx, buyerOf(request).buyerId, request.params.id, request.body),
  );

  app.delete(
    '/api/account/addresses/:id',
    { schema: { operationId: 'removeDeliveryAddress', tags, params, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await addresses.removeAddress(ctx, buyerOf(request).buyerId, request.params.id);
      return reply.code(204).send(null);
    },
  );
}
