import * as words from '../words/headings.ts';
import type { ColumnKind } from '../words/headings.ts';
import { unitOf } from './quantity.ts';
import { listed, wordsOf } from './text.ts';

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
const stems = words.headingStems.map(([kind, list]) => [kind, matcher(list)] as const);
const isCodeNumber = matcher(words.codeNumberWords, true);
const isCodeNoun = matcher(words.codeNouns);
const isCode = matcher(words.codeStems);
const isQuantity = matcher(words.quantityStems);
const isWanted = matcher(words.wantedStems);
const isPosition = matcher('pos|position|line|row', true);

/** Returns a test for any of these words in a heading; those of five letters or more also as part of a word. */
function matcher(list: string, whole = false): (heading: string) => boolean {
  const all = listed(list);
  const long = whole ? [] : all.filter((word) => word.length >= 5);
  const spaced = all.map((word) => ` ${word} `);
  return (heading) => {
    const padded = ` ${heading} `;
    return spaced.some((word) => padded.includes(word)) || long.some((word) => heading.includes(word));
  };
}

const cache = new Map<string, Heading | null>();
const mostCached = 5_000;

/** Reads a heading in any language of `words/headings.ts`; null if it isn't known. */
export function readHeading(cell: string): Heading | null {
  const cached = cache.get(cell);
  if (cached !== undefined) return cached;
  if (cache.size >= mostCached) cache.clear();
  const heading = cell.length > 80 ? null : readWords(cell);
  // Numbers in a heading count ("Part number 1"). "Order 2026-117" is a title, "10 pcs" a quantity.
  const isTitle =
    /\d/.test(cell.replace(/\s\d{1,2}$/, '').replace(multiple, '')) &&
    (heading?.kind === 'code' || heading?.kind === 'quantity');
  const read = isTitle || !heading ? null : explained(heading, cell);
  cache.set(cell, read);
  return read;
}

/** "x100", "(1000)", "[x 10]" at the end of a heading. */
const multiple = /\s*(?:[x×*]\s?|[([][x×*]?\s?)(1[\d.,]*0)[)\]]?$/iu;
const sums = new Set(['amount', 'amounts']);

function explained(heading: Pick<Heading, 'kind' | 'wanted'>, cell: string): Heading {
  return {
    ...heading,
    mayBeSum: sums.has(wordsOf(cell)),
    unit: heading.kind === 'quantity' ? unitIn(cell) : null,
  };
}

/** Returns the unit in brackets or at the end of a heading of quantities; null if it is pieces or none. */
function unitIn(cell: string): string | null {
  const times = multiple.exec(cell)?.[1];
  if (times !== undefined) return times;
  const inBrackets = /[([{](.*?)[)\]}]/u.exec(cell)?.[1];
  const words = wordsOf(cell).split(' ');
  const said = inBrackets ?? (words.length > 1 ? (words.at(-1) ?? '') : '');
  const unit = unitOf(said.replace(/^(?:in|u|v|w|en)\s+/iu, ''));
  return unit === 'piece' ? null : unit;
}

/** Returns whether a text is a heading as it stands, rather than a text with such a word. */
export const isWholeHeading = (cell: string): boolean => wholes.has(wordsOf(cell));

function readWords(cell: string): Pick<Heading, 'kind' | 'wanted'> | null {
  const full = wordsOf(cell);
  // "Unit Price ($)", "Qty (pcs)": what is in brackets explains.
  const heading = wordsOf(cell.replace(/[([{].*?[)\]}]/gu, ' ')) || full;
  if (heading === '' || /^\d+$/.test(heading)) return null;
  const whole = wholes.get(heading) ?? wholes.get(heading.replace(/ \d+$/, ''));
  if (whole) return { kind: whole, wanted: false };
  if (isCodeNumber(heading) && isCodeNoun(heading) && !isQuantity(heading))
    return { kind: 'code', wanted: false };
  for (const [kind, matches] of stems) {
    if (!matches(heading)) continue;
    // "Kundenartikelnummer" isn't ours, but "Manufacturer part" is.
    if (
      kind === 'other' &&
      isCodeNoun(heading) &&
      / (?:part|parts|pn|code|sku|mpn|artikel)\b/.test(` ${heading}`)
    )
      return { kind: 'code', wanted: false };
    return { kind, wanted: false };
  }
  const [quantity, wanted] = [isQuantity(heading), isWanted(heading)];
  if (isPosition(heading) && !quantity) return { kind: 'position', wanted: false };
  if (quantity || wanted) return { kind: 'quantity', wanted };
  if (isCode(heading)) return { kind: 'code', wanted: false };
  return null;
}
