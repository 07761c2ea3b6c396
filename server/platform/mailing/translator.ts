import { type Locale, locales, offeredLocale } from '#server/common/locales.ts';
import type { Money } from '#server/common/money.ts';
import { type Arguments, type Translation, type Words, writerOf } from '#server/common/words.ts';

/** A feature's words for mails in every language on offer. */
export type MailWords<English> = Readonly<Record<Locale, { words: Translation<English> }>>;

/** Returns words and formats for one recipient: in their language, with times in their zone. */
export function translatorFor<English extends Words>(
  dictionaries: MailWords<English>,
  locale: string,
  timeZone: string,
) {
  const lang = offeredLocale(locale);
  const { tag } = locales[lang];
  const { words } = dictionaries[lang];
  const { number, write } = writerOf(tag);
  const languageNames = new Intl.DisplayNames(tag, { type: 'language' });
  const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;

  return {
    lang,
    t: <K extends keyof English>(key: K, ...[parameters]: Arguments<English[K]>): string =>
      write(words[key], parameters),
    /** Whether there is such a word. */
    has: (key: string): boolean => Object.hasOwn(words, key),
    number,
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

export type Translator<English extends Words> = ReturnType<typeof translatorFor<English>>;

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
