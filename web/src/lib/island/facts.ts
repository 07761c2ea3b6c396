import type { Call } from '#lib/api/schema.d.ts';
import type { Locale } from '#server/common/locales.ts';
import type { IslandScript } from './scripts.ts';

/** What a page with islands prints for its script. */
export interface IslandFacts {
  locale: Locale;
  /** The zone in which the page's times are printed. */
  timeZone: string;
  /** The page's script, which says what words it needs. */
  script: IslandScript;
  /** The build that rendered the page. */
  version: string;
  /** The visitor's call, which the call bar shows. */
  call: Call | null;
  /** The properties of the page's component. */
  data: object;
  form: object | null;
}
