import { compactCode, findRanges, type TextRange } from '#server/platform/fold.ts';
import type { Word } from './rules.ts';

/** The number of words highlighted in names and codes. */
const markedWords = 20;

/** Returns the parts of a text that contain the words. */
export function marksIn(text: string, words: readonly Word[]): TextRange[] {
  return findRanges(
    text,
    words.slice(0, markedWords).map(({ readings }) => readings),
  );
}

/** Returns the parts of a code that contain the words, else its beginning that was typed without separators. */
export function marksInCode(code: string, words: readonly Word[]): TextRange[] {
  const marks = marksIn(code, words);
  return marks.length > 0 ? marks : compactBeginning(code, words);
}

function compactBeginning(code: string, words: readonly Word[]): TextRange[] {
  const key = compactCode(code);
  const lengths = words.flatMap(({ codes }) =>
    codes.filter((begun) => key.startsWith(begun)).map(({ length }) => length),
  );
  if (lengths.length === 0) return [];
  const longest = Math.max(...lengths);
  for (let to = 1; to <= code.length; to += 1) {
    if (compactCode(code.slice(0, to)).length >= longest) return [{ from: 0, to }];
  }
  return [];
}
