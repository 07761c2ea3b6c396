import { readHeading } from './headings.ts';
import { readMeasured } from './quantity.ts';
import { clean, plain } from './text.ts';
import { isUnread } from './unread.ts';

/** One way to read a line without columns. */
export interface Interpretation {
  code: string;
  /** As written; empty if there is none. */
  quantity: string;
  /** What makes the number a quantity: a unit, "x", brackets, a colon. A bare number may be a position or a part of the code. */
  marked: boolean;
  /** The quantity comes before the code. */
  first: boolean;
}

/** A line that may hold a code with a quantity. */
export interface LooseLine {
  text: string;
  /** The number of a numbered list, which is no quantity. */
  ordinal: number | null;
  interpretations: Interpretation[];
}

// A longer line can't be a code with a quantity; it is only tried as one code.
const longest = 500;
const mostTokens = 5;
const mostCells = 8;

const bullet = /^(?:[-*\u2022\u00b7\u2023\u25e6\u25aa\u25cf\u25cb\u00bb>\u2192]+\s+|\(?(\d{1,3})[.)]\s+)/u;

/** Returns all ways to read a line: "10 x ABC", "ABC (7)", "qty 4 ABC", "ABC – 5 pcs", "1. ABC, 10 m". */
export function readLoose(raw: string): LooseLine {
  const shown = clean(raw);
  if (shown.length > longest) return { text: shown, ordinal: null, interpretations: [none(shown)] };
  const text = plain(shown);
  const [marker = '', number] = bullet.exec(text) ?? [];
  const rest = text
    .slice(marker.length)
    .replace(/[.;,]+$/u, '')
    .trim();
  const whole = [shown, text, rest, unquoted(rest)].map(none);
  const ordinal = number === undefined ? null : Number(number);
  const found = [...whole, ...byTokens(rest), ...glued(rest), ...byCells(rest, raw)];
  return { text: rest, ordinal, interpretations: distinct(found) };
}

const none = (code: string): Interpretation => ({ code, quantity: '', marked: false, first: false });
const unquoted = (text: string): string => text.replace(/^["'“„](.*)["'”“]$/u, '$1');

const leading = /^(?:[-:=@|,;*×x]\s*|(?:of|von|de|di|od|na|à)\s+)/iu;
const trailing = /(?:\s*[:=@|,;(]|\s+[-*×x]|\s*\.{2,}|\s+\.|\s*(?:→|->|=>))$/iu;

/** Splits between words: the quantity is at the end or at the beginning. */
function byTokens(text: string): Interpretation[] {
  const tokens = text.split(' ');
  const found: Interpretation[] = [];
  for (let count = 1; count <= Math.min(mostTokens, tokens.length - 1); count += 1) {
    const last = split(tokens.slice(0, -count).join(' '), tokens.slice(-count).join(' '), false);
    const first = split(tokens.slice(count).join(' '), tokens.slice(0, count).join(' '), true);
    found.push(...last, ...first);
  }
  return found;
}

function split(rest: string, part: string, first: boolean): Interpretation[] {
  const quantity = first
    ? part.replace(trailing, '')
    : part.replace(/^[-:=@|,;*×]\s+|^[xX]\s+|^[:=@|,;]/u, '');
  const code = first ? stripped(rest, leading) : stripped(rest, trailing);
  const measured = readMeasured(quantity);
  if (!measured || code === '') return [];
  const joined = first ? rest !== code || quantity !== part : quantity !== part || rest !== code;
  const marked = joined || measured.unit !== null || !/^[+-]?[\d.,'’ ]+$/u.test(quantity);
  return [
    { code: unquoted(code), quantity, marked, first },
    ...(code === rest ? [] : [{ code: unquoted(rest), quantity, marked, first }]),
  ];
}

function stripped(text: string, edge: RegExp): string {
  const shorter = text.replace(edge, '').trim();
  return shorter === text || shorter === '' ? text : stripped(shorter, edge);
}

/** "6306x5", "3*ABC", "ABC:7", "ABC=7": no blanks around the sign. */
function glued(text: string): Interpretation[] {
  const [, before, count] = /^(.+?)\s*[x×*:=]\s*(\d{1,9})$/iu.exec(text) ?? [];
  const [, number, after] = /^(\d{1,9})\s*[x×*]\s*(.+)$/iu.exec(text) ?? [];
  const [, code, inBrackets] = /^(.+?)\s*[([]([^()[\]]{1,30})[)\]]$/u.exec(text) ?? [];
  const found: Interpretation[] = [];
  if (before !== undefined && count !== undefined)
    found.push({ code: before.trim(), quantity: count, marked: true, first: false });
  if (number !== undefined && after !== undefined)
    found.push({ code: after.trim(), quantity: number, marked: true, first: true });
  if (code !== undefined && inBrackets !== undefined && readMeasured(inBrackets))
    found.push({ code: code.trim(), quantity: inBrackets, marked: true, first: false });
  return found;
}

/** "ABC; Ball bearing; 10 pcs", "ABC - Ball bearing - 10 pcs": one part is the code, one the quantity. */
function byCells(text: string, raw: string): Interpretation[] {
  const found: Interpretation[] = [];
  for (const separator of [/\t/u, /;/u, /,/u, /\s+-\s+|:\s+|,\s+|;\s*|\|/u]) {
    const source = separator.source === '\\t' ? raw : text;
    const cells = source
      .split(separator)
      .map((cell) =>
        plain(clean(cell))
          .replace(/^"(.*)"$/u, '$1')
          .replaceAll('""', '"'),
      )
      .filter(Boolean);
    if (cells.length < 2 || cells.length > mostCells) continue;
    for (const [at, code] of cells.entries()) {
      const others = cells.toSpliced(at, 1);
      const numbers = others
        .map((cell) => ({ cell, measured: readMeasured(cell) }))
        .filter(({ measured }) => measured);
      const measured = numbers.filter(({ measured: one }) => one?.unit);
      const whole = numbers.filter(({ measured: one }) => typeof one?.quantity === 'number');
      const choice = measured.length > 0 ? measured : whole.length > 0 ? whole : numbers;
      const values = new Set(choice.map(({ measured: one }) => one?.quantity));
      const texts = others.filter((cell) => !readMeasured(cell));
      // Another short part may be a variant of the code: "6206, 2RS, 10 pcs".
      if (texts.some((cell) => !/\p{L}{4}/u.test(cell) && !readHeading(cell))) continue;
      if (numbers.length === 0 && texts.some((cell) => isUnread(cell, code))) continue;
      const quantity =
        values.size === 1 ? (choice[0]?.cell ?? '') : choice.map(({ cell }) => cell).join(' / ');
      const first = others.indexOf(choice[0]?.cell ?? '') < at && at > 0;
      found.push({ code, quantity, marked: measured.length === 1, first });
    }
  }
  return found;
}

function distinct(all: readonly Interpretation[]): Interpretation[] {
  const kept = new Map<string, Interpretation>();
  for (const one of all) {
    if (one.code === '') continue;
    const key = `${one.code}\n${one.quantity}`;
    const known = kept.get(key);
    kept.set(key, known ? { ...known, marked: known.marked || one.marked } : one);
  }
  return [...kept.values()];
}
