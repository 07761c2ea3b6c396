import { type Static, Type } from 'typebox';
import { mailChoices } from '#server/common/enums/accounts.ts';
import type { Context } from '#server/context.ts';
import { accountOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { keepChoices, readChoices } from './service.ts';

const tags = ['account'];

/** Whether the account gets mails of a kind. All others are always sent. */
export const NotificationChoices = Type.Object(
  Object.fromEntries(mailChoices.map((choice) => [choice, Type.Boolean()])) as Record<
    (typeof mailChoices)[number],
    ReturnType<typeof Type.Boolean>
  >,
  { title: 'NotificationChoices', additionalProperties: false },
);
export type NotificationChoices = Static<typeof NotificationChoices>;

/** Which mails a person gets. */
export function choiceRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/account/notifications',
    { schema: { operationId: 'getNotificationChoices', tags, response: { 200: NotificationChoices } } },
    (request) => readChoices(ctx, accountOf(request)),
  );

  app.put(
    '/api/account/notifications',
    {
      schema: {
        ...{ operationId: 'setNotificationChoices', tags },
        ...{ body: NotificationChoices, response: { 200: NotificationChoices } },
      },
    },
    (request) => keepChoices(ctx, accountOf(request), request.body),
  );
}
