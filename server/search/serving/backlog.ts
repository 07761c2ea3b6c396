import { isSurrounding, type SurroundingTable } from '../memory/queries.ts';
import type { CatalogChange } from './queries.ts';

/** Changes of at most so many products are taken over before larger ones, which come from imports. */
const mostOfSmall = 100;
/** The number of products taken over at a time: a few milliseconds, in which nothing is found. */
const sliceSize = 100;

interface Waiting extends Numbered {
  ids: number[];
}

interface WaitingTables extends Numbered {
  names: Set<SurroundingTable>;
}

interface Numbered {
  /** Later changes have higher numbers. */
  number: number;
  /** When it was noticed, in ms of `performance.now()`. */
  since: number;
}

export interface Slice {
  ids: number[];
  tables: SurroundingTable[];
  /** Whether it holds changes of few products, or what products refer to. */
  isSmall: boolean;
}

/** Changes that the index doesn't have yet. */
export interface Backlog {
  /** Adds what was read. Returns the number of the newest change. */
  add(changes: readonly CatalogChange[], now: number): number;
  /** Takes out what is to be taken over next; null: nothing. Until `done`, or `failed`, which puts it back, it counts as waiting. */
  take(): Slice | null;
  done(): void;
  failed(): void;
  /** Returns whether all changes up to that number have been taken over; or all but those of many products. */
  isDoneUpTo(number: number, which?: 'small'): boolean;
  /** The number of the newest change. */
  newest(): number;
  /** When the oldest waiting change was noticed, or the oldest but those of many products; null: there is none. */
  oldest(which?: 'small'): number | null;
  /** The number of products. */
  size(): number;
}

export function createBacklog(): Backlog {
  const small: Waiting[] = [];
  const large: Waiting[] = [];
  let tables: WaitingTables | null = null;
  let taken: { slice: Slice; isSmall: boolean; from: Waiting[]; tables: WaitingTables | null } | null = null;
  let newest = 0;

  /** The oldest of each kind, with what is being taken over. */
  const waiting = (which?: 'small') =>
    [
      ...small.slice(0, 1),
      ...(which === 'small' ? [] : large.slice(0, 1)),
      ...(which === 'small' && !taken?.isSmall ? [] : (taken?.from ?? []).slice(0, 1)),
      tables,
      taken?.tables ?? null,
    ].filter((each) => each !== null);

  return {
    add(changes, now) {
      const [few, many, other] = [new Set<number>(), new Set<number>(), new Set<SurroundingTable>()];
      for (const { changed, productIds } of changes) {
        if (productIds === null) {
          if (isSurrounding(changed)) other.add(changed);
        } else for (const id of productIds) (productIds.length <= mostOfSmall ? few : many).add(id);
      }
      if (few.size + many.size + other.size === 0) return newest;
      newest += 1;
      if (few.size > 0) small.push({ ids: [...few], number: newest, since: now });
      const rest = [...many].filter((id) => !few.has(id));
      if (rest.length > 0) large.push({ ids: rest, number: newest, since: now });
      if (other.size > 0) {
        tables ??= { names: new Set(), number: newest, since: now };
        for (const name of other) tables.names.add(name);
      }
      return newest;
    },
    take() {
      if (taken) throw new Error('the last slice is not done');
      const isSmall = small.length > 0;
      const queue = isSmall ? small : large;
      const from: Waiting[] = [];
      const ids: number[] = [];
      while (ids.length < sliceSize) {
        const [first] = queue;
        if (!first) break;
        ids.push(...first.ids.splice(-(sliceSize - ids.length)));
        from.push({ ...first, ids: [] });
        if (first.ids.length === 0) queue.shift();
      }
      if (ids.length === 0 && !tables) return null;
      const slice = { ids, tables: [...(tables?.names ?? [])], isSmall: isSmall || tables !== null };
      taken = { slice, isSmall, from, tables };
      tables = null;
      return taken.slice;
    },
    done() {
      taken = null;
    },
    failed() {
      if (!taken) return;
      const [oldest] = taken.from;
      if (oldest) small.unshift({ ...oldest, ids: taken.slice.ids });
      if (taken.tables) {
        for (const name of tables?.names ?? []) taken.tables.names.add(name);
        tables = taken.tables;
      }
      taken = null;
    },
    isDoneUpTo: (number, which) => waiting(which).every((each) => each.number > number),
    newest: () => newest,
    oldest: (which) => {
      const since = waiting(which).map((each) => each.since);
      return since.length > 0 ? Math.min(...since) : null;
    },
    size: () =>
      [...small, ...large].reduce((sum, { ids }) => sum + ids.length, 0) + (taken?.slice.ids.length ?? 0),
  };
}
