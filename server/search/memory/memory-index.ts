import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KnownValue } from '../attributes/rules.ts';
import type { Found, Suggested } from '../port.ts';
import { loosened, type ParsedSearch, type ParsedText, type Word } from '../rules.ts';
import { count } from './bits.ts';
import { Catalogue } from './catalogue.ts';
import { chosenCategory } from './category-facet.ts';
import { facetsOf } from './facets.ts';
import { KeptFacets } from './kept-facets.ts';
import { Filtering, resolveFilters } from './filtering.ts';
import { productsWithAll } from './matching.ts';
import { nearMisses } from './near-misses.ts';
import { Parts } from './parts.ts';
import type { Freshness, IndexedProduct, IndexSizes, MemoryIndex, Surroundings } from './port.ts';
import { pageInOrder } from './price-order.ts';
import { pageByRelevance } from './relevance.ts';
import { suggestionsFor } from './suggesting.ts';

/** Creates an empty index. */
export const createMemoryIndex = (): MemoryIndex => new IndexInMemory();

/** Sorting gives way to searches after so long. */
const longestTurnMs = 5;

const lacksNothing = (): Freshness => ({ mayLag: false, completeUntil: performance.now() });

class IndexInMemory implements MemoryIndex {
  readonly #catalogue = new Catalogue();
  readonly #parts = new Parts(this.#catalogue);
  readonly #facets = new KeptFacets();

  surround(surroundings: Surroundings): void {
    this.#catalogue.tables.replace(surroundings);
    this.#facets.noteChange();
  }

  addAttributeValues(values: readonly KnownValue[]): void {
    this.#catalogue.tables.addAttributeValues(values);
    this.#facets.noteChange();
  }

  put(products: readonly IndexedProduct[], isOfMany?: boolean): void {
    for (const product of products) this.#catalogue.put(product);
    this.#facets.noteChange(isOfMany);
  }

  remove(ids: readonly number[], isOfMany?: boolean): void {
    for (const id of ids) this.#catalogue.remove(id);
    this.#facets.noteChange(isOfMany);
  }

  async prepare(): Promise<void> {
    let begun = performance.now();
    for (const settle of this.#catalogue.settling()) {
      if (performance.now() - begun > longestTurnMs) {
        await nextTurn();
        begun = performance.now();
      }
      settle();
    }
  }

  isWasteful(): boolean {
    return this.#catalogue.isWasteful();
  }

  find(wanted: ParsedSearch, freshness = lacksNothing()): Found {
    this.#begin();
    const exact = this.#findWith(wanted, freshness);
    if (exact.isMatched || wanted.words.length === 0) return exact.found;
    const looser = loosened(wanted);
    const { isMatched, found } = this.#findWith(looser, freshness);
    return isMatched ? found : this.#withNearMisses(looser, found);
  }

  suggest(typed: ParsedText): Suggested {
    this.#begin();
    return suggestionsFor(this.#catalogue, this.#parts, typed);
  }

  sizes(): IndexSizes {
    const { slots, documents, inText, inName } = this.#catalogue;
    return {
      products: slots.count,
      texts: documents.texts.count,
      postings: inText.places + inName.places,
      bytes: this.#catalogue.bytes,
      keptBytes: this.#parts.keptBytes,
    };
  }

  #begin(): void {
    this.#catalogue.settle();
    this.#catalogue.scratch.begin(this.#catalogue.documents.capacity);
    this.#parts.begin();
  }

  #findWith(wanted: ParsedSearch, freshness: Freshness): { found: Found; isMatched: boolean } {
    const catalogue = this.#catalogue;
    const matches = productsWithAll(catalogue, this.#parts, wanted.words);
    const filters = resolveFilters(catalogue, wanted.filters);
    const filtering = new Filtering(catalogue, filters, matches);
    const base = filtering.passing();
    const isByRelevance = wanted.sort === 'relevance' && wanted.words.length > 0;
    const slots = isByRelevance
      ? pageByRelevance(catalogue, this.#parts, wanted, base)
      : pageInOrder(catalogue, filtering, wanted, base);
    const number = count(matches);
    const { words, filters: wantedFilters, locale, cap } = wanted;
    const key = JSON.stringify([words, wantedFilters, locale, cap]);
    const facets = this.#facets.of(key, number, freshness, () =>
      facetsOf({ catalogue, filtering, filters, wanted, base }),
    );
    return {
      isMatched: number > 0,
      found: {
        ids: this.#idsOf(slots),
        words: wanted.words,
        total: count(base),
        totalIsFloor: false,
        near: false,
        facets,
        category: chosenCategory(catalogue.tables, filters.categoryIndex, wanted.locale),
      },
    };
  }

  #withNearMisses(looser: ParsedSearch, found: Found): Found {
    const catalogue = this.#catalogue;
    const filters = resolveFilters(catalogue, looser.filters);
    const filtering = new Filtering(catalogue, filters, catalogue.documents.live);
    const { slots, words: nearWords } = nearMisses(catalogue, this.#parts, looser, filtering);
    if (slots.length === 0) return found;
    const { page, perPage } = looser;
    const words: Word[] = [...looser.words, { readings: nearWords, codes: [] }];
    const ids = this.#idsOf(slots.slice((page - 1) * perPage, page * perPage));
    return { ...found, words, ids, total: slots.length, near: true };
  }

  #idsOf(slots: readonly number[]): string[] {
    return slots.map((slot) => String(this.#catalogue.documents.ids[slot]));
  }
}
