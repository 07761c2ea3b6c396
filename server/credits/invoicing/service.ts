import type { Db } from '#db/client.ts';
import { format } from '#server/common/money.ts';
import type { PayeeConfig } from '#server/platform/payee.ts';
import { sellerOf } from '../papers/sale.ts';
import type { TopUpRow } from '../queries.ts';
import type { Changes } from '../rules.ts';
import * as queries from './queries.ts';
import { invoicedBy, numberOf } from './rules.ts';

interface Cause {
  payee: PayeeConfig | undefined;
  at: Date;
  /** That of the ledger. */
  operationId: string;
}

/**
 * Issues the invoice or credit note that a change of a locked top-up needs, if any. Numbers have no gaps, so it belongs
 * at the end of a transaction: the next one waits.
 */
export async function invoice(
  tx: Db,
  topUp: TopUpRow,
  changes: Changes,
  { payee, at, operationId }: Cause,
): Promise<void> {
  const amounts = invoicedBy(changes);
  if (!amounts) return;
  if (!payee) throw new Error('nobody is set up who sells credit: PAYEE_NAME and PAYEE_ACCOUNTS');
  const { kind, credits, net, vat } = amounts;
  const corrected = kind === 'credit_note' ? await queries.latestInvoice(tx, topUp.id) : null;
  // Sold by a release that issued no invoices.
  if (kind === 'credit_note' && !corrected) return;
  const year = at.getUTCFullYear();
  const { country, vatId, currency, price, vatRule, vatRate } = topUp;
  await queries.addInvoice(tx, {
    ...{ kind, topUpId: topUp.id, correctsId: corrected?.id ?? null, operationId, issuedAt: at },
    number: numberOf(kind, year, await queries.nextInSeries(tx, kind, year)),
    seller: { ...sellerOf(payee), address: [...payee.address] },
    ...{ billTo: topUp.billTo ?? '', country, vatId, credits, currency, price, vatRule, vatRate },
    ...{ net: format(net, currency), vat: format(vat, currency) },
  });
}
