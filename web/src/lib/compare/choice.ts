import { strategies } from '#server/common/enums/requests.ts';
import type { Comparison } from '#lib/api/schema.d.ts';

type Search = Pick<URLSearchParams, 'get' | 'keys' | 'entries'>;

/** How the buyer chooses: by one of the service's rules, by hand, or not yet. */
export type Way = (typeof strategies)[number] | 'own' | 'none';

/** Returns the name of a line's radios in the page's URL: `p3=0` takes line 3 from the first partner. */
export const pickName = (position: number): string => `p${position}`;

const pickForm = /^p\d+$/;

/** Returns the way of choosing in a URL: nothing is chosen for buyers who didn't ask for it. */
export function wayOf(search: Search): Way {
  if ([...search.keys()].some((name) => pickForm.test(name))) return 'own';
  return strategies.find((strategy) => strategy === search.get('choose')) ?? 'none';
}

/** Returns the choice as the service's query. */
export function comparisonQuery(
  search: Search,
): { choose?: (typeof strategies)[number] } | { pick: string[] } {
  const way = wayOf(search);
  if (way === 'none') return {};
  if (way !== 'own') return { choose: way };
  const picked = [...search.entries()].filter(
    ([name, column]) => pickForm.test(name) && /^\d+$/.test(column),
  );
  return { pick: picked.map(([name, column]) => `${name.slice(1)}:${column}`) };
}

/** Returns the choice as the beginning of another query of the page: "p1=0&p3=2&", "choose=speed&" or nothing. */
export function keptChoice(search: Search): string {
  const kept = [...search.entries()].filter(([name]) => pickForm.test(name) || name === 'choose');
  return kept.map(([name, value]) => `${name}=${encodeURIComponent(value)}&`).join('');
}

/**
 * Returns the picks of the one offer there is: a single partner offers all open lines as they were asked, and nobody else
 * offers any of them. Null as soon as there is something to choose between.
 */
export function onlyOffer({ rows }: Pick<Comparison, 'rows'>): { column: number; pick: string[] } | null {
  const open = rows.filter(({ acceptedQuoteId }) => acceptedQuoteId === null);
  const column = open[0]?.cells.findIndex(({ choosable }) => choosable) ?? -1;
  const isOnly = open.every(({ quantity, cells }) =>
    cells.every((cell, index) =>
      index === column
        ? cell.choosable && cell.decision === 'offer' && cell.quantity === quantity
        : !cell.choosable,
    ),
  );
  return column >= 0 && isOnly ? { column, pick: open.map(({ position }) => `${position}:${column}`) } : null;
}

/** Positions of lines for which nothing is chosen and nothing was accepted. */
export const openPositions = (comparison: Comparison): number[] =>
  comparison.rows
    .filter((row) => row.acceptedQuoteId === null && !row.cells.some((cell) => cell.chosen))
    .map((row) => row.position);
