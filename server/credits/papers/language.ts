import { join } from 'node:path';
import { formatCredit } from '#server/common/credits.ts';
import { locales } from '#server/common/locales.ts';
import type { Translation } from '#server/common/words.ts';
import { translatorFor } from '#server/platform/mailing/translator.ts';
import { inEveryLanguage } from '#server/platform/words.ts';
import type { words as english } from '../words/en/papers.ts';

const words = await inEveryLanguage<{ words: Translation<typeof english> }>(
  join(import.meta.dirname, '../words'),
  'papers',
);

/** Returns the texts and formats of a paper in a language. Days are those of UTC, as on statements. */
export function paperLanguage(locale: string) {
  const translator = translatorFor(words, locale, 'UTC');
  const { tag } = locales[translator.lang];
  const credits = new Intl.NumberFormat(tag, { minimumFractionDigits: 2, useGrouping: 'always' });
  return {
    ...translator,
    tag,
    /** Formats 1/100 credit with two decimals. */
    credit: (amount: bigint): string => credits.format(formatCredit(amount) as Intl.StringNumericLiteral),
    /** Page numbers are put in when the paper is laid out. */
    pages: translator.t('pages', { page: '{page}', count: '{count}' } as never),
  };
}
export type PaperLanguage = ReturnType<typeof paperLanguage>;
