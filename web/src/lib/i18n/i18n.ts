import { getContext, setContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import type { Money } from '#server/common/money.ts';
import type { Dictionary, English, Key } from './dictionary.ts';
import { locales, type Locale } from '#server/common/locales.ts';
import { type Arguments, type Parameters, writerOf } from '#server/common/words.ts';

export type I18n = ReturnType<typeof createI18n>;

/**
 * Words and formats of one language for one page view; the server makes one for each request. `assumedZone` is an IANA
 * name; times name their zone when it is only assumed (UTC). A first visit's browser says later which it is.
 */
export function createI18n(locale: Locale, dictionary: Dictionary, assumedZone: string) {
  const { tag } = locales[locale];
  const { number, write } = writerOf(tag);
  const moment = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options);
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  let zone = assumedZone;
  let changed = (): void => undefined;
  const follow = createSubscriber((update) => {
    changed = update;
  });
  const timeZone = (): string => {
    follow();
    return zone;
  };
  const clock = () => {
    const zoneName = timeZone() === 'UTC' ? ({ timeZoneName: 'short' } as const) : {};
    return { hour: '2-digit', minute: '2-digit', timeZone: zone, ...zoneName } as const;
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
    number,
    /** A share such as 0.046 as a signed percentage, with a true minus sign in every language. */
    change: (share: number): string =>
      new Intl.NumberFormat(tag, {
        style: 'percent',
        signDisplay: 'exceptZero',
        maximumFractionDigits: 1,
      })
        .format(share)
        .replace('-', '−'),
    /** Prints the decimal string digit by digit. */
    money: (value: Money): string => moneyFormat(tag, value).format(decimal(value.amount)),
    /** A calendar day, `YYYY-MM-DD`, which has no time zone. */
    date: (isoDate: string): string =>
      moment({ ...day, year: 'numeric', timeZone: 'UTC' }).format(new Date(`${isoDate}T00:00:00Z`)),
    /** The day of a moment (ISO 8601) in the reader's zone. */
    day: (iso: string): string =>
      moment({ ...day, year: 'numeric', timeZone: timeZone() }).format(new Date(iso)),
    /** Day and time of a moment in the reader's zone, without the year. */
    dateTime: (iso: string): string => moment({ ...day, ...clock() }).format(new Date(iso)),
    time: (iso: string): string => moment(clock()).format(new Date(iso)),
    /** "A, B and C". */
    list: (items: readonly string[]): string => new Intl.ListFormat(tag).format(items),
    language: (code: string): string => new Intl.DisplayNames([tag], { type: 'language' }).of(code) ?? code,
    country: (code: string): string => {
      // A few that browsers name otherwise than the server have words of ours, so that no page changes as it wakes.
      const own = dictionary[`country.${code}` as Key];
      return typeof own === 'string'
        ? own
        : (new Intl.DisplayNames([tag], { type: 'region' }).of(code) ?? code);
    },
  };
}

const moneyFormats = new Map<string, Intl.NumberFormat>();

// Making a format costs far more than using it, and tables use it by the hundred.
function moneyFormat(tag: string, { amount, currency }: Money): Intl.NumberFormat {
  // As many digits as the service sent, which are the currency's at least: of the dinar's, browsers and the server think
  // differently.
  const digits = amount.split('.')[1]?.length ?? 0;
  const name = `${tag} ${currency} ${digits}`;
  let format = moneyFormats.get(name);
  if (!format) {
    format = new Intl.NumberFormat(tag, {
      style: 'currency',
      currency,
      useGrouping: 'always',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    moneyFormats.set(name, format);
  }
  return format;
}

// Intl formats a decimal string digit by digit, without making a float of it (ECMA-402, 2023).
const decimal = (amount: string) => amount as Intl.StringNumericLiteral;

const contextKey = Symbol('i18n');

/**
 * Called once, by the root layout. A new language comes with a new document (the switch is a plain
 * form), so one page view never changes its words.
 */
export const provideI18n = (i18n: I18n): void => {
  setContext(contextKey, i18n);
};

/** Returns the words and formats of this page view, for any component while it is set up. */
export const useI18n = (): I18n => getContext<I18n>(contextKey);
