import type { Db } from '#db/client.ts';
import type { EnquiryMessage, EnquiryStatus } from '../schema.ts';
import * as queries from './queries.ts';
import { afterAction, type EnquiryAction } from './rules.ts';
import { message } from './view.ts';

/**
 * Applies an action to a locked enquiry by the transition table. Returns the new status; null, with nothing written,
 * if the action isn't possible.
 */
export async function moveEnquiry(
  tx: Db,
  enquiry: queries.EnquiryRow,
  action: EnquiryAction,
  at: Date,
  linksExpireAt = enquiry.linksExpireAt,
): Promise<EnquiryStatus | null> {
  const status = afterAction(enquiry.status, action);
  if (status === null) return null;
  const isSame = status === enquiry.status;
  // Opening it again is no news; another answer is, also when it changes nothing here.
  if (isSame && action === 'open') return status;
  await queries.changeEnquiry(tx, enquiry.id, {
    status,
    statusAt: isSame ? enquiry.statusAt : at,
    linksExpireAt,
  });
  return status;
}

const repeatMs = 60_000;

type NewThreadMessage = Omit<queries.MessageRow, 'id' | 'createdAt'>;

/**
 * Adds a message to the thread of a locked enquiry. The same text by the same side within a minute is a double click:
 * it returns the first message with `isNew` false.
 */
export async function addMessage(
  tx: Db,
  draft: NewThreadMessage,
  at: Date,
): Promise<{ message: EnquiryMessage; isNew: boolean }> {
  const same = await queries.sameMessage(tx, draft, new Date(at.getTime() - repeatMs));
  const row = same ?? (await queries.insertMessage(tx, { ...draft, createdAt: at }));
  return { message: message(row), isNew: same === null };
}
