import { formatCredit } from '#server/common/credits.ts';
import { money, parse } from '#server/common/money.ts';
import type { Paper } from '#server/platform/pdf/paper.ts';
import type { Invoice } from '../invoicing/queries.ts';
import type { PaperLanguage } from './language.ts';
import { partiesOf, reverseChargeNote, type Sale, saleTable } from './sale.ts';

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** Returns an invoice, or a credit note with the invoice it corrects. `reference`: of the top-up. */
export function invoicePaper(
  invoice: Invoice,
  { corrected, reference }: { corrected: Invoice | null; reference: string },
  language: PaperLanguage,
): Paper {
  const { t, tag, date, pages } = language;
  const { kind, number, issuedAt, seller, currency, vatRule } = invoice;
  const inCurrency = (amount: bigint) => money(amount, currency);
  const [net, vat] = [parse(invoice.net), parse(invoice.vat)];
  const sale: Sale = {
    ...{ vatRule, vatRate: invoice.vatRate, credits: formatCredit(invoice.credits) },
    price: inCurrency(parse(invoice.price)),
    ...{ net: inCurrency(net), vat: inCurrency(vat), total: inCurrency(net + vat) },
  };
  return {
    ...{ lang: tag, title: t(kind === 'invoice' ? 'invoice.title' : 'note.title', { number }), pages },
    ...{ foot: seller.name, ...saleTable(sale, language) },
    facts: [
      { label: t('number'), value: number },
      { label: t('issuedOn'), value: date(dayOf(issuedAt)) },
      { label: t('suppliedOn'), value: date(dayOf(issuedAt)) },
      { label: t('topUp'), value: reference },
    ],
    parties: partiesOf(seller, invoice, language),
    notes: [
      ...reverseChargeNote(sale, language),
      corrected
        ? t('note.corrects', { number: corrected.number, date: date(dayOf(corrected.issuedAt)) })
        : t('invoice.paid'),
    ],
  };
}
