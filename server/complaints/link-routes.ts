import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { uploadBytes } from '#server/common/enums/uploads.ts';
import type { Context } from '#server/context.ts';
import { namedBy } from '#server/platform/auth/actors.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import type { App } from '#server/platform/http.ts';
import { fileOf, takeFiles, unvalidated } from '#server/platform/multipart.ts';
import { sendFile } from '#server/platform/sending-files.ts';
import { Id } from '#server/platform/schema.ts';
import { Upload, UploadForm } from '#server/uploads/schema.ts';
import * as uploads from '#server/uploads/service.ts';
import * as deciding from './deciding.ts';
import { complaintLink } from './link.ts';
import { partyByLink, uploadOwnerOf } from './parties.ts';
import * as schema from './schema.ts';
import * as complaints from './service.ts';

const tags = ['complaints'];
const params = Type.Object({ token: Type.String() });
const response = { 200: schema.Complaint };

const holderOf = (request: FastifyRequest) => {
  const found = namedBy(request, complaintLink);
  return { party: partyByLink(found), id: found.complaint.id };
};

/** What a vendor does by the link of the mail to its official address. Opening it changes nothing. */
export function linkRoutes(app: App, ctx: Context): void {
  void app.register(async (forms) => fileRoutes(forms as App, ctx));
  app.get(
    '/api/complaint-links/:token',
    { schema: { operationId: 'getComplaintByLink', tags, params, response } },
    (request) => {
      const { party, id } = holderOf(request);
      return complaints.find(ctx, party, id);
    },
  );
  app.post(
    '/api/complaint-links/:token/messages',
    {
      schema: { operationId: 'postComplaintMessageByLink', tags, params, body: schema.MessageBody, response },
    },
    (request) => {
      const { party, id } = holderOf(request);
      return complaints.postMessage(ctx, party, id, request.body);
    },
  );
  app.post(
    '/api/complaint-links/:token/review',
    { schema: { operationId: 'reviewComplaintByLink', tags, params, response } },
    (request) => {
      const { party, id } = holderOf(request);
      return deciding.review(ctx, party, id);
    },
  );
  app.post(
    '/api/complaint-links/:token/decision',
    {
      schema: { operationId: 'decideComplaintByLink', tags, params, body: schema.DecisionBody, response },
    },
    (request) => {
      const { party, id } = holderOf(request);
      return deciding.decide(ctx, party, id, request.body);
    },
  );
}

async function fileRoutes(app: App, ctx: Context): Promise<void> {
  await takeFiles(app, uploadBytes);
  app.post(
    '/api/complaint-links/:token/uploads',
    {
      ...unvalidated,
      schema: {
        ...{ operationId: 'uploadByComplaintLink', tags: ['uploads'], params },
        body: { content: { 'multipart/form-data': { schema: UploadForm } } },
        response: { 201: Upload },
      },
    },
    async (request, reply) => {
      const owner = uploadOwnerOf(holderOf(request).party);
      const uploader = { owner, address: clientAddress(request) };
      return reply.code(201).send(await uploads.receive(ctx, uploader, await fileOf(request)));
    },
  );
  app.get(
    '/api/complaint-links/:token/uploads/:id',
    {
      schema: {
        operationId: 'downloadByComplaintLink',
        tags: ['uploads'],
        params: Type.Object({ token: Type.String(), id: Id }),
        response: { 200: { content: { 'application/octet-stream': { schema: Type.Any() } } } },
      },
    },
    async (request, reply) => {
      const holds = uploadOwnerOf(holderOf(request).party);
      const reader = { buyerId: null, account: null, holds };
      const { upload, content } = await uploads.open(ctx, request.params.id, reader);
      return sendFile(reply, upload, content);
    },
  );
}
