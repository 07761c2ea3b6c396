import { Type } from 'typebox';
import { uploadBytes } from '#server/common/enums/uploads.ts';
import type { Context } from '#server/context.ts';
import { readerOf } from '#server/platform/auth/actors.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import type { App } from '#server/platform/http.ts';
import { fileOf, takeFiles, unvalidated } from '#server/platform/multipart.ts';
import { sendFile } from '#server/platform/sending-files.ts';
import { Id } from '#server/platform/schema.ts';
import { Upload, UploadForm } from './schema.ts';
import * as uploads from './service.ts';

const tags = ['uploads'];

export async function buyerRoutes(app: App, ctx: Context): Promise<void> {
  await app.register(async (forms) => {
    await takeFiles(forms, uploadBytes);
    forms.post(
      '/api/uploads',
      {
        ...unvalidated,
        schema: {
          ...{ operationId: 'upload', tags },
          body: { content: { 'multipart/form-data': { schema: UploadForm } } },
          response: { 201: Upload },
        },
      },
      async (request, reply) => {
        const { buyerId, account } = readerOf(request);
        const owner = account && account.role !== 'buyer' ? `account:${account.id}` : `buyer:${buyerId}`;
        const uploader = { owner, address: clientAddress(request) };
        return reply.code(201).send(await uploads.receive(ctx, uploader, await fileOf(request)));
      },
    );
  });
  app.get(
    '/api/uploads/:id',
    {
      schema: {
        ...{ operationId: 'download', tags, params: Type.Object({ id: Id }) },
        response: { 200: { content: { 'application/octet-stream': { schema: Type.Any() } } } },
      },
    },
    async (request, reply) => {
      const { upload, content } = await uploads.open(ctx, request.params.id, readerOf(request));
      return sendFile(reply, upload, content);
    },
  );
}
