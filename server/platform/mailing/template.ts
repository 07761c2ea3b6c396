import type { Db } from '#db/client.ts';
import type { deliveries } from '#db/tables/deliveries.ts';
import type { Config } from '../config.ts';
import type { LinkTokens } from '../tokens.ts';
import type { MailDocument } from './document.ts';

export type DeliveryRow = typeof deliveries.$inferSelect;

/** A mail to one person, with what was frozen when it was decided. */
export type Delivery<Content extends object> = Omit<DeliveryRow, 'content'> & { content: Content };

/** A kind of mail: its name, the type of its subject, and the shape of what is frozen for it. */
export interface MailKind<Content extends object> {
  name: string;
  subjectType: string;
  /** Never set: carries the content's type. */
  content?: Content;
}

export const defineMail = <Content extends object = Record<string, never>>(
  name: string,
  subjectType: string,
): MailKind<Content> => ({ name, subjectType });

/** What templates read and make links with. */
export interface MailContext {
  db: Db;
  config: Pick<Config, 'publicUrl'>;
  links: LinkTokens;
}

export interface WrittenMail {
  document: MailDocument;
  /** Beside those of every mail. */
  headers?: Record<string, string>;
}

interface Options {
  /** Empties what was frozen once the mail has ended, because a person typed it. */
  forgetsContent: boolean;
}

/** How mails of a kind are made of rows that never change, so that a retry sends the same mail. */
export interface MailTemplate extends Options {
  kind: MailKind<object>;
  /** Returns null when the mail is withdrawn: its subject is over. */
  write(ctx: MailContext, delivery: DeliveryRow): Promise<WrittenMail | null>;
}

export function mailTemplate<Content extends object>(
  kind: MailKind<Content>,
  write: (ctx: MailContext, delivery: Delivery<Content>) => Promise<WrittenMail | null>,
  options: Options = { forgetsContent: false },
): MailTemplate {
  return { ...options, kind, write: (ctx, delivery) => write(ctx, delivery as Delivery<Content>) };
}
