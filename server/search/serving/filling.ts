import type { Db } from '#db/client.ts';
import type { IndexedProduct, MemoryIndex, Surroundings } from '../memory/port.ts';
import {
  attributeValuesWith,
  productsWith,
  readSurroundings,
  type SurroundingTable,
} from '../memory/queries.ts';

/** Fills an index from the database. One call at a time: of two that read a product, the later one must write last. */
export interface Filling {
  index: MemoryIndex;
  /** Reads what products refer to, or what of it changed. */
  surround(tables?: readonly SurroundingTable[]): Promise<void>;
  put(products: readonly IndexedProduct[]): Promise<void>;
  /** Reads products again, and removes those that nobody offers. `isOfMany`: they are of a change of many products. */
  refresh(ids: readonly number[], isOfMany: boolean): Promise<void>;
}

export function createFilling(db: Db, index: MemoryIndex): Filling {
  let surroundings: Surroundings | null = null;
  let knownValues = new Set<number>();

  /** Reads the attribute values that are new. They never change. */
  async function learnValues(products: readonly IndexedProduct[]): Promise<void> {
    const ids = products.flatMap(({ attributeIds }) => attributeIds.filter((id) => !knownValues.has(id)));
    if (ids.length === 0) return;
    const values = await attributeValuesWith(db, [...new Set(ids)]);
    for (const { id } of values) knownValues.add(id);
    surroundings?.attributeValues.push(...values);
    index.addAttributeValues(values);
  }

  async function put(products: readonly IndexedProduct[], isOfMany = false): Promise<void> {
    await learnValues(products);
    index.put(products, isOfMany);
  }

  return {
    index,
    async surround(tables) {
      surroundings =
        tables && surroundings
          ? { ...surroundings, ...(await readSurroundings(db, tables)) }
          : await readSurroundings(db);
      knownValues = new Set(surroundings.attributeValues.map(({ id }) => id));
      index.surround(surroundings);
    },
    put,
    async refresh(ids, isOfMany) {
      const products = await productsWith(db, ids);
      const offered = new Set(products.map(({ id }) => id));
      const removed = ids.filter((id) => !offered.has(id));
      if (removed.length > 0) index.remove(removed, isOfMany);
      await put(products, isOfMany);
    },
  };
}
