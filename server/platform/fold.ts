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

const latin: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', ø: 'o', æ: 'ae', œ: 'oe', ı: 'i', µ: 'μ' };

const replaced = new RegExp(`[${Object.keys(cyrillic).join('')}${Object.keys(latin).join('')}]`, 'gu');
const invisible = /[\u200b-\u200d\u2060\ufeff\u00ad]/gu;

/** Folded, but with đ left in: what both variants are made from. */
function foldKeepingDj(text: string): string {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .replace(invisible, '')
      // Before the marks go: й and ё would otherwise lose theirs and become и and е.
      .replace(replaced, (letter) => cyrillic[letter] ?? latin[letter] ?? letter)
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .normalize('NFC')
  );
}

/** One folding, đ as dj; spaces squeezed. For ordering and for codes. */
export function fold(text: string): string {
  return squeeze(foldKeepingDj(text).replaceAll('đ', 'dj'));
}

/** What is looked into: the folded text, and words with đ once more with d. */
export function foldForIndex(text: string): string {
  const folded = squeeze(foldKeepingDj(text));
  if (!folded.includes('đ')) return folded;
  const withD = folded.split(' ').filter((word) => word.includes('đ'));
  return [folded.replaceAll('đ', 'dj'), ...withD.map((word) => word.replaceAll('đ', 'd'))].join(' ');
}

/** The entered words, each as the variants of which one must be contained ("đak": "djak" or "dak"). */
export function foldQuery(text: string): string[][] {
  const words = squeeze(foldKeepingDj(text)).split(' ').filter(Boolean);
  return [...new Set(words)].map((word) =>
    word.includes('đ') ? [word.replaceAll('đ', 'dj'), word.replaceAll('đ', 'd')] : [word],
  );
}

function squeeze(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
