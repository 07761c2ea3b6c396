import type { Db } from '#db/client.ts';
import type { EnquiryMessage, EnquiryStatus } from '../schema.ts';
import * as queries from './queries.ts';
import { afterAction, type EnquiryAction } from './rules.ts';
import { message } from './view.ts';

/**
 * Moves a locked enquiry on by the transition table, and its links' end where one is given. Returns the status that
 * follows; null, with nothing written, when the action isn't possible.
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
  if (isSame && linksExpireAt === enquiry.linksExpireAt) return status;
  await queries.changeEnquiry(tx, enquiry.id, {
    status,
    statusAt: isSame ? enquiry.statusAt : at,
    linksExpireAt,
  });
  return status;
}

const repeatMs = 60_000;

type Said = Omit<queries.MessageRow, 'id' | 'createdAt'>;

/**
 * Adds a message to the thread of a locked enquiry. Returns the one that is there already, `isNew` false, when the same
 * side said the same a minute ago: a second press of the button is no second message.
 */
export async function addMessage(
  tx: Db,
  said: Said,
  at: Date,
): Promise<{ message: EnquiryMessage; isNew: boolean }> {
  const same = await queries.sameMessage(tx, said, new Date(at.getTime() - repeatMs));
  const row = same ?? (await queries.insertMessage(tx, { ...said, createdAt: at }));
  return { message: message(row), isNew: same === null };
}
