import { join } from 'node:path';
import type { Service } from '#server/app.ts';
import type { Config } from '#server/platform/config.ts';
import { startCatcher } from './catcher.ts';
import { loadFirstCatalog, peopleFile } from './load.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';
import { demoPeople } from './people.ts';
import { routes } from './routes.ts';

/** The demo's mailbox, and the mail server that fills it unless SMTP_URL names another. */
export interface MailCatcher {
  mailbox: Mailbox;
  close(): Promise<void>;
}

/** Before the service is built: without SMTP_URL its mails go to a catcher of our own. */
export async function prepareDemo(config: Config): Promise<MailCatcher> {
  const mailbox = await openMailbox(join(config.dataDir, 'mail'));
  if (config.smtpUrl) return { mailbox, close: async () => {} };
  const catcher = await startCatcher(mailbox);
  config.smtpUrl = catcher.url;
  return { mailbox, close: () => catcher.close() };
}

/** Before the service listens: fills an empty database and adds what only the demo shows. */
export async function demo(service: Service, _config: Config, { mailbox }: MailCatcher): Promise<void> {
  const { ctx, app } = service;
  const isDemoCatalog = await loadFirstCatalog(ctx);
  routes(app, mailbox, async () => (isDemoCatalog ? demoPeople(ctx.db, peopleFile) : []));
}
