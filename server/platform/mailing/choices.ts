import { and, inArray, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { accounts } from '#db/tables/accounts.ts';
import { deliveries } from '#db/tables/deliveries.ts';
import type { MailChoice } from '#server/common/enums/accounts.ts';
import type { DecidedMail } from './queue.ts';

/** What the list of mails says of one that its recipient doesn't want. */
export const unwantedReason = 'Switched off by its recipient';

/** Returns the mails that their recipients have switched off. Vendors and agents get all. */
export async function unwantedOf(tx: Db, mails: readonly DecidedMail[]): Promise<ReadonlySet<DecidedMail>> {
  const choosable = mails.filter(
    ({ kind, to }) => kind.choice && (to.role === 'buyer' || to.role === 'account'),
  );
  if (choosable.length === 0) return new Set();
  const rows = await tx
    .select({ email: accounts.email, unwanted: accounts.unwantedMails })
    .from(accounts)
    .where(
      and(
        inArray(accounts.email, [...new Set(choosable.map(({ to }) => to.email.toLowerCase()))]),
        sql`${accounts.unwantedMails} <> '{}'`,
      ),
    );
  const unwanted = new Map<string, readonly MailChoice[]>(rows.map((row) => [row.email, row.unwanted]));
  return new Set(
    choosable.filter(({ kind, to }) => unwanted.get(to.email.toLowerCase())?.includes(kind.choice!)),
  );
}

/** Keeps mails in the list, unsent, with the reason. */
export async function suppressUnwanted(tx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(deliveries)
    .set({ status: 'suppressed', lastError: unwantedReason })
    .where(inArray(deliveries.id, [...ids]));
}
