import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import * as ledger from '#server/ledger/service.ts';
import {
  cause,
  creditOf,
  faultsOf,
  house,
  inAnHour,
  move,
  newBuyer,
  openBooks,
  subject,
  vendor,
} from './books.ts';

const books = await openBooks();
const { db, sql } = books;
const buyer = newBuyer();
let buyerAccount: string;
let houseAccount: string;
let holdId: string;

beforeAll(async () => {
  const posting = { ...cause, operationId: randomUUID() };
  await db.transaction((tx) =>
    ledger.post(tx, { ...posting, entries: move(creditOf(house), creditOf(buyer), 1_000n) }),
  );
  const hold = await db.transaction((tx) =>
    ledger.hold(tx, {
      ...{ account: creditOf(buyer), amount: 400n, subject, operationId: randomUUID() },
      ...{ at: cause.at, expiresAt: inAnHour },
    }),
  );
  holdId = hold!.id;
  const accounts = await sql<{ id: string }[]>`select id from ledger_accounts order by owner_type`;
  [buyerAccount, houseAccount] = [accounts[0]!.id, accounts[1]!.id];
});

/** Writes a transaction with entries as no code of ours does. */
const write = (entries: [account: string, amount: number][]) =>
  sql.begin(async (tx) => {
    const [transaction] = await tx<{ id: string }[]>`
      insert into ledger_transactions (kind, actor, text, operation_id, at)
      values ('raw', 'system', 'raw', ${randomUUID()}, now()) returning id`;
    for (const [account, amount] of entries) {
      await tx`insert into ledger_entries (transaction_id, account_id, amount, balance)
               values (${transaction!.id}, ${account}, ${amount}, 0)`;
    }
  });

describe('statements that bypass the service', () => {
  test.each<[what: string, attempt: () => Promise<unknown>, error: RegExp]>([
    [
      'a transaction out of balance',
      () =>
        write([
          [houseAccount, -5],
          [buyerAccount, 4],
        ]),
      /sum to zero/,
    ],
    ['a transaction of one entry', () => write([[buyerAccount, 5]]), /sum to zero/],
    ['a transaction without entries', () => write([]), /sum to zero/],
    [
      'spending what is held',
      () =>
        write([
          [buyerAccount, -601],
          [houseAccount, 601],
        ]),
      /ledger_accounts_available/,
    ],
    ['an entry of nothing', () => write([[buyerAccount, 0]]), /ledger_entries_amount/],
    [
      'another balance',
      () => sql`update ledger_accounts set posted = posted + 1`,
      /only by entries and holds/,
    ],
    ['another held amount', () => sql`update ledger_accounts set held = 0`, /only by entries and holds/],
    ['another owner', () => sql`update ledger_accounts set owner_id = 'me'`, /only by entries and holds/],
    [
      'an account that begins with an amount',
      () =>
        sql`insert into ledger_accounts (owner_type, owner_id, unit, posted) values ('buyer', 'me', 'EUR', 9)`,
      /only by entries and holds/,
    ],
    ['removing an account', () => sql`delete from ledger_accounts`, /only by entries and holds/],
    ['changing an entry', () => sql`update ledger_entries set amount = 1`, /never change/],
    ['removing entries', () => sql`delete from ledger_entries`, /never change/],
    ['emptying the entries', () => sql`truncate ledger_entries`, /never change/],
    ['emptying everything', () => sql`truncate ledger_accounts cascade`, /never change/],
    ['changing a transaction', () => sql`update ledger_transactions set text = 'other'`, /never change/],
    ['removing a transaction', () => sql`delete from ledger_transactions`, /never change/],
    ['a larger hold', () => sql`update ledger_holds set amount = 500`, /resolved once/],
    ['removing a hold', () => sql`delete from ledger_holds`, /resolved once/],
    [
      'holding more than there is',
      () => sql`insert into ledger_holds (account_id, amount, subject_type, subject_id, operation_id, at, expires_at)
                values (${buyerAccount}, 601, 'call', ${randomUUID()}, 'raw', now(), now())`,
      /ledger_accounts_available/,
    ],
    [
      'capturing more than is held',
      () => sql`update ledger_holds set state = 'captured', captured = 401, resolved_at = now(),
                transaction_id = (select id from ledger_transactions limit 1)`,
      /ledger_holds_captured/,
    ],
    [
      'capturing without an entry',
      () => sql`update ledger_holds set state = 'captured', captured = 4, resolved_at = now(),
                transaction_id = (select id from ledger_transactions limit 1)`,
      /is an entry of its transaction/,
    ],
    [
      'entries of an earlier transaction',
      () => sql`insert into ledger_entries (transaction_id, account_id, amount, balance)
                select id, ${houseAccount}, 1, 0 from ledger_transactions limit 1`,
      /with all its entries/,
    ],
  ])('%s is refused by the database', async (_what, attempt, error) => {
    await expect(attempt()).rejects.toThrow(error);
    expect(await ledger.balancesOf(db, creditOf(buyer))).toEqual({
      ...{ posted: 1_000n, held: 400n, available: 600n },
    });
    expect(await faultsOf(books)).toEqual([]);
  });

  test('a resolved hold stays as it is', async () => {
    await db.transaction((tx) =>
      ledger.capture(tx, { ...cause, holdId, to: [{ account: creditOf(vendor), amount: 400n }] }),
    );
    await expect(sql`update ledger_holds set state = 'open', captured = null`).rejects.toThrow(
      /resolved once/,
    );
    await expect(sql`update ledger_holds set state = 'released'`).rejects.toThrow(/resolved once/);
    expect(await faultsOf(books)).toEqual([]);
  });

  test('what an insert leaves out because of a conflict changes no balance', async () => {
    const before = await ledger.balancesOf(db, creditOf(buyer));
    await sql`
      insert into ledger_holds (account_id, amount, subject_type, subject_id, operation_id, at, expires_at)
      select account_id, 1, subject_type, subject_id, operation_id, at, expires_at from ledger_holds
      on conflict do nothing`;
    expect(await ledger.balancesOf(db, creditOf(buyer))).toEqual(before);
    expect(await faultsOf(books)).toEqual([]);
  });
});
