import { Type } from 'typebox';
import type { App } from '#server/platform/http.ts';
import type { Mailbox } from './mailbox.ts';
import { CaughtMail, DemoPerson } from './schema.ts';

/** Registers the demo's mails, and its people with their passwords. */
export function routes(app: App, mailbox: Mailbox, people: () => Promise<DemoPerson[]>): void {
  const hidden = { hide: true };
  app.get('/dev/mail.json', { schema: { ...hidden, response: { 200: Type.Array(CaughtMail) } } }, () =>
    mailbox.list(),
  );
  app.get('/dev/people.json', { schema: { ...hidden, response: { 200: Type.Array(DemoPerson) } } }, () =>
    people(),
  );
}
