import type { Db } from '#db/client.ts';
import { forgetMails } from '#server/platform/mailing/forgetting.ts';
import { type Notifying, type PersonalData, pseudonymOf } from '#server/platform/personal.ts';
import { handOver } from '../approvals/ending.ts';
import { moveEnquiry } from '../enquiries/changes.ts';
import { lockEnquiries } from '../enquiries/queries.ts';
import { outcomeMail } from '../mails/kinds.ts';
import { mailVendors } from '../mails/queue.ts';
import * as queries from './queries.ts';

/** Partners keep what they were asked and what they answered; a company keeps what its people sent. */
export const personal: PersonalData = {
  tables: {
    requests: 'pseudonym',
    enquiry_messages: 'pseudonym',
    approvals: 'pseudonym',
    accepted_lines: 'kept',
  },
  copy: (db, person) => queries.copyOf(db, person),
  lockBefore: (tx, person) => queries.lockEnquiriesOf(tx, person),
  async obstacles(db, person, now) {
    const open = await queries.openOrdersOf(db, person, now);
    return open.map((number) => ({ code: 'open_order', number }));
  },
  async erase(tx, person, at, notifying) {
    const { buyerId, member } = person;
    // After a restore nothing else reacts to the departure.
    if (member && !notifying) await handOver(tx, { companyId: member.companyId, buyerId, at });
    for (const id of await queries.endingRequestsOf(tx, person)) await closeEnquiries(tx, id, at, notifying);
    const pseudonym = pseudonymOf(person);
    await forgetMails(tx, await queries.mailsOf(tx, buyerId), pseudonym.email, at);
    await queries.nameErased(tx, buyerId, pseudonym, at);
    await queries.forgetContacts(tx, buyerId);
  },
};

/** Ends what partners could still answer, and tells them. */
async function closeEnquiries(
  tx: Db,
  requestId: string,
  at: Date,
  notifying: Notifying | null,
): Promise<void> {
  const closed: string[] = [];
  for (const enquiry of await lockEnquiries(tx, requestId)) {
    const isOver = enquiry.status === 'declined' || enquiry.status === 'lost';
    if (!isOver && (await moveEnquiry(tx, enquiry, 'lose', at))) closed.push(enquiry.id);
  }
  if (!notifying) return;
  const content = { outcome: 'closed' as const, lineIds: [] };
  const mails = closed.map((enquiryId) => ({ enquiryId, kind: outcomeMail, reason: 'closed', content }));
  await mailVendors(tx, notifying, mails, at);
}
