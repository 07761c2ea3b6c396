import type { Metric } from '#server/platform/metrics.ts';
import type { ParsedSearch, ParsedText } from './rules.ts';
import type { Facets, SearchResult } from './schema.ts';

/**
 * Finds products, and suggestions for an unfinished text. `tests/server/search/contract.ts` holds what each engine must do.
 */
export interface SearchEngine {
  /** Returns a page of products that contain every word and pass the filters, else near misses that pass them. */
  find(wanted: ParsedSearch): Promise<Found>;
  /** Returns suggestions. The text has at least one word. */
  suggest(typed: ParsedText): Promise<Suggested>;
  /** Returns what it counted, for /metrics. */
  metrics?(): Metric[];
}

export interface Found {
  /** Ids of the page's products, in order. */
  ids: string[];
  /** The words that the products contain, for marking: the entered ones, or other spellings of them. */
  words: ParsedSearch['words'];
  total: number;
  totalIsFloor: boolean;
  /** True: nothing contains every word, and the ids are near misses. */
  near: boolean;
  facets: Facets;
  category: SearchResult['category'];
}

export interface Suggested {
  /** Those whose code begins with the text first. Of a family, whose names begin alike, at most two. */
  products: { id: string; code: string; name: string; byCode: boolean }[];
  categories: { id: string; name: string; path: string; slugPath: string; productCount: number }[];
  tags: string[];
  vendors: { id: string; name: string; slug: string }[];
}

/**
 * Guesses products despite typos. Returns ids, best first, which may be of deleted products. Never throws: after a failure
 * it returns nothing, and PostgreSQL's own results are used.
 */
export interface Guesser {
  /** Returns products similar to a text for which there is no exact match. */
  nearMisses(text: string): Promise<string[]>;
  /** Returns suggestions for an unfinished text. */
  completions(text: string): Promise<string[]>;
}
