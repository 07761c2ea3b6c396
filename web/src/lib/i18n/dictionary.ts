import type { Locale } from '#server/common/locales.ts';
import type { IslandScript } from '#lib/island/scripts.ts';
import type { Translation, Words } from '#server/common/words.ts';
import {
  type Area,
  type Areas,
  areaWords,
  type Common,
  commonWords,
  ofParts,
  ofPlainRoutes,
  ofRoutes,
  ofScripts,
  plainAreaWords,
} from './generated/areas.ts';

/** All areas in one. */
type Late = { [A in Area]: (words: Areas[A]) => void }[Area] extends (words: infer All) => void ? All : never;

export type English = Common & Late;
export type Key = keyof English;
export type Dictionary = Translation<English>;

type Loaders = Partial<Record<Area, () => Promise<{ words: Words }>>>;

// What only pages without SvelteKit's runtime need stays out of every script.
const loadersOf = (locale: Locale): Loaders =>
  import.meta.env.SSR ? { ...areaWords[locale], ...plainAreaWords[locale] } : areaWords[locale];
const routes = import.meta.env.SSR ? { ...ofRoutes, ...ofPlainRoutes } : ofRoutes;

/** The areas that only some pages need: a browser fetches them with the first of those. */
const lateAreas = Object.keys(loadersOf('en')) as Area[];

// Words only, the same for everyone: an area that has come once stays, also for pages rendered before it came.
const loaded: { [L in Locale]?: { words: Words; areas: Set<Area | 'common'> } } = {};

/** Loads one language only, so that a browser never fetches the others, and of the late areas those that are named. */
export async function loadDictionary(
  locale: Locale,
  areas: readonly Area[] = lateAreas,
): Promise<Dictionary> {
  const known = (loaded[locale] ??= { words: {}, areas: new Set() });
  const loaders = { ...loadersOf(locale), common: commonWords[locale] };
  const missing = (['common', ...areas] as const).filter((area) => !known.areas.has(area));
  const files: { words: Words }[] = await Promise.all(
    missing.map(
      (area) => loaders[area]?.() ?? Promise.reject(new Error(`no page loads the words of ${area}`)),
    ),
  );
  Object.assign(known.words, ...files.map((file) => file.words));
  for (const area of missing) known.areas.add(area);
  return known.words as Dictionary;
}

/** Returns the late areas of a route, by its id in `web/src/routes`; an address without a page shows the frame alone. */
export const areasOf = (route: string | null): readonly Area[] => routes[route ?? ''] ?? ['shell'];

/** Returns the late areas of what a script of pages with islands hydrates. */
export const areasOfScript = (script: IslandScript): readonly Area[] => ofScripts[script] ?? [];

/** Returns the late areas of what is loaded by `import()`, for those who load it. */
export const areasOfPart = (part: keyof typeof ofParts): readonly Area[] => ofParts[part];
