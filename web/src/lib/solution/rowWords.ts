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
    case 'skipped':
    case 'refused':
      return reasonWords(i18n, row);
    default:
      return i18n.t('solution.rowAdded');
  }
}

/** Why a row of a list isn't ready. */
type Open = {
  state: 'choose' | 'unclear' | 'not_found';
  code: string;
  reason?: string | undefined;
  minimum?: number | undefined;
  packSize?: number | undefined;
};

/** Returns why a row of a list isn't ready, in words. */
export function openRowWords(i18n: I18n, { state, code, ...open }: Open): string {
  if (state === 'not_found') return i18n.t('solution.rowNotFound', { code });
  if (open.reason !== undefined) return reasonWords(i18n, open);
  return i18n.t(state === 'choose' ? 'solution.rowAmbiguous' : 'solution.rowAdded', { code });
}

function reasonWords(
  i18n: I18n,
  { reason = 'other', minimum, packSize }: Pick<Open, 'reason' | 'minimum' | 'packSize'>,
): string {
  if (reason === 'quantity_not_sellable' && minimum !== undefined && packSize !== undefined)
    return termsWords(i18n, termsOf([{ minimum, packSize }]));
  return i18n.find(`solution.reason.${reason}`) ?? refusalWords(i18n, { code: reason });
}

/** Returns which quantities can be sold instead, in words. */
export const termsWords = (i18n: I18n, { minimum, pack }: Terms): string =>
  pack > 1
    ? i18n.t('solution.notSellablePack', { minimum, pack })
    : i18n.t('solution.notSellableMinimum', { minimum });
