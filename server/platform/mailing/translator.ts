import { join } from 'node:path';
import { type Locale, locales, offeredLocale } from '#server/common/locales.ts';
import { madeOnce } from '#server/common/made-once.ts';
import type { Money } from '#server/common/money.ts';
import { cityOf, deadlineIn } from '#server/common/zones.ts';
import { moneyText } from '#server/common/money-text.ts';
import type { words as englishUnits } from '#server/common/words/en/units.ts';
import { type Arguments, type Translation, type Words, writerOf } from '#server/common/words.ts';
import { inEveryLanguage } from '#server/platform/words.ts';

/** A feature's texts for mails, by language. */
export type MailWords<English> = Readonly<Record<Locale, { words: Translation<English> }>>;

const units = await inEveryLanguage<{ words: Translation<typeof englishUnits> }>(
  join(import.meta.dirname, '../../common/words'),
  'units',
);

/** Returns translations and formats in a recipient's language and time zone. */
export function translatorFor<English extends Words>(
  dictionaries: MailWords<English>,
  locale: string,
  timeZone: string,
) {
  const lang = offeredLocale(locale);
  const { tag } = locales[lang];
  const { words } = dictionaries[lang];
  const { number, write, countries, languages, days, list } = formatsOf(tag);
  const date = (isoDate: string): string => days('UTC').format(new Date(`${isoDate}T00:00:00Z`));

  return {
    lang,
    t: <K extends keyof English>(key: K, ...[parameters]: Arguments<English[K]>): string =>
      write(words[key], parameters),
    number,
    /** Returns "10 pieces"; an unknown unit is printed as the vendor wrote it. */
    quantity: (count: number, unit: string): string => {
      const key = `unit.${unit}`;
      return isUnit(key) ? write(units[lang].words[key], { count }) : `${number(count)} ${unit}`;
    },
    /** Formats as the pages do. */
    money: (value: Money): string => moneyText(tag, value),
    /** Formats a calendar date, `YYYY-MM-DD`, which has no time zone. */
    date,
    /** Formats the day that a deadline names in the zone it was set in, so that every reader gets the same day. */
    deadlineDay: (deadline: Date, zone: string): string => date(deadlineIn(zone, deadline).day),
    /** Formats a deadline with its time and zone: "Wed, 2 Dec 2026, 24:00 (London)". */
    deadline: (deadline: Date, zone: string): string => {
      const { day: named, time } = deadlineIn(zone, deadline);
      const key = `city.${cityOf(zone)}`;
      const city = isUnit(key) ? write(units[lang].words[key], {}) : cityOf(zone);
      return `${date(named)}, ${time} (${city})`;
    },
    /** Formats an instant's date in the recipient's zone. */
    day: (moment: Date): string => days(timeZone).format(moment),
    /** Formats an instant's date and time in the recipient's zone, with the zone's name. */
    time: (moment: Date): string =>
      new Intl.DateTimeFormat(tag, { ...day, ...clock, timeZone }).format(moment),
    /** Returns a country's name by its code; other texts as they are. */
    country: (text: string): string => (/^[A-Z]{2}$/.test(text) ? (countries.of(text) ?? text) : text),
    /** Returns a language's name by its code. */
    language: (code: string): string => languages.of(code) ?? code,
    list: (items: readonly string[]): string => list.format(items),
  };
}

const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;

/** Returns what formats in a language. Made once, because making a format costs far more than using it. */
const formatsOf = madeOnce((tag: string) => ({
  ...writerOf(tag),
  countries: new Intl.DisplayNames(tag, { type: 'region' }),
  languages: new Intl.DisplayNames(tag, { type: 'language' }),
  days: madeOnce((timeZone: string) => new Intl.DateTimeFormat(tag, { ...day, timeZone })),
  list: new Intl.ListFormat(tag),
}));

const isUnit = (key: string): key is keyof typeof englishUnits => Object.hasOwn(units.en.words, key);

export type Translator<English extends Words> = ReturnType<typeof translatorFor<English>>;
