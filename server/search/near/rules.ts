import { containing, type Word } from '../rules.ts';

const shortestWord = 3;
/** Longer words aren't kept. */
const longestWord = 30;
/** The number of words compared, the longest. */
const comparedWords = 5;

/** From this length on, the beginning of a word is enough, and two typos are forgiven. */
const shortestBeginning = 5;
const shortestTwice = 6;

/** A typed word without signs, with LIKE patterns of all words that differ from it by one typo. */
export interface Misspelt {
  word: string;
  /** Pattern of texts that contain it. */
  contained: string;
  /**
   * Ends of the word around the typo: one typo leaves at least one of them as it is, also if it exchanges the letters
   * where they meet.
   */
  beginning: string;
  ending: string;
  /** Words with a letter less, or with two letters exchanged. */
  others: string[];
  /** Patterns of words with another letter, or one more. */
  patterns: string[];
  /** Whether longer words that begin so are similar, too. */
  isBeginning: boolean;
  /** Whether words with two typos are similar, too. */
  isForgivenTwice: boolean;
}

/** Returns the words to find similar ones of. Only the first reading of each, which is as typed. */
export function misspeltWords(words: readonly Word[]): Misspelt[] {
  const parts = words.flatMap(({ readings: [typed = ''] }) => typed.split(/[^\p{L}\p{N}]+/u));
  return [...new Set(parts)]
    .filter((part) => [...part].length >= shortestWord && [...part].length <= longestWord)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, comparedWords)
    .map(misspelt);
}

function misspelt(word: string): Misspelt {
  const letters = [...word];
  const half = Math.floor((letters.length - 1) / 2);
  const text = (from: number, to?: number) => letters.slice(from, to).join('');
  const places = letters.map((_, at) => at);
  const shorter = places.map((at) => text(0, at) + text(at + 1));
  const exchanged = places
    .slice(1)
    .map((at) => text(0, at - 1) + text(at, at + 1) + text(at - 1, at) + text(at + 1));
  const other = places.map((at) => `${text(0, at)}_${text(at + 1)}`);
  const longer = [...places, letters.length].map((at) => `${text(0, at)}_${text(at)}`);
  return {
    word,
    contained: containing(word),
    beginning: text(0, half),
    ending: text(half + 1),
    others: [...new Set([...shorter, ...exchanged])],
    patterns: [...other, ...longer],
    isBeginning: letters.length >= shortestBeginning,
    isForgivenTwice: letters.length >= shortestTwice,
  };
}
