import type { Db } from '#db/client.ts';
import type { deliveries } from '#db/tables/deliveries.ts';
import type { MailChoice } from '#server/common/enums/accounts.ts';
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
  /** The choice by which its recipients can switch it off; without one they can't. */
  choice?: MailChoice;
  /** Never set: carries the content's type. */
  content?: Content;
}

export const defineMail = <Content extends object = Record<string, never>>(
  name: string,
  subjectType: string,
  choice?: MailChoice,
): MailKind<Content> => ({ name, subjectType, ...(choice && { choice }) });

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
  /** Reads at once what these mails are written from. */
  prepare(ctx: MailContext, deliveries: readonly DeliveryRow[]): Promise<WriteMail>;
}

/** Writes one of the mails that were prepared. Returns null to withdraw a mail that is out of date. */
export type WriteMail = (delivery: DeliveryRow) => WrittenMail | null | Promise<WrittenMail | null>;

/** For mails of which each is written from its own rows. */
export function mailTemplate<Content extends object>(
  kind: MailKind<Content>,
  write: (ctx: MailContext, delivery: Delivery<Content>) => Promise<WrittenMail | null>,
  options: Options = { forgetsContent: false },
): MailTemplate {
  const prepare: MailTemplate['prepare'] = (ctx) =>
    Promise.resolve((delivery) => write(ctx, delivery as Delivery<Content>));
  return { ...options, kind, prepare };
}

/** For mails of which many are written from the same rows. `read`: reads them for all these mails. */
export function sharingTemplate<Content extends object, Rows>(
  kind: MailKind<Content>,
  read: (ctx: MailContext, deliveries: readonly Delivery<Content>[]) => Promise<Rows>,
  write: (ctx: MailContext, delivery: Delivery<Content>, rows: Rows) => WrittenMail | null,
): MailTemplate {
  return {
    kind,
    forgetsContent: false,
    async prepare(ctx, deliveries) {
      const rows = await read(ctx, deliveries as readonly Delivery<Content>[]);
      return (delivery) => write(ctx, delivery as Delivery<Content>, rows);
    },
  };
}
