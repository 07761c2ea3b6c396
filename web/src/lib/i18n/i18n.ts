import { getContext, setContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import type { Money } from '#server/common/money.ts';
import type { Dictionary, English, Key } from './dictionary.ts';
import { locales, type Locale } from '#server/common/locales.ts';
import { type Arguments, type Parameters, writerOf } from '#server/common/words.ts';
import { madeOnce } from '#server/common/made-once.ts';
import { moneyText } from '#server/common/money-text.ts';
import { changeText, clock, dateFormat, dateText, shortDay, timeText } from './formats.ts';

const namesOf = madeOnce((tag: string, type: 'language' | 'region') => new Intl.DisplayNames(tag, { type }));

export type I18n = ReturnType<typeof createI18n>;

/**
 * Words and formats of one language for one page view; the server makes one for each request. `assumedZone` is an IANA
 * name; times name their zone when it is only assumed (UTC). A first visit's browser says later which it is.
 */
export function createI18n(locale: Locale, dictionary: Dictionary, assumedZone: string) {
  const { tag } = locales[locale];
  const { number, write } = writerOf(tag);
  const moment = (options: Intl.DateTimeFormatOptions) => dateFormat(tag, options);
  let zone = assumedZone;
  let changed = (): void => undefined;
  const follow = createSubscriber((update) => {
    changed = update;
  });
  const timeZone = (): string => {
    follow();
    return zone;
  };

  return {
    locale,
    tag,
    get timeZone(): string {
      return timeZone();
    },
    /** Every time on the page is printed in this zone from now on. */
    moveTo: (own: string): void => {
      zone = own;
      changed();
    },

    t: <K extends Key>(key: K, ...[parameters]: Arguments<English[K]>): string =>
      write(dictionary[key], parameters),
    /** For keys that come from outside, such as refusal codes: undefined when there is no such word. */
    find: (key: string, parameters?: Parameters): string | undefined =>
      Object.hasOwn(dictionary, key) ? write(dictionary[key as Key], parameters) : undefined,
    /** The words of some keys as they are, for the script of a page without a framework. */
    pick: <K extends Key>(...keys: K[]): Pick<Dictionary, K> =>
      Object.fromEntries(keys.map((key) => [key, dictionary[key]])) as Pick<Dictionary, K>,
    number,
    /** A share such as 0.046 as a signed percentage, with a true minus sign in every language. */
    change: (share: number): string => changeText(tag, share),
    /** Prints the decimal string digit by digit. */
    money: (value: Money): string => moneyText(tag, value),
    /** A calendar day, `YYYY-MM-DD`, which has no time zone. */
    date: (isoDate: string): string => dateText(tag, isoDate),
    /** The day of a moment (ISO 8601) in the reader's zone. */
    day: (iso: string): string =>
      moment({ ...shortDay, year: 'numeric', timeZone: timeZone() }).format(new Date(iso)),
    /** Day and time of a moment in the reader's zone; with the year unless it is this year. */
    dateTime: (iso: string): string => {
      const yearOf = (at: Date) => moment({ year: 'numeric', timeZone: timeZone() }).format(at);
      const at = new Date(iso);
      const year = yearOf(at) === yearOf(new Date()) ? {} : ({ year: 'numeric' } as const);
      return moment({ ...shortDay, ...year, ...clock(timeZone()) }).format(at);
    },
    time: (iso: string): string => timeText(tag, timeZone(), iso),
    /** "A, B and C". */
    list: (items: readonly string[]): string => new Intl.ListFormat(tag).format(items),
    language: (code: string): string => namesOf(tag, 'language').of(code) ?? code,
    country: (code: string): string => {
      // A few that browsers name otherwise than the server have words of ours, so that no page changes as it wakes.
      const own = dictionary[`country.${code}` as Key];
      return typeof own === 'string' ? own : (namesOf(tag, 'region').of(code) ?? code);
    },
  };
}

const contextKey = Symbol('i18n');

/**
 * Called once, by the root layout. A new language comes with a new document (the switch is a plain
 * form), so one page view never changes its words.
 */
export const provideI18n = (i18n: I18n): void => {
  setContext(contextKey, i18n);
};

/** Returns the context in which a component is rendered or hydrated by itself, outside of the root layout. */
export const i18nContext = (i18n: I18n): Map<unknown, unknown> => new Map([[contextKey, i18n]]);

/** Returns the words and formats of this page view, for any component while it is set up. */
export const useI18n = (): I18n => getContext<I18n>(contextKey);
