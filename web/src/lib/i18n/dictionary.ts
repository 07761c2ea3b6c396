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
  ofRoutes,
  ofScripts,
} from './generated/areas.ts';

/** All areas in one. */
type Late = { [A in Area]: (words: Areas[A]) => void }[Area] extends (words: infer All) => void ? All : never;

export type English = Common & Late;
export type Key = keyof English;
export type Dictionary = Translation<English>;

/** The areas that only some pages need: a browser fetches them with the first of those. */
const lateAreas = Object.keys(areaWords.en) as Area[];

// Words only, the same for everyone: an area that has come once stays, also for pages rendered before it came.
const loaded: { [L in Locale]?: { words: Words; areas: Set<Area | 'common'> } } = {};

/** Loads one language only, so that a browser never fetches the others, and of the late areas those that are named. */
export async function loadDictionary(
  locale: Locale,
  areas: readonly Area[] = lateAreas,
): Promise<Dictionary> {
  const known = (loaded[locale] ??= { words: {}, areas: new Set() });
  const missing = (['common', ...areas] as const).filter((area) => !known.areas.has(area));
  const files: { words: Words }[] = await Promise.all(
    missing.map((area) => (area === 'common' ? commonWords[locale]() : areaWords[locale][area]())),
  );
  Object.assign(known.words, ...files.map((file) => file.words));
  for (const area of missing) known.areas.add(area);
  return known.words as Dictionary;
}

/** Returns the late areas of a route, by its id in `web/src/routes`; an address without a page shows the frame alone. */
export const areasOf = (route: string | null): readonly Area[] => ofRoutes[route ?? ''] ?? ['shell'];

/** Returns the late areas of what a script of pages with islands hydrates. */
export const areasOfScript = (script: IslandScript): readonly Area[] => ofScripts[script] ?? [];

/** Returns the late areas of what is loaded by `import()`, for those who load it. */
export const areasOfPart = (part: keyof typeof ofParts): readonly Area[] => ofParts[part];
