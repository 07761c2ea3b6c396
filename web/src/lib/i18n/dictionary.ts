import type { answer } from './en/answer.ts';
import type { call } from './en/call.ts';
import type { desk } from './en/desk.ts';
import type { dev } from './en/dev.ts';
import type { en } from './en/dictionary.ts';
import type { follow } from './en/follow.ts';
import type { home } from './en/home.ts';
import type { phones } from './en/phones.ts';
import type { product } from './en/product.ts';
import type { review } from './en/review.ts';
import type { search } from './en/search.ts';
import type { solution } from './en/solution.ts';
import type { Locale } from './locales.ts';
import type { Translation, Words } from './words.ts';

type Late = typeof answer &
  typeof call &
  typeof desk &
  typeof dev &
  typeof follow &
  typeof home &
  typeof phones &
  typeof product &
  typeof review &
  typeof search &
  typeof solution;

export type English = typeof en & Late;
export type Key = keyof English;
export type Dictionary = Translation<English>;

/** The areas that only some pages need: a browser fetches them with the first of those. */
const late = {
  en: {
    answer: async () => (await import('./en/answer.ts')).answer,
    call: async () => (await import('./en/call.ts')).call,
    desk: async () => (await import('./en/desk.ts')).desk,
    dev: async () => (await import('./en/dev.ts')).dev,
    follow: async () => (await import('./en/follow.ts')).follow,
    home: async () => (await import('./en/home.ts')).home,
    phones: async () => (await import('./en/phones.ts')).phones,
    product: async () => (await import('./en/product.ts')).product,
    review: async () => (await import('./en/review.ts')).review,
    search: async () => (await import('./en/search.ts')).search,
    solution: async () => (await import('./en/solution.ts')).solution,
  },
  sr: {
    answer: async () => (await import('./sr/answer.ts')).answer satisfies Translation<typeof answer>,
    call: async () => (await import('./sr/call.ts')).call satisfies Translation<typeof call>,
    desk: async () => (await import('./sr/desk.ts')).desk satisfies Translation<typeof desk>,
    dev: async () => (await import('./sr/dev.ts')).dev satisfies Translation<typeof dev>,
    follow: async () => (await import('./sr/follow.ts')).follow satisfies Translation<typeof follow>,
    home: async () => (await import('./sr/home.ts')).home satisfies Translation<typeof home>,
    phones: async () => (await import('./sr/phones.ts')).phones satisfies Translation<typeof phones>,
    product: async () => (await import('./sr/product.ts')).product satisfies Translation<typeof product>,
    review: async () => (await import('./sr/review.ts')).review satisfies Translation<typeof review>,
    search: async () => (await import('./sr/search.ts')).search satisfies Translation<typeof search>,
    solution: async () => (await import('./sr/solution.ts')).solution satisfies Translation<typeof solution>,
  },
};

export type Area = keyof typeof late.en;
export const lateAreas = Object.keys(late.en) as Area[];

const common = {
  en: async () => (await import('./en/dictionary.ts')).en,
  sr: async () => (await import('./sr/dictionary.ts')).sr,
};

// Words only, the same for everyone: an area that has come once stays, also for pages rendered before it came.
const loaded: { [L in Locale]?: Words } = {};

/** Loads one language only, so that a browser never fetches the others, and of the late areas those that are named. */
export async function loadDictionary(
  locale: Locale,
  areas: readonly Area[] = lateAreas,
): Promise<Dictionary> {
  const parts: Words[] = await Promise.all([common[locale](), ...areas.map((area) => late[locale][area]())]);
  const words = (loaded[locale] ??= {});
  return Object.assign(words, ...parts) as Dictionary;
}

/** The late areas of a route, by its id in `web/src/routes`. */
export function areasOf(route: string | null): Area[] {
  const starts = (...paths: string[]) => paths.some((path) => route?.startsWith(path));
  if (route === '/(public)') return ['home'];
  if (starts('/(public)/p/')) return ['product', 'search'];
  if (starts('/(public)/search', '/(public)/c/', '/(public)/partners/')) return ['search'];
  // The thread beside the answer speaks the words of the buyer's side.
  if (starts('/e/')) return ['answer', 'follow'];
  if (starts('/f/', '/(buyer)/requests')) return ['follow'];
  if (starts('/(buyer)/solution')) return ['solution', 'review'];
  if (starts('/agent')) return ['desk'];
  if (starts('/dev')) return ['dev', 'phones'];
  return [];
}
