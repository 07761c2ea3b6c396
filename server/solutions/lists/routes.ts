import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { buyerOf } from '#server/platform/auth/actors.ts';
import { refuseField } from '#server/platform/errors.ts';
import type { App } from '#server/platform/http.ts';
import { Id, KeyHeader } from '#server/platform/schema.ts';
import { CodeRows } from '../schema.ts';
import { List, ListAddition, ListFile, ListRoles, ListText } from './schema.ts';
import * as lists from './service.ts';

const tags = ['solutions'];
const ListParams = Type.Object({ id: Id, listId: Id });

export function listRoutes(app: App, ctx: Context): void {
  void app.register(async (forms) => readRoute(forms as App, ctx));
  app.get(
    '/api/solutions/:id/lists/:listId',
    { schema: { operationId: 'getList', tags, params: ListParams, response: { 200: List } } },
    async (request) => {
      const { id, listId } = request.params;
      return lists.getList(ctx, { buyerId: buyerOf(request).buyerId, id }, listId);
    },
  );
  app.put(
    '/api/solutions/:id/lists/:listId',
    {
      schema: {
        operationId: 'remapList',
        tags,
        params: ListParams,
        body: ListRoles,
        response: { 200: List },
      },
    },
    async (request) => {
      const { id, listId } = request.params;
      return lists.remapList(ctx, { buyerId: buyerOf(request).buyerId, id }, listId, request.body);
    },
  );
  app.post(
    '/api/solutions/:id/lists/:listId/addition',
    {
      schema: {
        operationId: 'addList',
        tags,
        params: ListParams,
        headers: KeyHeader,
        body: ListAddition,
        response: { 200: CodeRows },
      },
    },
    async (request) => {
      const { id, listId } = request.params;
      const key = request.headers['idempotency-key'] || null;
      return lists.addList(ctx, { buyerId: buyerOf(request).buyerId, id, key }, listId, request.body);
    },
  );
}

/** The only route that takes forms with files. */
function readRoute(app: App, ctx: Context): void {
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      const type = request.headers['content-type'] ?? '';
      return { file: await fileIn(body, type) };
    },
  );
  app.post(
    '/api/solutions/:id/lists',
    {
      schema: {
        operationId: 'readList',
        tags,
        params: Type.Object({ id: Id }),
        body: {
          content: { 'application/json': { schema: ListText }, 'multipart/form-data': { schema: ListFile } },
        },
        response: { 200: List },
      },
    },
    async (request) => {
      const given = request.body as { text: string } | { file: Uint8Array };
      const owner = { buyerId: buyerOf(request).buyerId, id: request.params.id };
      return lists.readList(ctx, owner, 'text' in given ? given.text : given.file);
    },
  );
}

/** Returns the form's first file. Refuses `invalid_input` if there is none. */
async function fileIn(body: Buffer, type: string): Promise<Uint8Array> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => new FormData());
  const file = [...form.values()].find((value) => value instanceof File);
  if (!(file instanceof File) || file.size === 0)
    throw refuseField('file', 'invalid_input', 'send one file that is not empty');
  return new Uint8Array(await file.arrayBuffer());
}
