import { LRUCache } from 'lru-cache';
import type { Facets } from '../schema.ts';

/** The number of searches whose facets are kept, about 10 kB each. */
const mostKept = 500;
/** Facets of fewer matches are counted within some milliseconds. */
const fewestMatches = 10_000;
/** How long they are used in spite of changes. */
const keptMs = 5_000;

interface Kept {
  facets: Facets;
  at: number;
  /** The number of changes of the catalogue by then. */
  changes: number;
}

/** Keeps the facets of wide searches: exactly until something changes, and a few seconds longer. */
export class KeptFacets {
  readonly #now: () => number;
  readonly #kept = new LRUCache<string, Kept>({ max: mostKept });
  #changes = 0;

  /** `now`: in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  noteChange(): void {
    this.#changes += 1;
  }

  /** Returns the facets that are kept under a key, else those that are counted. */
  of(key: string, matches: number, count: () => Facets): Facets {
    if (matches < fewestMatches) return count();
    const kept = this.#kept.get(key);
    if (kept && (kept.changes === this.#changes || this.#now() - kept.at < keptMs)) return kept.facets;
    const facets = count();
    this.#kept.set(key, { facets, at: this.#now(), changes: this.#changes });
    return facets;
  }
}
