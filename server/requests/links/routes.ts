import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { buyerOf, namedBy } from '#server/platform/auth/actors.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import type { App } from '#server/platform/http.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { ownRequest, ownRequestOfEnquiry } from '../access.ts';
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
  const byLink = Type.Object({ id: Type.String(), deliveryId: Type.String() });
  const byRequest = Type.Object({ id: Type.String() });
  const enquiryLink = '/api/enquiries/:id/links/:deliveryId';
  const followLink = '/api/requests/:id/follow-link';

  app.delete(
    enquiryLink,
    { config: revoking, schema: { operationId: 'revokeLink', tags, params: byLink, response: nothing } },
    async (request, reply) => {
      const { id, deliveryId } = request.params;
      const { actor } = await ownRequestOfEnquiry(ctx, buyerOf(request).buyerId, id);
      await countChange(ctx, request);
      await links.revokeLink(ctx, { enquiryId: id, deliveryId }, { by: 'buyer', actor, at: ctx.clock.now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    enquiryLink,
    {
      config: renewing,
      schema: { operationId: 'renewLink', tags, params: byLink, response: { 201: DeliveryState } },
    },
    async (request, reply) => {
      const { id, deliveryId } = request.params;
      const { actor } = await ownRequestOfEnquiry(ctx, buyerOf(request).buyerId, id);
      await countChange(ctx, request);
      const change = { by: 'buyer' as const, actor, at: ctx.clock.now() };
      return reply.code(201).send(await links.renewLink(ctx, { enquiryId: id, deliveryId }, change));
    },
  );
  app.delete(
    followLink,
    {
      config: revoking,
      schema: { operationId: 'revokeFollowLink', tags, params: byRequest, response: nothing },
    },
    async (request, reply) => {
      const { request: own, actor } = await ownRequest(ctx, buyerOf(request).buyerId, request.params.id);
      await countChange(ctx, request);
      await links.revokeFollowLink(ctx, own.id, { by: 'buyer', actor, at: ctx.clock.now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    followLink,
    {
      config: renewing,
      schema: { operationId: 'renewFollowLink', tags, params: byRequest, response: nothing },
    },
    async (request, reply) => {
      const { buyerId, account } = buyerOf(request);
      const { request: own, actor } = await ownRequest(ctx, buyerId, request.params.id);
      await countChange(ctx, request);
      const change = { by: 'buyer' as const, actor, at: ctx.clock.now() };
      await links.renewFollowLink(ctx, own.id, change, account?.email ?? null);
      return reply.code(204).send(null);
    },
  );
}

/** Registers how the holder of a follow link ends and renews the links of its request. */
export function followedLinkRoutes(app: App, ctx: Context): void {
  const path = `${followRoutes.base}/enquiries/:id/links/:deliveryId`;
  const params = Type.Object({ token: Type.String(), id: Type.String(), deliveryId: Type.String() });
  const { config } = followRoutes;
  const given = async (request: FastifyRequest) => {
    const { request: own, actor } = await followRoutes.buyerOf(request);
    const { id, deliveryId } = request.params as { id: string; deliveryId: string };
    const of = { enquiryId: id, deliveryId, requestId: own.id };
    return { of, change: { by: 'buyer' as const, actor, at: ctx.clock.now() } };
  };
  app.delete(
    path,
    {
      config: { ...config, ...revoking },
      schema: { operationId: 'revokeFollowedLink', tags, params, response: nothing },
    },
    async (request, reply) => {
      const { of, change } = await given(request);
      await countChange(ctx, request);
      await links.revokeLink(ctx, of, change);
      return reply.code(204).send(null);
    },
  );
  app.post(
    path,
    {
      config: { ...config, ...renewing },
      schema: { operationId: 'renewFollowedLink', tags, params, response: { 201: DeliveryState } },
    },
    async (request, reply) => {
      const { of, change } = await given(request);
      await countChange(ctx, request);
      return reply.code(201).send(await links.renewLink(ctx, of, change));
    },
  );
}

/** Registers how a vendor's people end and renew their own links to an enquiry and those of colleagues. */
export function vendorLinkRoutes(app: App, ctx: Context): void {
  const path = '/api/enquiry-links/:token/links/:deliveryId';
  const params = Type.Object({ token: Type.String(), deliveryId: Type.String() });
  const config = { link: answerLink };
  const given = (request: FastifyRequest) => {
    const { delivery, enquiry } = namedBy(request, answerLink);
    const { deliveryId } = request.params as { deliveryId: string };
    return {
      of: { enquiryId: enquiry.id, deliveryId },
      change: { by: 'vendor' as const, actor: `delivery:${delivery.id}`, at: ctx.clock.now() },
    };
  };
  app.delete(
    path,
    {
      config: { ...config, ...revoking },
      schema: { operationId: 'revokeLinkOfVendor', tags, params, response: nothing },
    },
    async (request, reply) => {
      const { of, change } = given(request);
      await countChange(ctx, request);
      await links.revokeLink(ctx, of, change);
      return reply.code(204).send(null);
    },
  );
  app.post(
    path,
    {
      config: { ...config, ...renewing },
      schema: { operationId: 'renewLinkOfVendor', tags, params, response: { 201: DeliveryState } },
    },
    async (request, reply) => {
      const { of, change } = given(request);
      await countChange(ctx, request);
      return reply.code(201).send(await links.renewLink(ctx, of, change));
    },
  );
}

/** Counts changes of links, which send mails, per address. Refuses `too_many`. */
async function countChange(ctx: Context, request: FastifyRequest): Promise<void> {
  const limit = { max: ctx.config.limits.answersPerHour, windowSeconds: 3_600 };
  await countOrRefuse(ctx.db, `mailings:${clientAddress(request)}`, limit, ctx.clock.now());
}
