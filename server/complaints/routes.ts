import { Type } from 'typebox';
import type { FastifyRequest } from 'fastify';
import type { Context } from '#server/context.ts';
import { accountOf, buyerOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { Id, KeyHeader } from '#server/platform/schema.ts';
import * as deciding from './deciding.ts';
import { partyOf } from './parties.ts';
import type { Party } from './queries.ts';
import { qualityOfVendor } from './quality/service.ts';
import * as schema from './schema.ts';
import * as complaints from './service.ts';

const tags = ['complaints'];
const params = Type.Object({ id: Id });
const response = { 200: schema.Complaint };

/** Buyers, people of vendors and staff: each sees their own. */
const sideOf = (request: FastifyRequest): Party => partyOf(accountOf(request));

/** Only buyers file complaints. */
export function buyerRoutes(app: App, ctx: Context): void {
  const buyer = (request: FastifyRequest) => {
    buyerOf(request);
    const party = sideOf(request);
    if (party.side !== 'buyer') throw new Error('the scope admits buyers only');
    return party;
  };
  app.get(
    '/api/complaint-subjects',
    {
      schema: {
        ...{ operationId: 'getComplaintSubject', tags, querystring: schema.SubjectQuery },
        response: { 200: schema.ComplaintPrefill },
      },
    },
    (request) => complaints.prefill(ctx, buyer(request), request.query),
  );
  app.post(
    '/api/complaints',
    {
      schema: {
        ...{ operationId: 'fileComplaint', tags, headers: KeyHeader, body: schema.FileComplaintBody },
        response: { 201: schema.FiledComplaint },
      },
    },
    async (request, reply) => {
      const key = request.headers['idempotency-key'] || null;
      return reply.code(201).send(await complaints.file(ctx, buyer(request), request.body, key));
    },
  );
}

export function publicRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/complaints',
    {
      schema: {
        ...{ operationId: 'listComplaints', tags, querystring: schema.ComplaintsQuery },
        response: { 200: schema.ComplaintList },
      },
    },
    (request) => complaints.list(ctx, sideOf(request), request.query),
  );
  app.get(
    '/api/complaints/:id',
    { schema: { operationId: 'getComplaint', tags, params, response } },
    (request) => complaints.find(ctx, sideOf(request), request.params.id),
  );
  app.post(
    '/api/complaints/:id/messages',
    {
      schema: { operationId: 'postComplaintMessage', tags, params, body: schema.MessageBody, response },
    },
    (request) => complaints.postMessage(ctx, sideOf(request), request.params.id, request.body),
  );
  app.post(
    '/api/complaints/:id/notes',
    { schema: { operationId: 'postComplaintNote', tags, params, body: schema.NoteBody, response } },
    (request) => complaints.postNote(ctx, sideOf(request), request.params.id, request.body),
  );
  app.post(
    '/api/complaints/:id/review',
    { schema: { operationId: 'reviewComplaint', tags, params, response } },
    (request) => deciding.review(ctx, sideOf(request), request.params.id),
  );
  app.post(
    '/api/complaints/:id/decision',
    { schema: { operationId: 'decideComplaint', tags, params, body: schema.DecisionBody, response } },
    (request) => deciding.decide(ctx, sideOf(request), request.params.id, request.body),
  );
  app.post(
    '/api/complaints/:id/withdrawal',
    { schema: { operationId: 'withdrawComplaint', tags, params, response } },
    (request) => deciding.withdraw(ctx, sideOf(request), request.params.id),
  );
  app.get(
    '/api/vendors/:id/quality',
    {
      schema: {
        ...{ operationId: 'getVendorQuality', tags: ['catalog'], params },
        response: { 200: schema.VendorQuality },
      },
    },
    (request) => qualityOfVendor(ctx, request.params.id),
  );
}
