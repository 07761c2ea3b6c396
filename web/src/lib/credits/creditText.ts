import { madeOnce } from '#server/common/made-once.ts';

const formatOf = madeOnce(
  (tag: string, signDisplay: 'auto' | 'always') =>
    new Intl.NumberFormat(tag, { minimumFractionDigits: 2, useGrouping: 'always', signDisplay }),
);

/** Prints credit of the service ("-12.10") with two decimals and a true minus; `always`: with a plus, too. `tag`: BCP 47. */
export const creditText = (tag: string, amount: string, signDisplay: 'auto' | 'always' = 'auto'): string =>
  formatOf(tag, signDisplay)
    .format(amount as Intl.StringNumericLiteral)
    .replace('-', '−');
