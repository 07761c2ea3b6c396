import { addAccount } from '#server/accounts/queries.ts';
import { createBuyer } from '#server/buyers/service.ts';
import type { Db } from '#db/client.ts';
import { createSessions, sessionCookie } from '#server/platform/auth/sessions.ts';
import type { Client } from '../../harness.ts';
import { giveCredit } from '../../server/calls/support.ts';

/** Logs the browser in to a new account with so much credit, in 1/100. Returns the id of its buyer. */
export async function addPayer(
  db: Db,
  { cookies }: Pick<Client, 'cookies'>,
  credit: bigint,
): Promise<string> {
  const buyerId = await createBuyer(db);
  const account = await addAccount(db, {
    ...{ email: `${buyerId}@buyer.example`, name: 'A buyer', passwordHash: '', role: 'buyer', locale: 'en' },
    ...{ buyerId, vendorId: null, agentId: null },
  });
  if (!account) throw new Error('the account exists');
  if (credit > 0n) await giveCredit(db, buyerId, credit, new Date());
  const sessions = createSessions(db, { now: () => new Date() }, 'http://localhost');
  cookies.set(sessionCookie.name, await sessions.begin(db, { cookies: {}, headers: {} }, account));
  return buyerId;
}
