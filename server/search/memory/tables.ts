import type { Locale } from '#server/common/locales.ts';
import { rowId } from '#server/common/ids.ts';
import { type KnownValue, sameKey } from '../attributes/rules.ts';
import { grownLength } from './pool.ts';
import type { IndexedCategory, IndexedVendor, Surroundings } from './port.ts';

/** What products refer to. Categories and vendors have indexes, which stay when the tables are replaced. */
export class Tables {
  readonly #categoryIndexes = new Map<number, number>();
  readonly #vendorIndexes = new Map<number, number>();
  /** By index; undefined where only products speak of it. */
  categories: (IndexedCategory | undefined)[] = [];
  vendors: (IndexedVendor | undefined)[] = [];
  /** By id. */
  attributes: (KnownValue | undefined)[] = [];
  attributeNames: string[] = [];
  /** The index of its name by the id of an attribute's value. */
  nameOfAttribute = new Int32Array(0);
  rates: ReadonlyMap<string, number> = new Map();
  #lineages: number[][] = [];
  #nameIndexes = new Map<string, number>();
  #attributesByKey = new Map<string, KnownValue[]>();
  #translations = new Map<string, string>();
  #slugs = new Map<string, number>();
  #vendorSlugs = new Map<string, number>();

  replace(given: Surroundings): void {
    this.categories = [];
    this.vendors = [];
    this.attributes = [];
    this.#lineages = [];
    for (const category of given.categories) {
      const index = this.categoryIndex(category.id);
      this.categories[index] = category;
      this.#lineages[index] = category.lineage.map((id) => this.categoryIndex(id));
    }
    for (const vendor of given.vendors) this.vendors[this.vendorIndex(vendor.id)] = vendor;
    this.#attributesByKey = new Map();
    this.#nameIndexes = new Map();
    // Values that aren't known have a name of their own, which none has.
    this.attributeNames = [''];
    this.nameOfAttribute = new Int32Array(0);
    this.addAttributeValues(given.attributeValues);
    this.rates = given.rates;
    this.#slugs = new Map(given.categories.map(({ slugPath, id }) => [slugPath, this.categoryIndex(id)]));
    this.#vendorSlugs = new Map(given.vendors.map(({ slug, id }) => [slug, this.vendorIndex(id)]));
    this.#translations = new Map(
      given.attributeTranslations.map(({ kind, word, language, translation }) => [
        `${kind} ${language} ${word}`,
        translation,
      ]),
    );
  }

  addAttributeValues(values: readonly KnownValue[]): void {
    for (const value of values) {
      this.attributes[value.id] = value;
      const key = sameKey(value.name);
      const alike = this.#attributesByKey.get(key);
      if (alike) alike.push(value);
      else this.#attributesByKey.set(key, [value]);
    }
    if (this.attributes.length > this.nameOfAttribute.length) {
      const longer = new Int32Array(grownLength(this.attributes.length));
      longer.set(this.nameOfAttribute);
      this.nameOfAttribute = longer;
    }
    for (const { id, name } of values) {
      const index = this.#nameIndexes.get(name) ?? this.attributeNames.push(name) - 1;
      this.#nameIndexes.set(name, index);
      this.nameOfAttribute[id] = index;
    }
  }

  categoryIndex(id: number): number {
    return indexIn(this.#categoryIndexes, id);
  }

  vendorIndex(id: number): number {
    return indexIn(this.#vendorIndexes, id);
  }

  get categoryCount(): number {
    return this.#categoryIndexes.size;
  }

  get vendorCount(): number {
    return this.#vendorIndexes.size;
  }

  /** Returns the indexes from the root down to a category, included. */
  lineageOf(index: number): readonly number[] {
    return this.#lineages[index] ?? [];
  }

  /** Returns the index of the category with this slug path or id; -1 for none. */
  categoryNamed(text: string): number {
    const id = rowId(text);
    const index = this.#slugs.get(text) ?? (id === null ? undefined : this.#categoryIndexes.get(id));
    return index !== undefined && this.categories[index] ? index : -1;
  }

  /** Returns the indexes of the vendors with these slugs or ids. */
  vendorsNamed(texts: readonly string[]): Set<number> {
    const indexes = texts.flatMap((text) => {
      const id = rowId(text);
      return [this.#vendorSlugs.get(text), id === null ? undefined : this.#vendorIndexes.get(id)];
    });
    return new Set(
      indexes.filter((index) => index !== undefined && this.vendors[index] !== undefined) as number[],
    );
  }

  /** Returns the values of an attribute, by its name in any case. */
  valuesOf(key: string): readonly KnownValue[] {
    return this.#attributesByKey.get(sameKey(key)) ?? [];
  }

  /** Returns whether several of these values are of one attribute, as far as is known. */
  mayRepeat(attributeIds: ReadonlySet<number>): boolean {
    const names = new Set<number>();
    for (const id of attributeIds) {
      const name = this.nameOfAttribute[id] ?? 0;
      if (name === 0 || names.has(name)) return true;
      names.add(name);
    }
    return false;
  }

  /** Returns a word of attributes in a language, else the word itself. */
  translated(kind: 'name' | 'value', word: string, locale: Locale): string {
    return this.#translations.get(`${kind} ${locale} ${word}`) ?? word;
  }

  get bytes(): number {
    // About what their objects and texts take.
    return 400 * this.categoryCount + 200 * this.vendorCount + 150 * this.attributes.length;
  }
}

function indexIn(indexes: Map<number, number>, id: number): number {
  const known = indexes.get(id);
  if (known !== undefined) return known;
  indexes.set(id, indexes.size);
  return indexes.size - 1;
}
