import { randomBytes } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { hashPassword } from '#server/platform/auth/passwords.ts';
import type { Person } from '#server/platform/personal.ts';
import { formerEmails, membershipOf } from './queries.ts';

/** The kind of notes about erased people. Their keys are ids of buyers, which name nobody any more. */
export const erasureKind = 'erased accounts';

/** Returns the person of a buyer's account. */
export async function personOf(
  db: Db,
  { id, email, buyerId }: { id: string; email: string; buyerId: string },
): Promise<Person> {
  const emails = [email, ...(await formerEmails(db, id))];
  return { accountId: id, buyerId, emails, member: await membershipOf(db, buyerId) };
}

/** Returns the hash of a password that nobody knows. It takes a while, so nothing should be locked meanwhile. */
export const hashOfNoPassword = (): Promise<string> => hashPassword(randomBytes(24).toString('base64url'));
