import { LRUCache } from 'lru-cache';
import { type Bits, clear, put, widened } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import { withoutEnds } from '../order/rules.ts';

/** The products that contain a part of a word. */
export interface PartSets {
  text: Bits;
  name: Bits;
  /** Those where it is a whole word. */
  wholeText: Bits;
  wholeName: Bits;
}

interface Kept extends PartSets {
  version: number;
}

const mostKeptBytes = 64 * 1_024 * 1_024;
/** Parts of so many words are kept, or of words that occur in so large a share of the products. */
const fewestWords = 2_000;
const keptShare = 16;
/** Rather than after more changes than that, it is computed again. */
const mostMended = 4_000;

/** So many are held at once, however many words a search has: as many as the readings of the words that are compared. */
const mostFound = 64;

const encoder = new TextEncoder();

/** Finds the products that contain a part of a word. What takes long is kept, and mended after changes. */
export class Parts {
  readonly #catalogue: Catalogue;
  /** The last ones of this search. */
  readonly #found = new Map<string, PartSets>();
  readonly #kept = new LRUCache<string, Kept>({
    maxSize: mostKeptBytes,
    sizeCalculation: ({ text }) => 4 * text.bytes,
  });

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** Begins a search. Sets that were returned before must not be used any more. */
  begin(): void {
    this.#found.clear();
  }

  /** Returns the sets, which must not be changed, and not be used any more after 64 others. */
  withPart(part: string): PartSets {
    const known = this.#found.get(part) ?? this.#fromKept(part);
    if (known) return known;
    const { grams, inText, documents, journal } = this.#catalogue;
    const texts = grams.textsWith(part);
    const sets = this.#computed(part, texts);
    let places = 0;
    for (const number of texts) places += inText.countOf(number);
    if (texts.length > fewestWords || places * keptShare > documents.capacity) {
      const { text, name, wholeText, wholeName } = sets;
      const copyOf = (bits: Bits) => widened(bits, documents.capacity);
      const kept = {
        text: copyOf(text),
        name: copyOf(name),
        wholeText: copyOf(wholeText),
        wholeName: copyOf(wholeName),
      };
      this.#kept.set(part, { ...kept, version: journal.version });
    }
    this.#found.set(part, sets);
    return sets;
  }

  get keptBytes(): number {
    return this.#kept.calculatedSize;
  }

  #computed(part: string, texts: Iterable<number>): PartSets {
    const { inText, inName, documents } = this.#catalogue;
    const sets = this.#emptySets();
    const core = encoder.encode(withoutEnds(part));
    for (const number of texts) {
      if (inText.countOf(number) === 0) continue;
      inText.uniteInto(sets.text, number);
      if (inName.countOf(number) === 0) continue;
      inName.uniteInto(sets.name, number);
      if (documents.texts.containsWhole(number, core)) inName.uniteInto(sets.wholeName, number);
    }
    const itself = documents.texts.numberOf(part);
    if (itself >= 0) inText.uniteInto(sets.wholeText, itself);
    return sets;
  }

  /** Returns new sets, or those that were found first, emptied. */
  #emptySets(): PartSets {
    const [first] = this.#found;
    if (first && this.#found.size >= mostFound) {
      const [part, sets] = first;
      this.#found.delete(part);
      for (const bits of [sets.text, sets.name, sets.wholeText, sets.wholeName]) clear(bits);
      return sets;
    }
    const { scratch } = this.#catalogue;
    return {
      text: scratch.empty(),
      name: scratch.empty(),
      wholeText: scratch.empty(),
      wholeName: scratch.empty(),
    };
  }

  #fromKept(part: string): PartSets | undefined {
    const kept = this.#kept.get(part);
    return kept && this.#mend(kept, part) ? kept : undefined;
  }

  /** Looks again at what changed since; returns false if too much did. */
  #mend(kept: Kept, part: string): boolean {
    const { journal, documents } = this.#catalogue;
    if (kept.version === journal.version) return true;
    const changed = journal.since(kept.version);
    if (!changed || changed.size > mostMended) return false;
    const bytes = encoder.encode(part);
    const itself = documents.texts.numberOf(part);
    const core = encoder.encode(withoutEnds(part));
    const holds = (number: number) => documents.texts.contains(number, bytes);
    for (const slot of changed) {
      const { inName, others } = documents.wordsOf(slot);
      const holding = inName.filter(holds);
      put(kept.name, slot, holding.length > 0);
      put(kept.text, slot, holding.length > 0 || others.some(holds));
      put(
        kept.wholeName,
        slot,
        holding.some((number) => documents.texts.containsWhole(number, core)),
      );
      put(kept.wholeText, slot, itself >= 0 && (inName.includes(itself) || others.includes(itself)));
    }
    kept.version = journal.version;
    return true;
  }
}
