import { compareTexts } from './codes.ts';
import type { Grams } from './grams.ts';
import type { Postings } from './postings.ts';
import { Texts } from './texts.ts';

/** Signs that separate the words of a text. */
const signs = /[!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]+/;
const shortestWord = 3;
const longestWord = 30;

/** Letters of scripts with few: others can't be wrong ones. */
const letterLimit = 0x530;

const mostSimilar = 20;
const mostTwice = 5;
const leastSimilarity = 0.3;
const shortestBeginning = 5;
const shortestTwice = 6;

interface Dictionary {
  texts: Texts;
  grams: Grams;
  inText: Postings;
}

/** The words that occur, to find those that a misspelt one may have meant. */
export class NearWords {
  /** Those that are only parts of texts. */
  readonly #parts = new Texts();
  readonly #isLetter = new Uint8Array(letterLimit);
  #letters: string[] = [];

  /** Adds the words of a text. */
  addOf(text: string): void {
    for (const letter of text) {
      const code = letter.codePointAt(0) ?? 0;
      if (code >= letterLimit || this.#isLetter[code] === 1) continue;
      this.#isLetter[code] = 1;
      this.#letters.push(letter);
    }
    if (signs.test(text)) for (const word of wordsIn(text)) this.#parts.add(word);
  }

  /** Returns the words within one typo of a typed one, else those that begin so, else those within two typos. */
  similarTo(typed: string, dictionary: Dictionary): string[] {
    const letters = [...typed];
    const once = this.#withinOne(letters, dictionary);
    if (once.length > 0) return once;
    const begun = letters.length >= shortestBeginning ? beginningSo(letters, dictionary) : [];
    if (begun.length > 0 || letters.length < shortestTwice) return begun;
    return withinTwo(typed, dictionary);
  }

  get memory(): number {
    return this.#parts.memory;
  }

  #withinOne(letters: readonly string[], dictionary: Dictionary): string[] {
    const found = new Set<string>();
    const consider = (word: string) => {
      if (!found.has(word) && isWord(word) && this.#isKnown(word, dictionary)) found.add(word);
    };
    const text = (from: number, to?: number) => letters.slice(from, to).join('');
    for (let at = 0; at <= letters.length; at += 1) {
      const [before, from, after] = [text(0, at), text(at), text(at + 1)];
      if (at < letters.length) consider(before + after);
      if (at > 0 && at < letters.length) {
        consider(text(0, at - 1) + (letters[at] ?? '') + (letters[at - 1] ?? '') + after);
      }
      for (const letter of this.#letters) {
        if (at < letters.length) consider(before + letter + after);
        consider(before + letter + from);
      }
    }
    return [...found]
      .toSorted(
        (a, b) =>
          Number(b.startsWith(letters[0] ?? '')) - Number(a.startsWith(letters[0] ?? '')) ||
          Math.abs([...a].length - letters.length) - Math.abs([...b].length - letters.length) ||
          compareTexts(a, b),
      )
      .slice(0, mostSimilar);
  }

  #isKnown(word: string, { texts, inText }: Dictionary): boolean {
    const number = texts.numberOf(word);
    return (number >= 0 && inText.countOf(number) > 0) || this.#parts.numberOf(word) >= 0;
  }
}

/** Returns the words of a text, of which others may be misspellings. */
function wordsIn(text: string): string[] {
  return text.split(signs).filter(isWord);
}

function isWord(word: string): boolean {
  const { length } = [...word];
  return length >= shortestWord && length <= longestWord && !/^[0-9]*$/.test(word) && !signs.test(word);
}

/** Returns the words that begin with one within one typo of a typed one, whose first half is as typed. */
function beginningSo(letters: readonly string[], dictionary: Dictionary): string[] {
  const half = letters.slice(0, Math.floor((letters.length - 1) / 2)).join('');
  const found = new Set<string>();
  for (const word of liveWordsWith(half, dictionary)) {
    if (word.startsWith(half) && beginsWithinOne(letters, [...word])) found.add(word);
  }
  return [...found].toSorted((a, b) => a.length - b.length || compareTexts(a, b)).slice(0, mostSimilar);
}

function* liveWordsWith(part: string, { texts, grams, inText }: Dictionary): Iterable<string> {
  for (const number of grams.textsWith(part)) {
    if (inText.countOf(number) > 0) yield* wordsIn(texts.textOf(number));
  }
}

/** Returns whether a beginning of a word differs from what was typed by one typo at most. */
function beginsWithinOne(typed: readonly string[], word: readonly string[]): boolean {
  let at = 0;
  while (at < typed.length && typed[at] === word[at]) at += 1;
  const isSame = (from: number, inWord: number) =>
    typed.slice(from).every((letter, index) => letter === word[inWord + index]);
  if (at === typed.length) return word.length > typed.length;
  return (
    isSame(at + 1, at) ||
    (isSame(at + 1, at + 1) && word.length > at) ||
    isSame(at, at + 1) ||
    (typed[at] === word[at + 1] && typed[at + 1] === word[at] && isSame(at + 2, at + 2))
  );
}

/** Returns the words most alike by the share of common trigrams, as pg_trgm counts them. */
function withinTwo(typed: string, dictionary: Dictionary): string[] {
  const wanted = trigramsOf(typed);
  const { length } = [...typed];
  const scores = new Map<string, number>();
  for (const number of dictionary.grams.textsLike(typed)) {
    if (dictionary.inText.countOf(number) === 0) continue;
    for (const word of wordsIn(dictionary.texts.textOf(number))) {
      if (scores.has(word) || Math.abs([...word].length - length) > 2) continue;
      const own = trigramsOf(word);
      const common = [...own].filter((gram) => wanted.has(gram)).length;
      scores.set(word, common / (own.size + wanted.size - common));
    }
  }
  return [...scores]
    .filter(([, score]) => score >= leastSimilarity)
    .toSorted(([a, one], [b, other]) => other - one || compareTexts(a, b))
    .slice(0, mostTwice)
    .map(([word]) => word);
}

function trigramsOf(word: string): Set<string> {
  const letters = [...`  ${word} `];
  return new Set(letters.slice(2).map((letter, at) => `${letters[at]}${letters[at + 1]}${letter}`));
}
