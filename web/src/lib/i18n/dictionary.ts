import type { en } from './en/dictionary.ts';
import type { Locale } from './locales.ts';
import type { Translation } from './words.ts';

export type English = typeof en;
export type Key = keyof English;
export type Dictionary = Translation<English>;

/** Loads one language only, so that a browser never fetches the others. */
export async function loadDictionary(locale: Locale): Promise<Dictionary> {
  switch (locale) {
    case 'en':
      return (await import('./en/dictionary.ts')).en;
    case 'sr':
      return (await import('./sr/dictionary.ts')).sr;
  }
}
