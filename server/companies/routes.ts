import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { accountOf, buyerOf, memberOf, namedBy } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { Id } from '#server/platform/schema.ts';
import * as invitations from './invitations/service.ts';
import {
  ColleagueBody,
  Company,
  CompanyBody,
  Invitation,
  InviteBody,
  NewCompanyBody,
  OwnInvitation,
  OwnInvitations,
  StandInBody,
} from './schema.ts';
import * as companies from './service.ts';

const tags = ['company'];
const params = Type.Object({ id: Id });
const nothing = { 204: Type.Null() };

export function buyerRoutes(app: App, ctx: Context): void {
  companyRoutes(app, ctx);
  peopleRoutes(app, ctx);
  ownInvitationRoutes(app, ctx);
}

function companyRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/company',
    { schema: { operationId: 'getCompany', tags, response: { 200: Company } } },
    (request) => companies.describeCompany(ctx, memberOf(request)),
  );
  app.post(
    '/api/company',
    {
      schema: { operationId: 'createCompany', tags, body: NewCompanyBody, response: { 201: Company } },
    },
    async (request, reply) =>
      reply.code(201).send(await companies.createCompany(ctx, buyerOf(request), request.body)),
  );
  app.patch(
    '/api/company',
    { schema: { operationId: 'updateCompany', tags, body: CompanyBody, response: { 200: Company } } },
    (request) => companies.updateCompany(ctx, memberOf(request), request.body),
  );
}

function peopleRoutes(app: App, ctx: Context): void {
  app.post(
    '/api/company/people',
    {
      schema: { operationId: 'inviteColleague', tags, body: InviteBody, response: { 201: Invitation } },
    },
    async (request, reply) =>
      reply.code(201).send(await invitations.inviteColleague(ctx, memberOf(request), request.body)),
  );
  app.delete(
    '/api/company/invitations/:id',
    { schema: { operationId: 'withdrawInvitation', tags, params, response: nothing } },
    async (request, reply) => {
      await invitations.withdrawInvitation(ctx, memberOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.patch(
    '/api/company/people/:id',
    {
      schema: {
        operationId: 'updateColleague',
        tags,
        params,
        body: ColleagueBody,
        response: { 200: Company },
      },
    },
    (request) => companies.updateColleague(ctx, memberOf(request), request.params.id, request.body),
  );
  app.delete(
    '/api/company/people/:id',
    { schema: { operationId: 'removeColleague', tags, params, response: nothing } },
    async (request, reply) => {
      await companies.removeColleague(ctx, memberOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.put(
    '/api/company/people/:id/stand-in',
    {
      schema: { operationId: 'nameStandIn', tags, params, body: StandInBody, response: { 200: Company } },
    },
    (request) => companies.nameStandIn(ctx, memberOf(request), request.params.id, request.body),
  );
  app.delete(
    '/api/company/people/:id/stand-in',
    { schema: { operationId: 'endStandIn', tags, params, response: { 200: Company } } },
    (request) => companies.nameStandIn(ctx, memberOf(request), request.params.id, null),
  );
}

function ownInvitationRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/account/invitations',
    { schema: { operationId: 'listInvitations', tags, response: { 200: OwnInvitations } } },
    (request) => invitations.listInvitations(ctx, accountOf(request)),
  );
  app.post(
    '/api/account/invitations/:id/acceptance',
    {
      schema: { operationId: 'acceptInvitation', tags, params, response: { 200: Company } },
    },
    (request) => {
      const person = { ...buyerOf(request), account: accountOf(request) };
      return invitations.acceptInvitation(ctx, person, request.params.id);
    },
  );
  app.delete(
    '/api/account/invitations/:id',
    { schema: { operationId: 'declineInvitation', tags, params, response: nothing } },
    async (request, reply) => {
      const person = { ...buyerOf(request), account: accountOf(request) };
      await invitations.declineInvitation(ctx, person, request.params.id);
      return reply.code(204).send(null);
    },
  );
}

export function linkRoutes(app: App, ctx: Context): void {
  const { invitationLink, invitationForReceiver } = invitations;
  app.get(
    '/api/invitations/:token',
    {
      schema: {
        operationId: 'getInvitation',
        tags,
        params: Type.Object({ token: Type.String() }),
        response: { 200: OwnInvitation },
      },
    },
    async (request) => invitationForReceiver(namedBy(request, invitationLink), ctx.clock.now()),
  );
}
