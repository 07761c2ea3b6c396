import { LRUCache } from 'lru-cache';
import type { Db } from '#db/client.ts';
import type { Clock } from '#server/platform/clock.ts';
import { find, findPage, type FoundInPostgres } from './queries.ts';
import type { ParsedSearch } from './rules.ts';

/** How long answers to wide searches are used, however the catalogue changes meanwhile. */
const keptMs = 30_000;

/** Notes of changes are forgotten after an hour, and then no longer tell an old state of the catalogue from the present. */
const longestKeptMs = 30 * 60_000;

/** The number of searches whose facets are kept, about 10 kB each, and of the pages kept of a wide one. */
const mostKept = 500;
const mostPages = 20;

/** What is found for words and filters, whatever the page and the order. `pages`: ids, of wide searches only. */
interface Kept {
  found: FoundInPostgres;
  /** When it was last known to hold. */
  at: number;
  pages: LRUCache<string, string[]> | null;
}

/**
 * Returns the search for products that contain every word, with what was counted kept for other pages and orders of it: as
 * long as the catalogue doesn't change, and for wide searches for 30 seconds.
 */
export function keepingFinder(db: Db, clock: Clock): (wanted: ParsedSearch) => Promise<FoundInPostgres> {
  const kept = new LRUCache<string, Kept>({ max: mostKept });
  const running = new Map<string, Promise<FoundInPostgres>>();

  return (wanted) => {
    const { text: _, page, perPage, sort, ...counted } = wanted;
    const key = JSON.stringify(counted);
    const pageKey = JSON.stringify([page, perPage, sort]);
    const same = key + pageKey;
    const found = running.get(same) ?? run(wanted, key, pageKey).finally(() => running.delete(same));
    running.set(same, found);
    return found;
  };

  async function run(wanted: ParsedSearch, key: string, pageKey: string): Promise<FoundInPostgres> {
    const known = kept.get(key);
    return (known && (await fromKept(known, wanted, pageKey))) ?? findAndKeep(wanted, key, pageKey);
  }

  /** Returns null if what is kept no longer holds. */
  async function fromKept(
    known: Kept,
    wanted: ParsedSearch,
    pageKey: string,
  ): Promise<FoundInPostgres | null> {
    const { found, pages } = known;
    const now = clock.now().getTime();
    if (now - known.at > longestKeptMs) return null;
    const isFresh = pages !== null && now - known.at <= keptMs;
    const ids = isFresh ? pages.get(pageKey) : undefined;
    if (ids) return { ...found, ids };
    const page = await findPage(db, wanted, found);
    if (page.catalog === found.catalog) known.at = now;
    else if (!isFresh) return null;
    pages?.set(pageKey, page.ids);
    return { ...found, ids: page.ids };
  }

  async function findAndKeep(wanted: ParsedSearch, key: string, pageKey: string): Promise<FoundInPostgres> {
    const at = clock.now().getTime();
    const found = await find(db, wanted);
    const pages = found.isCapped ? new LRUCache<string, string[]>({ max: mostPages }) : null;
    pages?.set(pageKey, found.ids);
    kept.set(key, { found, at, pages });
    return found;
  }
}
