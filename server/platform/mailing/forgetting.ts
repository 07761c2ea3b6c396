import { and, inArray, ne, notInArray, sql, type SQL } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { deliveries, mailSuppressions, waitingMails } from '#db/tables/deliveries.ts';

/** Vendors' people, whose mails stay even if somebody else has their address. */
const vendorRoles = ['vendor', 'agent'];
const unsent = ['queued', 'waiting'] as const;

const textArray = (list: readonly string[]): SQL =>
  sql`${sql.param(`{${list.map((text) => JSON.stringify(text)).join(',')}}`)}::text[]`;

/** Mails to these addresses, in lower case; with `subjectIds` only about those. */
export interface MailsOf {
  emails: readonly string[];
  subjectIds?: readonly string[];
}

const areTo = ({ emails, subjectIds }: MailsOf): SQL | undefined =>
  and(
    sql`lower(${deliveries.toEmail}) = any(${textArray(emails)})`,
    notInArray(deliveries.role, vendorRoles),
    subjectIds && sql`${deliveries.subjectId} = any(${textArray(subjectIds)}::uuid[])`,
  );

/** Withdraws what wasn't sent to a person, and replaces whom mails went to. What they were about and their state stays. */
export async function forgetMails(tx: Db, which: MailsOf, pseudonym: string, at: Date): Promise<void> {
  await replaceRecipient(tx, areTo(which), pseudonym, at);
  if (which.subjectIds) return;
  await tx.delete(mailSuppressions).where(sql`${mailSuppressions.email} = any(${textArray(which.emails)})`);
}

async function replaceRecipient(tx: Db, which: SQL | undefined, pseudonym: string, at: Date): Promise<void> {
  const isUnsent = inArray(deliveries.status, [...unsent]);
  const replaced = await tx
    .update(deliveries)
    .set({
      ...{ toEmail: pseudonym, toName: '', content: {}, lastError: null },
      // It holds a hash of the address.
      dedupeKey: sql`'erased:' || ${deliveries.id}`,
      status: sql`case when ${isUnsent} then 'withdrawn' else ${deliveries.status} end`,
      statusAt: sql`case when ${isUnsent} then ${at.toISOString()}::timestamptz else ${deliveries.statusAt} end`,
    })
    .where(which)
    .returning({ id: deliveries.id });
  if (replaced.length === 0) return;
  const ids = replaced.map(({ id }) => id);
  await tx
    .delete(waitingMails)
    .where(and(inArray(waitingMails.deliveryId, ids), sql`${waitingMails.digestId} is null`));
}

/** Replaces whom mails of a kind went to, once they have been sent or given up. */
export const forgetSent = (db: Db, kind: string, pseudonym: string, at: Date): Promise<void> =>
  replaceRecipient(
    db,
    and(
      sql`${deliveries.kind} = ${kind}`,
      notInArray(deliveries.status, [...unsent]),
      ne(deliveries.toEmail, pseudonym),
    ),
    pseudonym,
    at,
  );

/** Returns the mails to these addresses, the oldest first. */
export const mailsTo = (db: Db, emails: readonly string[]) =>
  db
    .select({
      kind: deliveries.kind,
      to: deliveries.toEmail,
      decidedAt: deliveries.decidedAt,
      status: deliveries.status,
    })
    .from(deliveries)
    .where(areTo({ emails }))
    .orderBy(deliveries.decidedAt, deliveries.id);
