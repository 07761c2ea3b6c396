import { isDeeperThan, maxDepth } from '#server/platform/json.ts';
import { type Line, mostCells } from './delimited.ts';
import { clean } from './text.ts';

const deepest = 5;

/** Reads lists of objects, lists of lists, lists of codes, and objects of quantities by code; null for other texts. */
export function readJson(text: string): Line[] | null {
  const shown = text.replace(/^\ufeff/, '').trim();
  if (!/^[[{]/.test(shown) || isDeeperThan(maxDepth, shown)) return null;
  let value: unknown;
  try {
    value = JSON.parse(shown);
  } catch {
    return readJsonLines(shown);
  }
  return linesOf(value);
}

function readJsonLines(text: string): Line[] | null {
  try {
    return linesOf(
      text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line): unknown => JSON.parse(line)),
    );
  } catch {
    return null;
  }
}

function linesOf(value: unknown): Line[] | null {
  const items = findItems(value, 0);
  if (!items) return quantitiesByCode(value);
  if (items.some((item) => Array.isArray(item)))
    return toLines(
      items.map((item) => (Array.isArray(item) ? item.slice(0, mostCells).map(cellOf) : [cellOf(item)])),
    );
  const objects = items.map((item) => new Map(isObject(item) ? flatten(item) : [['', cellOf(item)]]));
  // Each row may have names of its own.
  const names = [...new Set(objects.flatMap((object) => [...object.keys()]))].slice(0, mostCells);
  const rows = objects.map((object) => names.map((name) => object.get(name) ?? ''));
  return names.join('') === ''
    ? toLines(rows)
    : [{ row: 0, raw: names.map(heading).join('\t'), cells: names.map(heading), part: 0 }, ...toLines(rows)];
}

/** "product.partNumber" as "product part number". */
const heading = (name: string): string =>
  clean(name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[._]/g, ' '));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the longest list of objects or lists, at any depth. */
function findItems(value: unknown, depth: number): unknown[] | null {
  if (Array.isArray(value)) return value.length > 0 ? value : null;
  if (!isObject(value) || depth > deepest) return null;
  const found = Object.values(value).map((inner) => findItems(inner, depth + 1));
  return found.filter((items) => items !== null).sort((a, b) => b.length - a.length)[0] ?? null;
}

function quantitiesByCode(value: unknown): Line[] | null {
  if (!isObject(value)) return null;
  const entries = Object.entries(value);
  const isMap = entries.length > 0 && entries.every(([, quantity]) => typeof quantity === 'number');
  if (isMap) return toLines(entries.map(([code, quantity]) => [clean(code), cellOf(quantity)]));
  return isObject(Object.values(value)[0]) && entries.length === 1
    ? quantitiesByCode(Object.values(value)[0])
    : linesOf([value]);
}

function flatten(object: Record<string, unknown>, before = '', depth = 0): [string, string][] {
  return Object.entries(object).flatMap(([name, value]): [string, string][] =>
    isObject(value) && depth < 2
      ? flatten(value, `${before}${name}.`, depth + 1)
      : [[before + name, cellOf(value)]],
  );
}

const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return clean(value);
  return typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : JSON.stringify(value).slice(0, 500);
};

const toLines = (rows: string[][]): Line[] =>
  rows.flatMap((cells, index) =>
    cells.some((cell) => cell !== '') ? [{ row: index + 1, raw: cells.join('\t'), cells, part: 0 }] : [],
  );
