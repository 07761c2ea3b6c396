import { LRUCache } from 'lru-cache';
import { type Bits, insert, put, wordsFor } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import { separatedWords } from '../order/rules.ts';

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

const encoder = new TextEncoder();

/** Finds the products that contain a part of a word. What takes long is kept, and mended after changes. */
export class Parts {
  readonly #catalogue: Catalogue;
  readonly #kept = new LRUCache<string, Kept>({
    maxSize: mostKeptBytes,
    sizeCalculation: ({ text }) => 4 * text.byteLength,
  });

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** Returns the sets, which must not be changed. */
  withPart(part: string): PartSets {
    const kept = this.#kept.get(part);
    if (kept && this.#mend(kept, part)) return kept;
    const { grams, inText, documents, journal } = this.#catalogue;
    const texts = grams.textsWith(part);
    const sets = this.#computed(part, texts);
    const places = texts.reduce((sum, number) => sum + inText.countOf(number), 0);
    if (texts.length > fewestWords || places * keptShare > documents.capacity) {
      this.#kept.set(part, { ...sets, version: journal.version });
    }
    return sets;
  }

  get keptBytes(): number {
    return this.#kept.calculatedSize;
  }

  #computed(part: string, texts: readonly number[]): PartSets {
    const { inText, inName, documents } = this.#catalogue;
    const length = wordsFor(documents.capacity);
    const sets: PartSets = {
      text: new Uint32Array(length),
      name: new Uint32Array(length),
      wholeText: new Uint32Array(length),
      wholeName: new Uint32Array(length),
    };
    const separated = separatedWords(part);
    for (const number of texts) {
      if (inText.countOf(number) === 0) continue;
      inText.uniteInto(sets.text, number);
      if (inName.countOf(number) === 0) continue;
      inName.uniteInto(sets.name, number);
      if (this.#isWholeIn(number, separated)) inName.uniteInto(sets.wholeName, number);
    }
    const itself = documents.texts.numberOf(part);
    if (itself >= 0) inText.uniteInto(sets.wholeText, itself);
    return sets;
  }

  #isWholeIn(number: number, separated: string): boolean {
    return separatedWords(this.#catalogue.documents.texts.textOf(number)).includes(separated);
  }

  /** Looks again at what changed since; returns false if too much did. */
  #mend(kept: Kept, part: string): boolean {
    const { journal, documents } = this.#catalogue;
    if (kept.version === journal.version) return true;
    const changed = journal.since(kept.version);
    if (!changed || changed.size > mostMended) return false;
    const bytes = encoder.encode(part);
    const itself = documents.texts.numberOf(part);
    const separated = separatedWords(part);
    const holds = (number: number) => documents.texts.contains(number, bytes);
    for (const slot of changed) {
      const { inName, others } = documents.wordsOf(slot);
      const holding = inName.filter(holds);
      put(kept.name, slot, holding.length > 0);
      put(kept.text, slot, holding.length > 0 || others.some(holds));
      put(
        kept.wholeName,
        slot,
        holding.some((number) => this.#isWholeIn(number, separated)),
      );
      put(kept.wholeText, slot, itself >= 0 && (inName.includes(itself) || others.includes(itself)));
    }
    kept.version = journal.version;
    return true;
  }
}

/** Returns the set of some slots. */
export function setOf(slots: Iterable<number>, capacity: number): Bits {
  const bits = new Uint32Array(wordsFor(capacity));
  for (const slot of slots) insert(bits, slot);
  return bits;
}
