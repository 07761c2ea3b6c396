import type { Db } from '#db/client.ts';
import { formatCredit } from '#server/common/credits.ts';
import { format } from '#server/common/money.ts';
import * as ledger from '#server/ledger/service.ts';
import { endingCompany, type Leftover, type Person, type PersonalData } from '#server/platform/personal.ts';
import { ofHouse } from '../account-names.ts';
import { ownerOfTopUp } from '../owner.ts';
import * as queries from './queries.ts';

const ownerOfPerson = (buyerId: string) => ownerOfTopUp({ buyerId, companyId: null });

/** Returns whose accounts end with a person. */
function endingOwners(person: Person): ledger.Owner[] {
  const companyId = endingCompany(person);
  const own = ownerOfPerson(person.buyerId);
  return companyId === null ? [own] : [own, ownerOfTopUp({ ...person, companyId })];
}

interface EndingAccount extends ledger.AccountName {
  balances: ledger.Balances;
}

/** Returns the accounts that end with a person. */
async function endingAccounts(db: Db, person: Person): Promise<EndingAccount[]> {
  const found = await Promise.all(
    endingOwners(person).map(async (owner) =>
      (await ledger.unitsOf(db, owner)).map(({ unit, balances }) => ({ owner, unit, balances })),
    ),
  );
  return found.flat();
}

const amountText = (unit: string, amount: bigint): string =>
  unit === 'credit' ? formatCredit(amount) : format(amount, unit);

/** The books stay: the ledger, invoices, and top-ups with the address that was invoiced. Nothing else names the person. */
export const personal: PersonalData = {
  tables: { top_ups: 'kept', top_up_payments: 'kept', invoices: 'kept', call_charges: 'kept' },
  async copy(db, person) {
    const { buyerId } = person;
    const topUps = await queries.copyOfTopUps(db, person);
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
  async lockAfter(tx, person) {
    await queries.lockTopUps(tx, person);
    await lockToGiveUp(tx, await endingAccounts(tx, person));
  },
  async obstacles(db, person) {
    const accounts = await endingAccounts(db, person);
    const isHeld = accounts.some(({ balances }) => balances.held > 0n);
    const begun = await queries.incompleteOf(db, person);
    return [
      ...(isHeld ? [{ code: 'open_hold' } as const] : []),
      ...begun.map((number) => ({ code: 'open_top_up', number }) as const),
    ];
  },
  async leftovers(db, person) {
    const byUnit = Map.groupBy(await endingAccounts(db, person), ({ unit }) => unit);
    return [...byUnit].flatMap(([unit, accounts]): Leftover[] => {
      const available = accounts.reduce((sum, { balances }) => sum + balances.available, 0n);
      return available > 0n ? [{ unit, amount: amountText(unit, available) }] : [];
    });
  },
  async erase(tx, person, at) {
    await giveUp(tx, person, at);
    await queries.cancelTopUps(tx, person, at);
  },
};

const houseOf = (unit: string) => ofHouse(unit === 'credit' ? 'issued' : 'revenue', unit);

/** Locks accounts, and those of the house that get what is in them. */
async function lockToGiveUp(tx: Db, accounts: readonly ledger.AccountName[]): Promise<void> {
  const units = new Set(accounts.map(({ unit }) => unit));
  if (units.size > 0) await ledger.lock(tx, [...accounts, ...[...units].map(houseOf)]);
}

/** Gives what ends with a person back to the house: credit as if it had not been issued, deposits as revenue. */
async function giveUp(tx: Db, person: Person, at: Date): Promise<void> {
  await lockToGiveUp(tx, await endingAccounts(tx, person));
  const accounts = await endingAccounts(tx, person);
  for (const owner of endingOwners(person)) {
    const entries = accounts.flatMap(({ owner: of, unit, balances: { available } }) =>
      of.id === owner.id && available > 0n
        ? [
            { account: { owner, unit }, amount: -available },
            { account: houseOf(unit), amount: available },
          ]
        : [],
    );
    if (entries.length === 0) continue;
    const outcome = await ledger.post(tx, {
      ...{ kind: 'adjustment', actor: `buyer:${person.buyerId}`, text: 'given up', at },
      ...{ operationId: `erasure:${owner.id}`, entries },
    });
    if (outcome !== 'posted')
      throw new Error(`what ${owner.type} ${owner.id} has could not be given up: ${outcome}`);
  }
}
