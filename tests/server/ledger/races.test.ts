import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
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

const books = await openBooks(16);
const { db } = books;

const together = <T>(count: number, run: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));

async function newAccount(amount: bigint) {
  const account = creditOf(newBuyer());
  const entries = move(creditOf(house), account, amount);
  await db.transaction((tx) => ledger.post(tx, { ...cause, operationId: randomUUID(), entries }));
  return account;
}

const countOf = (outcomes: readonly unknown[], wanted: unknown) =>
  outcomes.filter((outcome) => outcome === wanted).length;

test('of 200 clients who spend the last 100 credits at once, exactly 100 succeed, in every round', async () => {
  for (let round = 0; round < 5; round += 1) {
    const account = await newAccount(10_000n);
    const outcomes = await together(200, () =>
      db.transaction((tx) =>
        ledger.post(tx, {
          ...{ ...cause, operationId: randomUUID() },
          entries: move(account, creditOf(vendor), 100n),
        }),
      ),
    );
    expect([countOf(outcomes, 'posted'), countOf(outcomes, 'too_low')]).toEqual([100, 100]);
    expect(await ledger.balancesOf(db, account)).toEqual({ posted: 0n, held: 0n, available: 0n });
  }
  expect(await faultsOf(books)).toEqual([]);
});

test('of 200 clients who want the last 100 credits held at once, exactly 100 succeed, in every round', async () => {
  for (let round = 0; round < 5; round += 1) {
    const account = await newAccount(10_000n);
    const request = { account, amount: 100n, subject, at: cause.at, expiresAt: inAnHour };
    const holds = await together(200, () =>
      db.transaction((tx) => ledger.hold(tx, { ...request, operationId: randomUUID() })),
    );
    expect(holds.filter((hold) => hold !== null)).toHaveLength(100);
    expect(await ledger.balancesOf(db, account)).toEqual({ posted: 10_000n, held: 10_000n, available: 0n });
  }
  expect(await faultsOf(books)).toEqual([]);
});

test('an operation that many clients repeat at once is done once, whatever it is', async () => {
  const account = await newAccount(10_000n);
  const posting = { ...cause, operationId: randomUUID(), entries: move(account, creditOf(vendor), 100n) };
  const outcomes = await together(50, () => db.transaction((tx) => ledger.post(tx, posting)));
  expect([countOf(outcomes, 'posted'), countOf(outcomes, 'repeated')]).toEqual([1, 49]);

  const request = {
    account,
    amount: 900n,
    subject,
    operationId: randomUUID(),
    at: cause.at,
    expiresAt: inAnHour,
  };
  const holds = await together(50, () => db.transaction((tx) => ledger.hold(tx, request)));
  expect(new Set(holds.map((hold) => hold?.id)).size).toBe(1);
  expect(await ledger.balancesOf(db, account)).toEqual({ posted: 9_900n, held: 900n, available: 9_000n });
});

test('a hold that is captured, released and expired at once is resolved once', async () => {
  for (let round = 0; round < 20; round += 1) {
    const account = await newAccount(1_000n);
    const operationId = randomUUID();
    const hold = await db.transaction((tx) =>
      ledger.hold(tx, { account, amount: 700n, subject, operationId, at: cause.at, expiresAt: inAnHour }),
    );
    const holdId = hold!.id;
    const to = [{ account: creditOf(vendor), amount: 500n }];
    const resolved = await Promise.all([
      ...Array.from({ length: 4 }, () =>
        db.transaction((tx) => ledger.capture(tx, { ...cause, holdId, to })),
      ),
      ...Array.from({ length: 4 }, () => db.transaction((tx) => ledger.release(tx, holdId, cause.at))),
      ledger.expireDueHolds({ db, clock: { now: () => inAnHour } }).then(() => false),
    ]);
    const [row] = await books.sql`select state from ledger_holds where id = ${holdId}`;
    expect(countOf(resolved, true)).toBe(row?.['state'] === 'expired' ? 0 : 1);
    const posted = row?.['state'] === 'captured' ? 500n : 1_000n;
    expect(await ledger.balancesOf(db, account)).toEqual({ posted, held: 0n, available: posted });
  }
  expect(await faultsOf(books)).toEqual([]);
});

test('transactions between the same accounts in both directions never wait for each other for ever', async () => {
  const accounts = await together(4, () => newAccount(100n));
  const outcomes = await together(300, (index) => {
    const [from, to] = [accounts[index % 4]!, accounts[(index + 1 + (index % 3)) % 4]!];
    const posting = { ...cause, operationId: randomUUID(), entries: move(from, to, 10n) };
    return db.transaction((tx) => ledger.post(tx, posting));
  });
  expect(countOf(outcomes, 'posted') + countOf(outcomes, 'too_low')).toBe(300);
  expect(await faultsOf(books)).toEqual([]);
});
