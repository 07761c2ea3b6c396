import type { account } from './en/account.ts';
import type { answer } from './en/answer.ts';
import type { call } from './en/call.ts';
import type { calls } from './en/calls.ts';
import type { catalog } from './en/catalog.ts';
import type { desk } from './en/desk.ts';
import type { dev } from './en/dev.ts';
import type { en } from './en/dictionary.ts';
import type { follow } from './en/follow.ts';
import type { home } from './en/home.ts';
import type { partners } from './en/partners.ts';
import type { phones } from './en/phones.ts';
import type { product } from './en/product.ts';
import type { requests } from './en/requests.ts';
import type { review } from './en/review.ts';
import type { search } from './en/search.ts';
import type { solution } from './en/solution.ts';
import type { Locale } from '#server/common/locales.ts';
import type { Translation, Words } from '#server/common/words.ts';

type Areas = {
  account: typeof account;
  answer: typeof answer;
  call: typeof call;
  calls: typeof calls;
  catalog: typeof catalog;
  desk: typeof desk;
  dev: typeof dev;
  follow: typeof follow;
  home: typeof home;
  partners: typeof partners;
  phones: typeof phones;
  product: typeof product;
  requests: typeof requests;
  review: typeof review;
  search: typeof search;
  solution: typeof solution;
};
export type Area = keyof Areas;

/** All areas in one. */
type Late = { [A in Area]: (words: Areas[A]) => void }[Area] extends (words: infer All) => void ? All : never;

export type English = typeof en & Late;
export type Key = keyof English;
export type Dictionary = Translation<English>;

/**
 * The areas that only some pages need: a browser fetches them with the first of those. A file exports its words and
 * nothing else.
 */
const late = {
  en: {
    account: () => import('./en/account.ts'),
    answer: () => import('./en/answer.ts'),
    call: () => import('./en/call.ts'),
    calls: () => import('./en/calls.ts'),
    catalog: () => import('./en/catalog.ts'),
    desk: () => import('./en/desk.ts'),
    dev: () => import('./en/dev.ts'),
    follow: () => import('./en/follow.ts'),
    home: () => import('./en/home.ts'),
    partners: () => import('./en/partners.ts'),
    phones: () => import('./en/phones.ts'),
    product: () => import('./en/product.ts'),
    requests: () => import('./en/requests.ts'),
    review: () => import('./en/review.ts'),
    search: () => import('./en/search.ts'),
    solution: () => import('./en/solution.ts'),
  },
  sr: {
    account: () => import('./sr/account.ts'),
    answer: () => import('./sr/answer.ts'),
    call: () => import('./sr/call.ts'),
    calls: () => import('./sr/calls.ts'),
    catalog: () => import('./sr/catalog.ts'),
    desk: () => import('./sr/desk.ts'),
    dev: () => import('./sr/dev.ts'),
    follow: () => import('./sr/follow.ts'),
    home: () => import('./sr/home.ts'),
    partners: () => import('./sr/partners.ts'),
    phones: () => import('./sr/phones.ts'),
    product: () => import('./sr/product.ts'),
    requests: () => import('./sr/requests.ts'),
    review: () => import('./sr/review.ts'),
    search: () => import('./sr/search.ts'),
    solution: () => import('./sr/solution.ts'),
  },
} satisfies Record<Locale, { [A in Area]: () => Promise<Record<A, Translation<Areas[A]>>> }>;

export const lateAreas = Object.keys(late.en) as Area[];

const common = {
  en: () => import('./en/dictionary.ts'),
  sr: () => import('./sr/dictionary.ts'),
};

// Words only, the same for everyone: an area that has come once stays, also for pages rendered before it came.
const loaded: { [L in Locale]?: Words } = {};

/** Loads one language only, so that a browser never fetches the others, and of the late areas those that are named. */
export async function loadDictionary(
  locale: Locale,
  areas: readonly Area[] = lateAreas,
): Promise<Dictionary> {
  const files: Record<string, Words>[] = await Promise.all([
    common[locale](),
    ...areas.map((area) => late[locale][area]()),
  ]);
  const words = (loaded[locale] ??= {});
  return Object.assign(words, ...files.flatMap((file) => Object.values(file))) as Dictionary;
}

/** Returns the late areas of a route, by its id in `web/src/routes`. */
export function areasOf(route: string | null): Area[] {
  const starts = (...paths: string[]) => paths.some((path) => route?.startsWith(path));
  if (route === '/(public)') return ['home', 'partners'];
  if (starts('/(public)/p/')) return ['product', 'calls', 'catalog', 'search'];
  if (starts('/(public)/search', '/(public)/c/')) return ['catalog', 'search'];
  if (starts('/(public)/partners')) return ['partners', 'catalog', 'search'];
  // The thread beside the answer speaks the words of the buyer's side.
  if (starts('/e/')) return ['answer', 'follow'];
  if (starts('/f/', '/(buyer)/requests/[id]')) return ['follow'];
  if (starts('/(buyer)/requests')) return ['requests'];
  if (starts('/(buyer)/solution')) return ['solution', 'review'];
  if (starts('/account')) return ['account'];
  if (starts('/agent')) return ['desk', 'calls'];
  if (starts('/dev')) return ['dev', 'phones', 'account'];
  return [];
}
