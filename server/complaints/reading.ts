import type { MayRead } from '#server/platform/attachments.ts';
import { partyOfReader } from './parties.ts';
import * as queries from './queries.ts';
import { audiencesOf } from './rules.ts';
import { note } from './service.ts';

/** Files of a message are for who reads the message. What staff read is audited. */
export const mayReadFiles: MayRead = async (db, messageId, reader, at) => {
  const message = await queries.findMessage(db, messageId);
  const found = message && (await queries.findAny(db, message.complaintId));
  const party = found && partyOfReader(reader, found);
  if (!message || !found || !party || !audiencesOf[party.side].includes(message.audience)) return false;
  if ((await queries.findComplaint(db, party, found.complaint.id)) === null) return false;
  await note(db, party, 'file-read', [found], at);
  return true;
};
