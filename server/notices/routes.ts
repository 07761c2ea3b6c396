import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { buyerOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { PageQuery } from '#server/platform/schema.ts';
import { NoticeList, UnreadNotices } from './schema.ts';
import * as notices from './service.ts';

const tags = ['notices'];

export function routes(app: App, ctx: Context): void {
  app.get(
    '/api/notices',
    {
      schema: { operationId: 'listNotices', tags, querystring: PageQuery, response: { 200: NoticeList } },
    },
    (request) => notices.listNotices(ctx, buyerOf(request), request.query),
  );
  app.get(
    '/api/notices/unread',
    { schema: { operationId: 'countUnreadNotices', tags, response: { 200: UnreadNotices } } },
    async (request) => ({ unread: await notices.countUnread(ctx, buyerOf(request)) }),
  );
  app.post(
    '/api/notices/reading',
    {
      schema: {
        operationId: 'readNotices',
        tags,
        querystring: Type.Object({ upTo: Type.Optional(Type.String({ pattern: '^\\d{1,18}$' })) }),
        response: { 200: UnreadNotices },
      },
    },
    async (request) => ({
      unread: await notices.readNotices(ctx, buyerOf(request), request.query.upTo ?? null),
    }),
  );
}
