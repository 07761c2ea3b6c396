import type { ComplaintSide } from '#server/common/enums/complaints.ts';
import type { Db } from '#db/client.ts';
import { handlerOf } from '#server/companies/service.ts';
import type { Context } from '#server/context.ts';
import { type DecidedMail, queueMails } from '#server/platform/mailing/queue.ts';
import { type ComplaintContent, complaintMail, type ComplaintNews } from './events.ts';
import * as queries from './queries.ts';

/** What happened, and which sides are mailed about it. */
export interface News {
  news: ComplaintNews;
  to: readonly ComplaintSide[];
  messageId?: string;
  /** Unique among the mails about the complaint. */
  reason: string;
}

type MailContext = Pick<Context, 'config' | 'jobs'>;

/** Mails a complaint's news to people in their languages, in the transaction that makes it. */
export async function mailNews(
  tx: Db,
  ctx: MailContext,
  found: queries.FoundComplaint,
  { news, to, messageId, reason }: News,
  at: Date,
): Promise<void> {
  const { complaint, vendor } = found;
  const mails: DecidedMail<ComplaintContent>[] = [];
  for (const side of to) {
    for (const { page, ...person } of await recipients(tx, found, side)) {
      const { dueAt } = complaint;
      mails.push({
        ...{ kind: complaintMail, subjectId: complaint.id, reason },
        to: { role: side, ...person },
        content: {
          ...{ news, page, timeZone: vendor.timeZone },
          ...(messageId !== undefined && { messageId }),
          ...(dueAt && { dueAt: dueAt.toISOString() }),
        },
      });
    }
  }
  await queueMails(tx, ctx, mails, at);
}

type Recipient = queries.MailedPerson & Pick<ComplaintContent, 'page'>;

/** The vendor's official address comes last: a manager who reads it gets the mail that leads to their own page. */
async function recipients(tx: Db, found: queries.FoundComplaint, side: ComplaintSide): Promise<Recipient[]> {
  const on = (people: readonly queries.MailedPerson[], page: ComplaintContent['page']): Recipient[] =>
    people.map((person) => ({ ...person, page }));
  if (side === 'buyer') return on(await buyersOf(tx, found), 'buyer');
  if (side === 'staff') return on(await queries.peopleOf(tx, null), 'staff');
  const { vendor } = found;
  const managers = on(await queries.peopleOf(tx, vendor.id), 'vendor');
  const { email, name, locale } = vendor;
  const isManagers = managers.some((manager) => manager.email === email?.toLowerCase());
  return [...managers, ...(email === null || isManagers ? [] : on([{ email, name, locale }], 'link'))];
}

/** Returns who filed it, or, once they have left its company, the first of its admins. */
async function buyersOf(
  tx: Db,
  { complaint, buyer }: queries.FoundComplaint,
): Promise<queries.MailedPerson[]> {
  const { companyId, buyerId } = complaint;
  const person = companyId === null ? buyer : await handlerOf(tx, { companyId, buyerId });
  return person ? [{ email: person.email, name: person.name, locale: person.locale }] : [];
}
