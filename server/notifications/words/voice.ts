import { offeredLocale } from '#server/common/locales.ts';
import type { Money } from '#server/common/money.ts';
import { en, units as englishUnits } from './en.ts';
import { sr, units as serbianUnits } from './sr.ts';
import { type Arguments, type Translation, writerOf } from '#server/common/words.ts';

type English = typeof en;
type Key = keyof English;

interface Language {
  tag: string;
  words: Translation<English>;
  units: Translation<typeof englishUnits>;
}

const languages: Record<'en' | 'sr', Language> = {
  en: { tag: 'en-GB', words: en, units: englishUnits },
  sr: { tag: 'sr-Latn-RS', words: sr, units: serbianUnits },
};

/** Words and formats for one recipient: in their language, with times in their zone. */
export function voiceOf(locale: string, timeZone: string) {
  const lang = offeredLocale(locale);
  const { tag, words, units } = languages[lang];
  const { number, write } = writerOf(tag);
  const languageNames = new Intl.DisplayNames(tag, { type: 'language' });
  const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;

  return {
    lang,
    t: <K extends Key>(key: K, ...[parameters]: Arguments<English[K]>): string =>
      write(words[key], parameters),
    number,
    /** "10 pieces"; a unit without a word of ours is printed as the vendor wrote it. */
    quantity: (value: number, unit: string): string =>
      Object.hasOwn(units, unit)
        ? write(units[unit as keyof typeof englishUnits], { count: value })
        : `${number(value)} ${unit}`,
    /** Exactly the decimal string, with the currency's code: mails cross borders, "$" doesn't. */
    money: (value: Money): string => moneyFormat(tag, value).format(decimal(value.amount)),
    /** A calendar day, `YYYY-MM-DD`, which has no time zone. */
    date: (isoDate: string): string =>
      new Intl.DateTimeFormat(tag, { ...day, timeZone: 'UTC' }).format(new Date(`${isoDate}T00:00:00Z`)),
    /** The day of a moment in the recipient's zone. */
    day: (moment: Date): string => new Intl.DateTimeFormat(tag, { ...day, timeZone }).format(moment),
    /** Day and time of a moment in the recipient's zone, which is named. */
    time: (moment: Date): string =>
      new Intl.DateTimeFormat(tag, { ...day, ...clock, timeZone }).format(moment),
    /** The name of a language, by its code. */
    language: (code: string): string => languageNames.of(code) ?? code,
    list: (items: readonly string[]): string => new Intl.ListFormat(tag).format(items),
  };
}

export type Voice = ReturnType<typeof voiceOf>;

// As many digits as the amount has, which are the currency's at least: what languages make of them is not asked.
function moneyFormat(tag: string, { amount, currency }: Money): Intl.NumberFormat {
  const digits = amount.split('.')[1]?.length ?? 0;
  return new Intl.NumberFormat(tag, {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    useGrouping: 'always',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

// Intl formats a decimal string digit by digit, without making a float of it (ECMA-402, 2023).
const decimal = (amount: string) => amount as Intl.StringNumericLiteral;
