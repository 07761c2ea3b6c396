import type { CodeRow } from '#lib/api/schema.d.ts';
import type { I18n } from '#lib/i18n/i18n.ts';
import { refusalWords } from '#lib/i18n/refusals.ts';
import { termsOf, type Terms } from './quantities.ts';

/** Returns why a row of codes was not added, in words. */
export function rowWords(i18n: I18n, row: CodeRow): string {
  const { code } = row;
  switch (row.status) {
    case 'ambiguous':
      return i18n.t('solution.rowAmbiguous', { code });
    case 'not_found':
      return i18n.t('solution.rowNotFound', { code });
    case 'header':
      return i18n.t('solution.rowHeader');
    case 'refused':
      return reasonWords(i18n, row);
    default:
      return i18n.t('solution.rowAdded');
  }
}

function reasonWords(i18n: I18n, { reason = 'other', minimum, packSize }: CodeRow): string {
  if (reason === 'quantity_not_sellable' && minimum !== undefined && packSize !== undefined)
    return termsWords(i18n, termsOf([{ minimum, packSize }]));
  return i18n.find(`solution.reason.${reason}`) ?? refusalWords(i18n, { code: reason });
}

/** Returns which quantities can be sold instead, in words. */
export const termsWords = (i18n: I18n, { minimum, pack }: Terms): string =>
  pack > 1
    ? i18n.t('solution.notSellablePack', { minimum, pack })
    : i18n.t('solution.notSellableMinimum', { minimum });
