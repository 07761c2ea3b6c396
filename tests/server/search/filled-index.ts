import type { Db } from '#db/client.ts';
import { createMemoryIndex } from '#server/search/memory/memory-index.ts';
import type { MemoryIndex } from '#server/search/memory/port.ts';
import { productsAfter, readSurroundings } from '#server/search/memory/queries.ts';
import type { SearchEngine } from '#server/search/port.ts';

/** Returns an index in memory of all that is in the database. */
export async function filledIndex(db: Db, batch = 500): Promise<MemoryIndex> {
  const index = createMemoryIndex();
  index.surround(await readSurroundings(db));
  for (let after = 0; ;) {
    const products = await productsAfter(db, after, batch);
    index.put(products);
    after = products.at(-1)?.id ?? after;
    if (products.length < batch) return index;
  }
}

/** Returns the index as an engine of the service. */
export const engineOf = (index: MemoryIndex): SearchEngine => ({
  find: (wanted) => Promise.resolve(index.find(wanted)),
  suggest: (typed) => Promise.resolve(index.suggest(typed)),
});
