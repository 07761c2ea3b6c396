import { compactKeys, fold } from '#server/platform/fold.ts';

/** A stored code and its product, found by a key. */
export interface KnownCode {
  code: string;
  productId: number;
}

/** The codes of the catalogue that may be in a list. */
export interface Catalogue {
  /** Returns the ids of the products with this code, [] if there are none. */
  find: (code: string) => number[];
  /** Returns whether it is written as in the catalogue, apart from case. */
  isExact: (code: string) => boolean;
}

const longestCode = 120;
/** A shorter code is only found as it is written. */
const shortestKey = 3;

/** Returns the keys to look up for a cell. */
export function keysOf(cell: string): string[] {
  if (cell.length > longestCode) return [];
  // Programs that take codes for numbers write "6206.0".
  const whole = /^(\d+)\.0$/.exec(cell)?.[1];
  return whole === undefined ? compactKeys(cell) : [...compactKeys(cell), whole];
}

const unknown = { ids: [], exact: false };

/** "63,05" is a price rather than the code 6305 with another separator. */
const isDecimal = (cell: string): boolean => /^[\d.,'’ ]*\d[.,]\d{1,4}$/u.test(cell);

/**
 * Prefers codes that are written the same, then those that differ only in separators, then look-alike letters. `beside`:
 * texts that weren't looked up.
 */
export function catalogueOf(
  byKey: ReadonlyMap<string, readonly KnownCode[]>,
  beside: ReadonlySet<string> = new Set(),
): Catalogue {
  const cache = new Map<string, { ids: number[]; exact: boolean }>();
  const look = (cell: string): { ids: number[]; exact: boolean } => {
    const cached = cache.get(cell);
    if (cached) return cached;
    const found = beside.has(cell) ? unknown : lookUp(cell, byKey);
    cache.set(cell, found);
    return found;
  };
  return { find: (cell) => look(cell).ids, isExact: (cell) => look(cell).exact };
}

function lookUp(
  cell: string,
  byKey: ReadonlyMap<string, readonly KnownCode[]>,
): { ids: number[]; exact: boolean } {
  for (const key of keysOf(cell)) {
    const known = byKey.get(key);
    if (!known) continue;
    const written = fold(cell);
    const same = known.filter(({ code }) => code === written);
    if (same.length > 0) return { ids: idsOf(same), exact: true };
    if (isDecimal(cell) && !(/^\d+\.0$/.test(cell) && cell === `${key}.0`)) continue;
    if (key.length >= shortestKey) return { ids: idsOf(known), exact: false };
  }
  return unknown;
}

const idsOf = (known: readonly KnownCode[]): number[] => [
  ...new Set(known.map(({ productId }) => productId)),
];
