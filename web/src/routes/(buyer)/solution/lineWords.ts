import type { Problem, SolutionLine } from '#lib/api/schema.d.ts';
import type { I18n } from '#lib/i18n/i18n.ts';
import { fieldWords, refusalWords } from '#lib/i18n/refusals.ts';
import { termsOf } from '#lib/solution/quantities.ts';
import { termsWords } from '#lib/solution/rowWords.ts';

/** One fault of a line; `live` when it answers the last action. */
export type LineWord = { code: string; field?: string; text: string; live: boolean };

/** Returns the refusals of a line, then what keeps it from being sent, each once. */
export function lineWords(
  i18n: I18n,
  line: SolutionLine,
  refusal: Problem | undefined,
  problems: readonly string[],
): LineWord[] {
  const refused = refusal ? refusalOf(i18n, line, refusal) : [];
  const standing = problems
    .filter((code) => refused.every((word) => word.code !== code))
    .map((code) => ({ code, text: sentence(i18n, line, code), live: false }));
  return [...refused, ...standing];
}

function refusalOf(i18n: I18n, line: SolutionLine, refusal: Problem): LineWord[] {
  if (!refusal.errors?.length) return [{ code: refusal.code, text: refusalWords(i18n, refusal), live: true }];
  const words = fieldWords(i18n, refusal);
  return refusal.errors.map(({ path, code }, index) => ({
    code,
    field: path,
    text: sentence(i18n, line, code, words[index]?.words),
    live: true,
  }));
}

function sentence(i18n: I18n, line: SolutionLine, code: string, otherwise?: string): string {
  if (code === 'quantity_not_sellable') return termsWords(i18n, termsOfLine(line));
  if (code === 'offer_withdrawn') {
    const names = line.offers.filter((offer) => offer.withdrawn).map(({ vendor }) => vendor.name);
    if (names.length === line.offers.length) return i18n.t('solution.reason.all_withdrawn');
    return i18n.t('solution.reason.offer_withdrawn', { count: names.length, names: i18n.list(names) });
  }
  return i18n.find(`solution.reason.${code}`) ?? otherwise ?? refusalWords(i18n, { code });
}

/** Returns the terms of those whom a line asks and who still offer it, or of all who do. */
export function termsOfLine(line: SolutionLine): ReturnType<typeof termsOf> {
  const live = line.offers.filter((offer) => !offer.withdrawn);
  const asked = live.filter((offer) => offer.asked);
  return termsOf(asked.length > 0 ? asked : live);
}
