import { parse } from '#server/common/money.ts';
import type { Paper } from '#server/platform/pdf/paper.ts';
import type { TopUp } from '../schema.ts';
import type { PaperLanguage } from './language.ts';
import { type Customer, partiesOf, reverseChargeNote, saleTable, type Seller } from './sale.ts';

/** Returns what asks for the payment of a top-up that waits for it. */
export function proformaPaper(
  topUp: TopUp,
  { seller, customer }: { seller: Seller; customer: Customer },
  language: PaperLanguage,
): Paper {
  const { t, tag, date, money, pages } = language;
  const { payee, paymentQr, reference } = topUp;
  const sale = { ...topUp, total: topUp.amount };
  const { sums, ...table } = saleTable(sale, language);
  const received = parse(topUp.received.amount) === 0n ? [] : [topUp.received];
  return {
    ...{ lang: tag, title: t('proforma.title', { reference }), pages, foot: seller.name, ...table },
    facts: [
      { label: t('proforma.reference'), value: reference },
      { label: t('issuedOn'), value: date(topUp.createdAt.slice(0, 10)) },
      { label: t('proforma.due'), value: money(topUp.rest) },
    ],
    parties: [
      ...partiesOf(seller, customer, language),
      ...(payee ? [{ label: t('proforma.payee'), lines: [payee.name, t('proforma.account', payee)] }] : []),
    ],
    sums: [
      ...sums,
      ...received.flatMap((amount) => [
        { label: t('proforma.received'), value: money(amount) },
        { label: t('proforma.due'), value: money(topUp.rest), isTotal: true },
      ]),
    ],
    notes: [...reverseChargeNote(sale, language), t('proforma.writeReference'), t('proforma.isNone')],
    ...(paymentQr ? { code: { svg: paymentQr.svg, text: t('proforma.code') } } : {}),
  };
}
