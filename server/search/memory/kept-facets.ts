import { LRUCache } from 'lru-cache';
import type { Facets } from '../schema.ts';
import type { Freshness } from './port.ts';

/** The number of searches whose facets are kept, about 10 kB each. */
const mostKept = 500;
/** Facets of fewer matches are counted within some milliseconds. */
const fewestMatches = 10_000;
/** Where an answer may lag, its facets may. */
const longestAgeMs = 30_000;

interface Kept {
  facets: Facets;
  version: number;
  completeUntil: number;
}

/**
 * Keeps the facets of wide searches until something changes, and where answers may lag behind an import, until they are 30
 * seconds old.
 */
export class KeptFacets {
  readonly #now: () => number;
  readonly #kept = new LRUCache<string, Kept>({ max: mostKept });
  #version = 0;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** `isOfMany`: answers may lack it. */
  noteChange(isOfMany = false): void {
    this.#version += 1;
    if (!isOfMany) this.#kept.clear();
  }

  /** Returns the facets that are kept under a key, else those that are counted. Notes in `freshness` if they lag. */
  of(key: string, matches: number, freshness: Freshness, count: () => Facets): Facets {
    if (matches < fewestMatches) return count();
    const kept = this.#kept.get(key);
    if (kept?.version === this.#version) return kept.facets;
    if (kept && freshness.mayLag && this.#now() - kept.completeUntil <= longestAgeMs) {
      freshness.completeUntil = Math.min(freshness.completeUntil, kept.completeUntil);
      return kept.facets;
    }
    const facets = count();
    this.#kept.set(key, { facets, version: this.#version, completeUntil: freshness.completeUntil });
    return facets;
  }
}
