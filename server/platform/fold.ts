/**
 * Folding for search (spec A3): Unicode NFC, lower case, Cyrillic by its Serbian Latin values, marks removed; so that
 * "resenje" finds "rešenje" and "решење". đ stands for both dj and d.
 */
const cyrillic: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  ђ: 'đ',
  е: 'e',
  ё: 'e',
  є: 'je',
  ж: 'z',
  з: 'z',
  и: 'i',
  і: 'i',
  ї: 'ji',
  й: 'j',
  ј: 'j',
  к: 'k',
  л: 'l',
  љ: 'lj',
  м: 'm',
  н: 'n',
  њ: 'nj',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  ћ: 'c',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'c',
  ч: 'c',
  џ: 'dz',
  ш: 's',
  щ: 'sc',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'ju',
  я: 'ja',
};

const latin: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  // The letters of Serbian Latin that Unicode also has as one character.
  ǆ: 'dz',
  ǉ: 'lj',
  ǌ: 'nj',
  // One sign, two code points: micro and mu; a sigma at the end of a word.
  µ: 'μ',
  ς: 'σ',
};

const replaced = new RegExp(`[${Object.keys(cyrillic).join('')}${Object.keys(latin).join('')}]`, 'gu');
const invisible = /[\u200b-\u200d\u2060\ufeff\u00ad]/gu;
// PostgreSQL's texts can't hold NUL, and nobody can see or type the rest.
const control = /[\p{Cc}--[\t\n\v\f\r\x85]]/gv;

/** Most đ in one word of which every reading is kept; beyond it all are read alike. */
const maxReadings = 3;

function replaceLetters(text: string): string {
  return text.replace(replaced, (letter) => cyrillic[letter] ?? latin[letter] ?? letter);
}

/** Folded, but with đ left in: what its readings are made from. */
function foldKeepingDj(text: string): string {
  const lower = text
    .toWellFormed()
    .normalize('NFC')
    .toLowerCase()
    .replace(invisible, '')
    .replace(control, '');
  // Once before the marks go (й and ё would lose theirs and become и and е), once after (ѓ becomes г by losing its).
  return replaceLetters(replaceLetters(lower).normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC'));
}

/** Returns the ways to read a folded word's đ, dj first: "đak" is "djak" and "dak". */
function readings(word: string): string[] {
  const parts = word.split('đ');
  if (parts.length - 1 > maxReadings) return [parts.join('dj'), parts.join('d')];
  return parts.reduce<string[]>(
    (begun, part, index) =>
      index === 0 ? [part] : ['dj', 'd'].flatMap((reading) => begun.map((start) => start + reading + part)),
    [],
  );
}

/** One folding, đ as dj; spaces squeezed. For ordering and for codes. */
export function fold(text: string): string {
  return squeeze(foldKeepingDj(text).replaceAll('đ', 'dj'));
}

/** What is looked into: the folded text with đ as dj, and at its end the other readings of words with đ. */
export function foldForIndex(text: string): string {
  const folded = squeeze(foldKeepingDj(text));
  if (!folded.includes('đ')) return folded;
  const others = folded
    .split(' ')
    .filter((word) => word.includes('đ'))
    .flatMap((word) => readings(word).slice(1));
  return [folded.replaceAll('đ', 'dj'), ...new Set(others)].join(' ');
}

/** Returns the entered words, each as the readings of which one must be contained ("đak": "djak" or "dak"). */
export function foldQuery(text: string): string[][] {
  const words = squeeze(foldKeepingDj(text)).split(' ').filter(Boolean);
  return [...new Set(words)].map(readings);
}

/**
 * Returns the single characters and pairs of neighbours in each word of a folded text, as numbers, ascending. They
 * index what trigrams can't: entered words of one or two characters, or of signs only. Two pairs may share a number,
 * so a match is looked at again.
 */
export function shortGrams(folded: string): number[] {
  const grams = new Set<number>();
  for (const word of folded.split(' ')) {
    const letters = [...word];
    for (const [index, letter] of letters.entries()) {
      const single = letter.codePointAt(0) ?? 0;
      const next = letters[index + 1]?.codePointAt(0);
      grams.add(single & 0x7fff);
      if (next !== undefined) grams.add((single * 181 + next) & 0x7fff);
    }
  }
  return [...grams].sort((a, b) => a - b);
}

/** A stretch of a text, in UTF-16 code units from `from` up to `to`. */
export interface Stretch {
  from: number;
  to: number;
}

/** Returns where a text shows any of the entered words, in order and apart from each other. */
export function stretchesOf(text: string, words: readonly string[][]): Stretch[] {
  const wanted = words.flat();
  const variants = /[đђ]/iu.test(text) ? ['dj', 'd'] : ['dj'];
  const found = variants.flatMap((reading) => {
    const { folded, starts } = foldByLetter(text, reading);
    return wanted.flatMap((word) =>
      occurrences(folded, word).map((at) => ({
        from: starts[at] ?? 0,
        to:
          starts.find((start, index) => index >= at + word.length && start > (starts[at] ?? 0)) ??
          text.length,
      })),
    );
  });
  const inOrder = found.toSorted((a, b) => a.from - b.from || b.to - a.to);
  return inOrder.reduce<Stretch[]>((apart, stretch) => {
    const last = apart.at(-1);
    if (last && stretch.from <= last.to) last.to = Math.max(last.to, stretch.to);
    else apart.push({ ...stretch });
    return apart;
  }, []);
}

/** Returns a text folded letter by letter: the text, and for each place in it where its letter began. */
function foldByLetter(text: string, reading: string): { folded: string; starts: number[] } {
  let folded = '';
  const starts: number[] = [];
  for (const { 0: letter, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    const plain = letter.length === 1 && letter < '\u0080' && letter >= ' ';
    const part = plain ? letter.toLowerCase() : foldKeepingDj(letter).replaceAll('đ', reading);
    for (let place = 0; place < part.length; place += 1) starts.push(index);
    folded += part;
  }
  return { folded, starts };
}

function occurrences(text: string, part: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) places.push(at);
  return places;
}

function squeeze(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
