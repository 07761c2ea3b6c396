import type { Db } from '#db/client.ts';
import { formatCredit } from '#server/common/credits.ts';
import { format } from '#server/common/money.ts';
import * as ledger from '#server/ledger/service.ts';
import type { Leftover, PersonalData } from '#server/platform/personal.ts';
import { ofHouse } from '../account-names.ts';
import * as queries from './queries.ts';

const ownerOfPerson = (buyerId: string): ledger.Owner => ({ type: 'buyer', id: buyerId });

const amountText = (unit: string, amount: bigint): string =>
  unit === 'credit' ? formatCredit(amount) : format(amount, unit);

/** The books stay: the ledger, invoices, and top-ups with the address that was invoiced. Nothing else names the person. */
export const personal: PersonalData = {
  tables: { top_ups: 'kept', top_up_payments: 'kept', invoices: 'kept', call_charges: 'kept' },
  async copy(db, { buyerId }) {
    const topUps = await queries.copyOfTopUps(db, buyerId);
    const accounts = await ledger.unitsOf(db, ownerOfPerson(buyerId));
    const credits = await Promise.all(
      accounts.map(async ({ unit, balances }) => {
        const { entries } = await ledger.entriesOf(
          db,
          { owner: ownerOfPerson(buyerId), unit },
          { oldestFirst: true },
        );
        return {
          ...{ unit, available: amountText(unit, balances.available) },
          entries: entries.map(({ at, kind, text, amount, balance }) => ({
            ...{ at, kind, text, amount: amountText(unit, amount), balance: amountText(unit, balance) },
          })),
        };
      }),
    );
    return { topUps, credits };
  },
  async lockAfter(tx, { buyerId }) {
    await queries.lockTopUps(tx, buyerId);
    const owner = ownerOfPerson(buyerId);
    const units = await ledger.unitsOf(tx, owner);
    if (units.length > 0) await ledger.lock(tx, accountsToGiveUp(owner, units));
  },
  async obstacles(db, { buyerId }) {
    const accounts = await ledger.unitsOf(db, ownerOfPerson(buyerId));
    const isHeld = accounts.some(({ balances }) => balances.held > 0n);
    const begun = await queries.incompleteOf(db, buyerId);
    return [
      ...(isHeld ? [{ code: 'open_hold' } as const] : []),
      ...begun.map((number) => ({ code: 'open_top_up', number }) as const),
    ];
  },
  async leftovers(db, { buyerId }) {
    const accounts = await ledger.unitsOf(db, ownerOfPerson(buyerId));
    return accounts.flatMap(({ unit, balances: { available } }): Leftover[] =>
      available > 0n ? [{ unit, amount: amountText(unit, available) }] : [],
    );
  },
  async erase(tx, { buyerId }, at) {
    await giveUp(tx, buyerId, at);
    await queries.cancelTopUps(tx, buyerId, at);
  },
};

const houseOf = (unit: string) => ofHouse(unit === 'credit' ? 'issued' : 'revenue', unit);

/** Returns the accounts of a person, and then those of the house that get what is in them. */
const accountsToGiveUp = (owner: ledger.Owner, units: readonly { unit: string }[]): ledger.AccountName[] => [
  ...units.map(({ unit }) => ({ owner, unit })),
  ...units.map(({ unit }) => houseOf(unit)),
];

/** Gives what a person has back to the house: credit as if it had not been issued, deposits as revenue. */
async function giveUp(tx: Db, buyerId: string, at: Date): Promise<void> {
  const owner = ownerOfPerson(buyerId);
  const units = await ledger.unitsOf(tx, owner);
  if (units.length === 0) return;
  const balances = await ledger.lock(tx, accountsToGiveUp(owner, units));
  const entries = units.flatMap(({ unit }, index) => {
    const { available } = balances[index]!;
    return available > 0n
      ? [
          { account: { owner, unit }, amount: -available },
          { account: houseOf(unit), amount: available },
        ]
      : [];
  });
  if (entries.length === 0) return;
  await ledger.post(tx, {
    ...{ kind: 'adjustment', actor: `buyer:${buyerId}`, text: 'given up', at },
    ...{ operationId: `erasure:${buyerId}`, entries },
  });
}
