import { keysOf } from './catalogue.ts';
import type { Document } from './document.ts';
import { codeWords, isPriced } from './knownWord.ts';
import { readLoose } from './loose.ts';
import { allVariants } from './variants.ts';

/** Returns the keys of all texts of a document that may be codes. */
export function candidateKeys({ lines }: Document): Set<string> {
  const isTable = lines.filter(({ cells }) => cells.length > 1).length * 2 > lines.length;
  const keys = new Set<string>();
  for (const line of lines) {
    for (const code of [...line.cells, ...allVariants(line)]) for (const key of keysOf(code)) keys.add(key);
    if (isTable && line.cells.length > 1 && !isPriced(line)) continue;
    for (const { code } of readLoose(line.raw).interpretations) for (const key of keysOf(code)) keys.add(key);
    for (const word of codeWords(line.raw)) for (const key of keysOf(word)) keys.add(key);
  }
  return keys;
}
