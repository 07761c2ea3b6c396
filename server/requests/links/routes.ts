import type { FastifyRequest } from 'fastify';
import { type TObject, Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { buyerOf, namedBy } from '#server/platform/auth/actors.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import type { App } from '#server/platform/http.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { requestOfEnquiryToChange, requestToChange } from '../access.ts';
import { answerLink } from '../answering/answer-link.ts';
import { followRoutes } from '../buyer-routes.ts';
import { DeliveryState } from '../schema.ts';
import * as links from './service.ts';

const tags = ['requests'];
const nothing = { 204: Type.Null() };
const revoking = { security: 'link_revoked' } as const;
const renewing = { security: 'link_renewed' } as const;

/** Registers how a buyer ends and renews the links of a request. */
export function ownLinkRoutes(app: App, ctx: Context): void {
  changesOfLink(app, ctx, {
    path: '/api/enquiries/:id/links/:deliveryId',
    params: Type.Object({ id: Type.String(), deliveryId: Type.String() }),
    operations: ['revokeLink', 'renewLink'],
    given: async (request) => {
      const { id, deliveryId } = request.params as { id: string; deliveryId: string };
      const { actor } = await requestOfEnquiryToChange(ctx, buyerOf(request), id);
      return { of: { enquiryId: id, deliveryId }, by: 'buyer', actor };
    },
  });

  const path = '/api/requests/:id/follow-link';
  const params = Type.Object({ id: Type.String() });
  const given = async (request: FastifyRequest) => {
    const { id } = request.params as { id: string };
    const { request: own, actor } = await requestToChange(ctx, buyerOf(request), id);
    return { own, change: { by: 'buyer' as const, actor, at: ctx.clock.now() } };
  };
  app.delete(
    path,
    { config: revoking, schema: { operationId: 'revokeFollowLink', tags, params, response: nothing } },
    async (request, reply) => {
      const { own, change } = await given(request);
      await countChange(ctx, request);
      await links.revokeFollowLink(ctx, own.id, change);
      return reply.code(204).send(null);
    },
  );
  app.post(
    path,
    { config: renewing, schema: { operationId: 'renewFollowLink', tags, params, response: nothing } },
    async (request, reply) => {
      const { own, change } = await given(request);
      await countChange(ctx, request);
      await links.renewFollowLink(ctx, own.id, change, buyerOf(request).account?.email ?? null);
      return reply.code(204).send(null);
    },
  );
}

/** Registers how the holder of a follow link ends and renews the links of its request. */
export function followedLinkRoutes(app: App, ctx: Context): void {
  changesOfLink(app, ctx, {
    path: `${followRoutes.base}/enquiries/:id/links/:deliveryId`,
    params: Type.Object({ token: Type.String(), id: Type.String(), deliveryId: Type.String() }),
    operations: ['revokeFollowedLink', 'renewFollowedLink'],
    given: async (request) => {
      const { request: own, actor } = await followRoutes.buyerOf(request);
      const { id, deliveryId } = request.params as { id: string; deliveryId: string };
      return { of: { enquiryId: id, deliveryId, requestId: own.id }, by: 'buyer', actor };
    },
  });
}

/** Registers how a vendor's people end and renew their own links to an enquiry and those of colleagues. */
export function vendorLinkRoutes(app: App, ctx: Context): void {
  changesOfLink(app, ctx, {
    path: '/api/enquiry-links/:token/links/:deliveryId',
    params: Type.Object({ token: Type.String(), deliveryId: Type.String() }),
    operations: ['revokeLinkOfVendor', 'renewLinkOfVendor'],
    given: async (request) => {
      const { delivery, enquiry } = namedBy(request, answerLink);
      const { deliveryId } = request.params as { deliveryId: string };
      return { of: { enquiryId: enquiry.id, deliveryId }, by: 'vendor', actor: `delivery:${delivery.id}` };
    },
  });
}

interface Changes {
  path: string;
  params: TObject;
  /** The operation ids of ending and of renewing. */
  operations: [revoke: string, renew: string];
  /** Returns whose link is meant and who asks; refuses what they may not reach. */
  given: (
    request: FastifyRequest,
  ) => Promise<{ of: links.PersonLink } & Pick<links.LinkChange, 'by' | 'actor'>>;
}

/** Registers how one person's link to an enquiry is ended (DELETE) and renewed (POST). */
function changesOfLink(app: App, ctx: Context, { path, params, operations, given }: Changes): void {
  const [revoke, renew] = operations;
  const change = async (request: FastifyRequest) => {
    const { of, by, actor } = await given(request);
    await countChange(ctx, request);
    return [ctx, of, { by, actor, at: ctx.clock.now() }] as const;
  };
  app.delete(
    path,
    {
      config: revoking,
      schema: { operationId: revoke, tags, params, response: nothing },
    },
    async (request, reply) => {
      await links.revokeLink(...(await change(request)));
      return reply.code(204).send(null);
    },
  );
  app.post(
    path,
    {
      config: renewing,
      schema: { operationId: renew, tags, params, response: { 201: DeliveryState } },
    },
    async (request, reply) => reply.code(201).send(await links.renewLink(...(await change(request)))),
  );
}

/** Counts changes of links, which send mails, per address. Refuses `too_many`. */
async function countChange(ctx: Context, request: FastifyRequest): Promise<void> {
  const limit = { max: ctx.config.limits.answersPerHour, windowSeconds: 3_600 };
  await countOrRefuse(ctx.db, `mailings:${clientAddress(request)}`, limit, ctx.clock.now());
}
