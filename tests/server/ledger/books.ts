import { randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
import { connect, type Database } from '#db/client.ts';
import type { AccountName, Entry, Owner } from '#server/ledger/service.ts';
import { cloneTemplate } from '../../harness.ts';

/** Opens a database of its own for the tests of the file. */
export async function openBooks(pool = 4): Promise<Database> {
  const database = await cloneTemplate();
  const connected = connect(database.url, { pool });
  afterAll(async () => {
    await connected.close();
    await database.drop();
  });
  return connected;
}

export const newBuyer = (): Owner => ({ type: 'buyer', id: randomUUID() });
export const house: Owner = { type: 'house', id: 'issued' };
export const vendor: Owner = { type: 'vendor', id: '7' };

export const creditOf = (owner: Owner): AccountName => ({ owner, unit: 'credit' });

/** Returns the entries that move an amount. */
export const move = (from: AccountName, to: AccountName, amount: bigint): Entry[] => [
  { account: from, amount: -amount },
  { account: to, amount },
];

/** What every operation says of itself in these tests. */
export const cause = {
  kind: 'adjustment',
  actor: 'system',
  text: 'a test',
  at: new Date('2026-11-30T10:00Z'),
};
export const subject = { type: 'call', id: randomUUID() };
export const inAnHour = new Date(cause.at.getTime() + 3_600_000);

/** Returns what is wrong with the books as a whole; empty while they are right. */
export async function faultsOf({ sql }: Pick<Database, 'sql'>): Promise<object[]> {
  return sql`
    select 'unit does not sum to zero' as fault, unit as of from ledger_accounts group by unit having sum(posted) <> 0
    union all
    select 'posted differs from the entries', id::text from ledger_accounts as account
    where posted <> (select coalesce(sum(amount), 0) from ledger_entries where account_id = account.id)
    union all
    select 'held differs from the open holds', id::text from ledger_accounts as account
    where held <> (select coalesce(sum(amount), 0) from ledger_holds where account_id = account.id and state = 'open')
    union all
    select 'below zero', id::text from ledger_accounts where owner_type <> 'house' and posted < held
    union all
    select 'balances do not follow one another', id::text from (
      select id, balance, sum(amount) over (partition by account_id order by id) as summed from ledger_entries
    ) as entry where balance <> summed`;
}
