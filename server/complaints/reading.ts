import type { MayRead } from '#server/platform/attachments.ts';
import { partyOfReader } from './parties.ts';
import * as queries from './queries.ts';
import { audiencesOf } from './rules.ts';

/** Files of a message are for who reads the message. */
export const mayReadFiles: MayRead = async (db, messageId, reader) => {
  const message = await queries.findMessage(db, messageId);
  const found = message && (await queries.findAny(db, message.complaintId));
  const party = found && partyOfReader(reader, found);
  if (!message || !found || !party || !audiencesOf[party.side].includes(message.audience)) return false;
  return (await queries.findComplaint(db, party, found.complaint.id)) !== null;
};
