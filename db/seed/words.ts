import type { OfferRecord } from './offers.ts';
import { byCodeUnit, parseCsv, sourceText } from './text.ts';

/** A name of an attribute, or a value that is a word, in Serbian. */
export interface Word {
  kind: 'name' | 'value';
  word: string;
  'word.sr': string;
}

/** Units and signs that are written alike in both languages. */
const UNITS = new Set(['bar', 'rpm']);

/** Returns the words of the catalogue's attributes, in the order of `source/words.csv`. */
export function makeWords(offers: readonly OfferRecord[]): Word[] {
  const names = new Set(offers.flatMap(({ attrs }) => Object.keys(attrs)));
  const values = new Set(offers.flatMap(({ attrs }) => Object.values(attrs).map(String)));
  const ranges = [...values].flatMap((word): Word[] => {
    const serbian = rangeInSerbian(word);
    return serbian === null ? [] : [{ kind: 'value', word, 'word.sr': serbian }];
  });
  const written = parseCsv(sourceText('words.csv'))
    .map((row): Word => ({
      kind: row.kind === 'name' ? 'name' : 'value',
      word: row.word!,
      'word.sr': row['word.sr']!,
    }))
    .filter(({ kind, word }) => (kind === 'name' ? names : values).has(word));
  return [...written, ...ranges.sort((a, b) => byCodeUnit(a.word, b.word))];
}

/** Returns "od -10 do +90 °C" for "-10 to +90 °C"; null for other texts. */
function rangeInSerbian(value: string): string | null {
  const [, low, high, unit] = /^([+-]?[\d.]+) to ([+-]?[\d.]+) (\p{L}{1,3}|°C)$/u.exec(value) ?? [];
  if (!low || !high) return null;
  return `od ${low.replace('.', ',')} do ${high.replace('.', ',')} ${unit}`;
}

/** Returns the names of attributes, and the values with a word, that lack Serbian. */
export function withoutSerbian(offers: readonly OfferRecord[], words: readonly Word[]): string[] {
  const known = new Set(words.map(({ kind, word }) => `${kind} ${word}`));
  const attributes = offers.flatMap(({ attrs }) => Object.entries(attrs));
  const wanted = attributes.flatMap(([name, value]) => [
    `name ${name}`,
    ...(hasWord(String(value)) ? [`value ${value}`] : []),
  ]);
  return [...new Set(wanted)].filter((each) => !known.has(each));
}

const hasWord = (value: string): boolean =>
  [...value.matchAll(/(?<![\p{L}\d])(?:\p{Ll}{3,}|to|at)(?!\p{L})/gu)].some(([word]) => !UNITS.has(word));
