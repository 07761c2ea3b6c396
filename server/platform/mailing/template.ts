import type { Db } from '#db/client.ts';
import type { deliveries } from '#db/tables/deliveries.ts';
import type { Config } from '../config.ts';
import type { LinkTokens } from '../tokens.ts';
import type { MailDocument } from './document.ts';

export type DeliveryRow = typeof deliveries.$inferSelect;

/** A queued mail to one person, with its content. */
export type Delivery<Content extends object> = Omit<DeliveryRow, 'content'> & { content: Content };

/** A kind of mail: name, type of its subject, and type of its content. */
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

/** What templates may use. */
export interface MailContext {
  db: Db;
  config: Pick<Config, 'publicUrl'>;
  links: LinkTokens;
}

export interface WrittenMail {
  document: MailDocument;
  /** Headers besides those of every mail. */
  headers?: Record<string, string>;
}

interface Options {
  /** Empties the content once the mail has been sent or given up, because it is personal data. */
  forgetsContent: boolean;
}

/** Writes mails of a kind. Must read only immutable rows, so that a retry sends the same mail. */
export interface MailTemplate extends Options {
  kind: MailKind<object>;
  /** Returns null to withdraw a mail that is out of date. */
  write(ctx: MailContext, delivery: DeliveryRow): Promise<WrittenMail | null>;
}

export function mailTemplate<Content extends object>(
  kind: MailKind<Content>,
  write: (ctx: MailContext, delivery: Delivery<Content>) => Promise<WrittenMail | null>,
  options: Options = { forgetsContent: false },
): MailTemplate {
  return { ...options, kind, write: (ctx, delivery) => write(ctx, delivery as Delivery<Content>) };
}
