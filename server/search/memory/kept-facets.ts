import { LRUCache } from 'lru-cache';
import type { Facets } from '../schema.ts';

/** The number of searches whose facets are kept, about 10 kB each. */
const mostKept = 500;
/** Facets of fewer matches are counted within some milliseconds. */
const fewestMatches = 10_000;

/** Keeps the facets of wide searches until something changes: whole answers with them are kept by the version of the index. */
export class KeptFacets {
  readonly #kept = new LRUCache<string, Facets>({ max: mostKept });

  noteChange(): void {
    this.#kept.clear();
  }

  /** Returns the facets that are kept under a key, else those that are counted. */
  of(key: string, matches: number, count: () => Facets): Facets {
    if (matches < fewestMatches) return count();
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const facets = count();
    this.#kept.set(key, facets);
    return facets;
  }
}
