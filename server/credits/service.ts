import { formatCredit, secondsFor, usualRate } from '#server/common/credits.ts';
import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import * as ledger from '#server/ledger/service.ts';
import { accountOf } from './account-names.ts';
import { ownerOf } from './owner.ts';
import type { CreditEntry, Credits } from './schema.ts';

export {
  type CallCredit,
  correctCall,
  creditOfCall,
  holdForCall,
  isEnoughForCall,
  rateOf,
  shortestCall,
  refundCall,
  settleCall,
  termsFor,
  refundableOf,
} from './charging/service.ts';
export { confirm as confirmTopUp } from './confirming.ts';
export { ownerOf } from './owner.ts';
export { currenciesOf, pricesIn, setPrices, usualPriceOf } from './pricing.ts';
export { createTopUp, list as listTopUps } from './topping-up.ts';

const creditAccount = async (db: Db, buyerId: string): Promise<ledger.AccountName> =>
  accountOf(await ownerOf(db, buyerId));

export async function creditsOf({ db }: Pick<Context, 'db'>, buyerId: string): Promise<Credits> {
  const { posted, held, available } = await ledger.balancesOf(db, await creditAccount(db, buyerId));
  return {
    posted: formatCredit(posted),
    held: formatCredit(held),
    available: formatCredit(available),
    secondsLeft: secondsFor(available, usualRate),
  };
}

interface Page {
  page: number;
  perPage: number;
}

/** Returns a page of a buyer's entries, latest first. */
export async function listEntries(
  { db }: Pick<Context, 'db'>,
  buyerId: string,
  { page, perPage }: Page,
): Promise<{ items: CreditEntry[]; total: number } & Page> {
  const { entries, total } = await ledger.entriesOf(db, await creditAccount(db, buyerId), {
    ...{ limit: perPage, offset: (page - 1) * perPage },
  });
  return { items: entries.map(entryView), total, page, perPage };
}

function entryView({ id, at, kind, amount, balance, text, subject }: ledger.EntryLine): CreditEntry {
  return {
    ...{ id: String(id), at: at.toISOString(), kind: kind as CreditEntry['kind'], text },
    amount: formatCredit(amount),
    balance: formatCredit(balance),
    ...(subject?.type === 'top-up' ? { topUpId: subject.id } : {}),
    ...(subject?.type === 'call' ? { callId: subject.id } : {}),
  };
}

/** Returns a buyer's entries of these days (UTC, both included) as CSV (RFC 4180), oldest first. */
export async function statementCsv(
  { db }: Pick<Context, 'db'>,
  buyerId: string,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<string> {
  const { entries } = await ledger.entriesOf(db, await creditAccount(db, buyerId), {
    from,
    to,
    oldestFirst: true,
  });
  const rows = entries.map(({ at, kind, text, amount, balance }) => [
    ...[at.toISOString(), kind, text, formatCredit(amount), formatCredit(balance)],
  ]);
  return [['at', 'kind', 'text', 'amount', 'balance'], ...rows]
    .map((row) => `${row.map(csvField).join(',')}\r\n`)
    .join('');
}

const csvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
