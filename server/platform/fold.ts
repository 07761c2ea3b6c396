/**
 * Folding for search (spec A3): NFKC, lower case, Cyrillic to Serbian Latin, without diacritics, so that "resenje" finds
 * "rešenje" and "решење". đ matches both dj and d.
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
  // Serbian digraphs that Unicode also has as single characters.
  ǆ: 'dz',
  ǉ: 'lj',
  ǌ: 'nj',
  // Two code points for one letter: micro sign and mu, final and normal sigma.
  µ: 'μ',
  ς: 'σ',
};

/** By code unit: a search with a callback for each letter takes twice as long. */
const replacements: string[] = [];
for (const [letter, replaced] of Object.entries({ ...latin, ...cyrillic }))
  replacements[letter.charCodeAt(0)] = replaced;
const invisible = /\p{Cf}/gu;
// PostgreSQL can't store NUL; the others are invisible.
const control = /[\p{Cc}--[\t\n\v\f\r\x85]]/gv;

/** The number of đ in a word up to which all combinations are kept; beyond it all are read the same way. */
const maxReadings = 3;

function replaceLetters(text: string): string {
  let replaced = '';
  for (let at = 0; at < text.length; at += 1)
    replaced += replacements[text.charCodeAt(at)] ?? text.charAt(at);
  return replaced;
}

const isPlain = (text: string): boolean => /^[\t\n\r -~]*$/.test(text);

/** Folds, but keeps đ for `readings`. */
function foldKeepingDj(text: string): string {
  // Most codes are of ASCII, and lists have thousands of them.
  if (isPlain(text)) return text.toLowerCase();
  const lower = text
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .replace(invisible, '')
    .replace(control, '');
  // Replace before removing marks, so that й and ё don't become и and е, and again after it, when ѓ has become г.
  const replaced = replaceLetters(lower);
  if (isPlain(replaced)) return replaced;
  return replaceLetters(replaced.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFKC'));
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

/** Folds with đ as dj, for sorting and codes. Collapses spaces. */
export function fold(text: string): string {
  return collapseSpaces(foldKeepingDj(text).replaceAll('đ', 'dj'));
}

/** Returns the text to search in: folded with đ as dj, followed by other readings of words with đ. */
export function foldForIndex(text: string): string {
  const folded = collapseSpaces(foldKeepingDj(text));
  if (!folded.includes('đ')) return folded;
  const others = folded
    .split(' ')
    .filter((word) => word.includes('đ'))
    .flatMap((word) => readings(word).slice(1));
  return [folded.replaceAll('đ', 'dj'), ...new Set(others)].join(' ');
}

/** Returns the readings of each word, one of which must be contained ("đak": "djak" or "dak"). */
export function foldQuery(text: string): string[][] {
  const words = collapseSpaces(foldKeepingDj(text)).split(' ').filter(Boolean);
  return [...new Set(words)].map(readings);
}

/**
 * Returns hashes (15 bits) of a folded text's characters and pairs, ascending. They index what trigrams can't: words of
 * one or two characters or of signs only. Hashes may collide, so matches must be rechecked.
 */
export function shortGrams(folded: string): number[] {
  const grams = new Set<number>();
  let before: number | null = null;
  for (const letter of folded) {
    const single = letter === ' ' ? null : (letter.codePointAt(0) ?? 0);
    if (single !== null) grams.add(single & 0x7fff);
    if (single !== null && before !== null) grams.add((before * 181 + single) & 0x7fff);
    before = single;
  }
  return [...Uint16Array.from(grams).sort()];
}

/** A range of a text in UTF-16 code units, `to` excluded. */
export interface TextRange {
  from: number;
  to: number;
}

/** Returns where a text contains any of the words, in order and without overlaps. */
export function findRanges(text: string, words: readonly string[][]): TextRange[] {
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
  return inOrder.reduce<TextRange[]>((apart, range) => {
    const last = apart.at(-1);
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else apart.push({ ...range });
    return apart;
  }, []);
}

/** Folds a text letter by letter. `starts`: the original index by index in `folded`. */
function foldByLetter(text: string, reading: string): { folded: string; starts: number[] } {
  const starts: number[] = [];
  if (isPlain(text)) {
    for (let at = 0; at < text.length; at += 1) starts.push(at);
    return { folded: text.toLowerCase(), starts };
  }
  let folded = '';
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

function collapseSpaces(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

// The same set as in the SQL function compact_code(): spaces, punctuation, symbols, invisible marks.
const separatorRanges = [
  '0001-002f',
  '003a-0040',
  '005b-0060',
  '007b-00a9',
  '00ab-00b4',
  '00b6-00b9',
  '00bb-00bf',
  '00d7',
  '00f7',
  '02b0-036f',
  '2000-20cf',
  '2190-2bff',
  '3000-303f',
  'fe00-fe6f',
  'feff',
  'ff01-ff0f',
  'ff1a-ff20',
];
const separators = new RegExp(
  `[${separatorRanges.map((range) => range.replace(/[0-9a-f]{4}/g, '\\u$&')).join('')}]`,
  'g',
);

/**
 * Returns the key by which codes are compared: folded, full-width signs as plain ones, without separators and invisible
 * marks. "ISM18F8" is the key of "IS-M18/F8" too. `compact_code(code)` returns it in SQL for folded codes.
 */
export function compactCode(code: string): string {
  if (isPlain(code)) return code.toLowerCase().replace(/[^a-z0-9]+/g, '');
  return compactFolded(fold(code));
}

/** Returns the key of a folded code. */
export const compactFolded = (code: string): string => code.replace(separators, '');

const [foreign, plainLetters] = [
  'АВЕКМНОРСТУХЅІЈавекмнорстухѕіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧ',
  'ABEKMHOPCTYXSIJabekmhopctyxsijABEZHIKMNOPTYX',
];
const lookAlikes = new Map([...foreign].map((letter, at) => [letter, plainLetters.charAt(at)]));

/**
 * Returns a text with Cyrillic and Greek letters read as the Latin ones that they look like ("4х25" typed with a Cyrillic
 * х); null if there are none, or others too.
 */
export function asLatin(text: string): string | null {
  if (isPlain(text)) return null;
  const plain = text.normalize('NFKC');
  const latin = plain.replace(/[\u0370-\u052f]/gu, (letter) => lookAlikes.get(letter) ?? letter);
  return latin === plain || /[\u0370-\u052f]/u.test(latin) ? null : latin;
}

/** Returns the keys by which a typed code may be found, the best first: also of its Latin look-alike. */
export function compactKeys(code: string): string[] {
  const latin = asLatin(code);
  const keys = latin === null ? [compactCode(code)] : [...new Set([code, latin].map(compactCode))];
  return keys.filter(Boolean);
}
