import { formatCredit, secondsFor, usualRate } from '#server/common/credits.ts';
import type { Context } from '#server/context.ts';
import * as ledger from '#server/ledger/service.ts';
import { accountOf } from './account-names.ts';
import { hasOpenDispute } from './cards/queries.ts';
import { ownerOfTopUp } from './owner.ts';
import type { Buyer } from '#server/platform/auth/actors.ts';
import type { CreditEntry, Credits } from './schema.ts';

export {
  type CallCredit,
  correctCall,
  creditOfCall,
  holdForCall,
  isEnoughForCall,
  payerOfCall,
  rateOf,
  shortestCall,
  refundCall,
  settleCall,
  termsFor,
  refundableOf,
} from './charging/service.ts';
export { confirm as confirmTopUp } from './confirming.ts';
export { ownerOf } from './owner.ts';
export { pricesIn, setPrices, usualPriceOf } from './prices/service.ts';
export { createTopUp, list as listTopUps } from './topping-up.ts';

/** Somebody who asks about their credit, as their route has admitted them. */
type Asking = Pick<Buyer, 'buyerId' | 'member'>;

const ownerFor = ({ buyerId, member }: Asking): ledger.Owner =>
  ownerOfTopUp({ buyerId, companyId: member?.companyId ?? null });

const creditAccount = (buyer: Asking): ledger.AccountName => accountOf(ownerFor(buyer));

export async function creditsOf({ db }: Pick<Context, 'db'>, buyer: Asking): Promise<Credits> {
  const { posted, held, available } = await ledger.balancesOf(db, creditAccount(buyer));
  return {
    isDisputed: await hasOpenDispute(db, ownerFor(buyer)),
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
  buyer: Asking,
  { page, perPage }: Page,
): Promise<{ items: CreditEntry[]; total: number } & Page> {
  const { entries, total } = await ledger.entriesOf(db, creditAccount(buyer), {
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
  buyer: Asking,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<string> {
  const { entries } = await ledger.entriesOf(db, creditAccount(buyer), {
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
