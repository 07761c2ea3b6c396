import * as words from '../words/headings.ts';
import type { ColumnKind } from '../words/headings.ts';
import type { Line } from './delimited.ts';
import { readMeasured } from './quantity.ts';
import { countedIn, scaleNoteIn, withoutMultiple } from './scale.ts';
import { listed, wordsOf } from './text.ts';
import { vocabularyOf } from './vocabulary.ts';

/** What a heading says. */
export interface Heading {
  kind: ColumnKind;
  /** A quantity that is ordered now rather than any. */
  wanted: boolean;
  /** "Amount" may be a sum where another column is the quantity. */
  mayBeSum: boolean;
  /** Of a quantity, where it isn't pieces: "Qty (packs)", "Menge in Tsd", "Qty x100". */
  unit: string | null;
}

const wholes = new Map<string, ColumnKind>(
  Object.entries(words.wholeHeadings).flatMap(([kind, phrases]) =>
    listed(phrases).map((phrase) => [phrase, kind as ColumnKind] as const),
  ),
);
const stems = words.headingStems.map(([kind]) => kind);
const listsIn = vocabularyOf<ColumnKind | 'codeNumber' | 'codeNoun' | 'wanted' | 'aboutOrder'>(
  new Map([
    ...words.headingStems,
    ['aboutOrder', words.aboutOrderWords],
    ['codeNumber', words.codeNumberWords],
    ['codeNoun', words.codeNouns],
    ['code', words.codeStems],
    ['quantity', words.quantityStems],
    ['wanted', words.wantedStems],
    ['position', 'pos|position|line|row'],
  ]),
  ['codeNumber', 'position', 'aboutOrder'],
);

const cache = new Map<string, Heading | null>();
const mostCached = 5_000;

/** Reads a heading in any language of `words/headings.ts`; null if it isn't known. */
export function readHeading(cell: string): Heading | null {
  const cached = cache.get(cell);
  if (cached !== undefined) return cached;
  if (cache.size >= mostCached) cache.clear();
  const heading = cell.length > 80 ? null : readWords(cell);
  const isTitle = (heading?.kind === 'code' || heading?.kind === 'quantity') && hasNumber(cell);
  const read = isTitle || !heading ? null : explained(heading, cell);
  cache.set(cell, read);
  return read;
}

/**
 * Returns whether a cell is no heading of codes or quantities because of its number: "Order 2026-117" is a title, "10 pcs"
 * a quantity. Numbers that count headings ("Part number 1") or quantities ("Qty/100") don't matter.
 */
export const hasNumber = (cell: string): boolean =>
  /\d/.test(cell) && /\d/.test(withoutMultiple(cell).replace(/\s\d{1,2}$/, ''));

const saysQuantity = (heading: string): boolean => {
  const found = listsIn(heading);
  return found.has('quantity') || found.has('wanted');
};

/** Returns whether a cell begins with a word of quantities: "Qty (100/pack)" is a heading that isn't understood. */
export const beginsAsQuantity = (cell: string): boolean =>
  cell.length < 40 &&
  listsIn(wordsOf(cell).split(' ')[0] ?? '').has('quantity') &&
  readMeasured(cell) === null;

/** Returns what a line of its own says that all quantities of a list count: "All quantities in thousands". */
export function scaleOf(lines: readonly Line[]): string | null {
  const alone = lines
    .map(({ cells }) => cells.filter((cell) => cell !== ''))
    .filter(({ length }) => length === 1);
  const notes = alone
    .filter(([cell = '']) => cell.length <= 80)
    .map(([cell = '']) => scaleNoteIn(cell, (text) => listsIn(text).has('quantity')));
  return notes.find((scale) => scale !== null) ?? null;
}

const sums = new Set(['amount', 'amounts']);

const explained = (heading: Pick<Heading, 'kind' | 'wanted'>, cell: string): Heading => ({
  ...heading,
  mayBeSum: sums.has(wordsOf(cell)),
  unit:
    heading.kind === 'quantity'
      ? countedIn(cell, { isWhole: (text) => wholes.has(text), saysQuantity })
      : null,
});

/** Returns whether a text is a heading as it stands, rather than a text with such a word. */
export const isWholeHeading = (cell: string): boolean => wholes.has(wordsOf(cell));

function readWords(cell: string): Pick<Heading, 'kind' | 'wanted'> | null {
  // "Unit Price ($)", "Qty (pcs)": what is in brackets explains.
  const heading = wordsOf(cell.replace(/[([{].*?[)\]}]/gu, ' ')) || wordsOf(cell);
  if (heading === '' || /^\d+$/.test(heading)) return null;
  const whole = wholes.get(heading) ?? wholes.get(heading.replace(/ \d+$/, ''));
  if (whole) return { kind: whole, wanted: false };
  // "Qty/unit" is another thing.
  if (/^(?:quantity|order) (?:unit|uom)(?: code)?$/i.test(cell)) return { kind: 'unit', wanted: false };
  const found = listsIn(heading);
  if (found.has('codeNumber') && found.has('codeNoun') && !found.has('quantity'))
    return { kind: 'code', wanted: false };
  const stem = stems.find((kind) => found.has(kind));
  // "Kundenartikelnummer" isn't ours, but "Manufacturer part" is.
  const isOurs = found.has('codeNoun') && / (?:part|parts|pn|code|sku|mpn|artikel)\b/.test(` ${heading}`);
  if (stem) return { kind: stem === 'other' && isOurs ? 'code' : stem, wanted: false };
  if (found.has('position') && !found.has('quantity')) return { kind: 'position', wanted: false };
  if (found.has('wanted') && found.has('aboutOrder') && !found.has('quantity'))
    return { kind: 'other', wanted: false };
  if (found.has('quantity') || found.has('wanted')) return { kind: 'quantity', wanted: found.has('wanted') };
  if (found.has('code')) return { kind: 'code', wanted: false };
  return null;
}
