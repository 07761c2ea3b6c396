import { asLatin, compactKeys, foldQuery } from '#server/platform/fold.ts';
import type { Word } from './rules.ts';

/** Codes this short are compared only as they are written. In signs without separators. */
const shortestCode = 5;
const longestCode = 200;

/** Neighbouring words that may be one code, as in "BVBR G1". */
const wordsOfCode = 5;
/** The number of words whose other spellings are tried. */
const mostWords = 20;
const mostReadings = 8;

/** What stands for a sign in other spellings, both ways. */
const spellings: readonly (readonly [RegExp, string])[] = [
  // Dashes of a word processor.
  [/[\u2010-\u2015\u2212]/gu, '-'],
  [/×/gu, 'x'],
  [/(?<=\d)x(?=\d)/gu, '×'],
  // German without umlauts.
  [/ae/gu, 'a'],
  [/oe/gu, 'o'],
  [/ue/gu, 'u'],
];
const umlauts: readonly (readonly [RegExp, string])[] = [
  [/ä/giu, 'ae'],
  [/ö/giu, 'oe'],
  [/ü/giu, 'ue'],
];

/**
 * Returns the words of a text that no product contains as typed, with their other spellings: without umlauts, with other
 * dashes, Latin look-alikes, and as codes without separators, alone or together with their neighbours.
 */
export function looserWords(text: string): Word[] {
  const typed = text.normalize('NFKC').split(/\s+/u).filter(Boolean).slice(0, mostWords);
  const words = typed.map((word): Word => ({ readings: readingsOf(word), codes: compactCodes(word) }));
  for (let from = 0; from < typed.length; from += 1) {
    for (let to = from + 2; to <= Math.min(from + wordsOfCode, typed.length); to += 1) {
      const codes = compactCodes(typed.slice(from, to).join(''));
      for (const word of words.slice(from, to)) word.codes.push(...codes);
    }
  }
  const rest = text.normalize('NFKC').split(/\s+/u).filter(Boolean).slice(mostWords).join(' ');
  const further = foldQuery(rest).map((readings): Word => ({ readings, codes: [] }));
  return [...words, ...further].filter(({ readings }) => readings.length > 0);
}

/** Returns the forms of a code without separators; none for a text that is too short or long for one. */
export function compactCodes(typed: string): string[] {
  return compactKeys(typed).filter((code) => code.length >= shortestCode && code.length <= longestCode);
}

function readingsOf(word: string): string[] {
  const written = umlauts.reduce((text, [sign, replaced]) => text.replace(sign, replaced), word);
  const shapes = [word, asLatin(word) ?? word, written].flatMap((shape) => foldQuery(shape).flat());
  const found = new Set(shapes);
  for (const [sign, replaced] of spellings) {
    for (const reading of [...found]) found.add(reading.replace(sign, replaced));
  }
  return [...found].filter(Boolean).slice(0, mostReadings);
}
