import { codeNouns, headingStems, quantityStems, wantedStems, wholeHeadings } from '../words/headings.ts';
import { listed, wordsOf } from './text.ts';

export interface Decoded {
  text: string;
  encoding: string;
}

/** Code page 852 ("Latin 2" of DOS) from 0x80, which `TextDecoder` doesn't know. */
const cp852 =
  'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0';

const singleBytes = [
  'windows-1250',
  'windows-1252',
  'windows-1251',
  'iso-8859-2',
  'ibm852',
  'koi8-r',
  'ibm866',
];
const shown = 3;

/**
 * Returns how a text file may be read, the most plausible first; only one if its encoding is certain. The catalogue
 * decides between the others: by the codes that it knows.
 */
export function decode(bytes: Uint8Array): Decoded[] {
  if (begins(bytes, [0xff, 0xfe])) return [by(bytes, 'utf-16le')];
  if (begins(bytes, [0xfe, 0xff])) return [by(bytes, 'utf-16be')];
  const halves = zeroHalves(bytes);
  if (halves) return [by(bytes, halves)];
  try {
    return [{ text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }];
  } catch {
    const plausible = singleBytes
      .map((encoding) => by(bytes, encoding))
      .map((decoded) => ({ decoded, score: plausibility(decoded.text) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, shown)
      .map(({ decoded }) => decoded);
    // Most Western texts are the same in both.
    const western = by(bytes, 'windows-1252');
    return plausible.map((one) =>
      one.encoding === 'windows-1250' && one.text === western.text ? western : one,
    );
  }
}

/** Without a byte order mark, UTF-16 shows by the zero half of every Latin letter. */
function zeroHalves(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const start = bytes.subarray(0, 400);
  if (start.length < 4) return null;
  const zeros = [0, 1].map((half) => start.filter((byte, index) => index % 2 === half && byte === 0).length);
  const [high = 0, low = 0] = zeros;
  if (low > start.length / 5 && high === 0) return 'utf-16le';
  return high > start.length / 5 && low === 0 ? 'utf-16be' : null;
}

const begins = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);

function by(bytes: Uint8Array, encoding: string): Decoded {
  if (encoding !== 'ibm852') return { text: new TextDecoder(encoding).decode(bytes), encoding };
  const letters = [...bytes].map((byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : (cp852[byte - 0x80] ?? ''),
  );
  return { text: letters.join(''), encoding };
}

const known = new Set(
  [
    ...Object.values(wholeHeadings),
    ...headingStems.map(([, words]) => words),
    quantityStems,
    wantedStems,
    codeNouns,
  ]
    .flatMap(listed)
    .flatMap((phrase) => phrase.split(' '))
    .filter((word) => word.length > 2),
);
/** Letters that people of the region write; others of an encoding are rare. */
const usual = new Set(
  'čšžćđČŠŽĆĐáéíóúýěřůňťďľĺŕôäÁÉÍÓÚÝĚŘŮŇŤĎĽąęłńśźżĄĘŁŃŚŹŻőűöüŐŰÖÜßăâîșțşţĂÂÎŞŢèêëàâçùûïœñãõåøæÅØÆÄ€°µ×²³–—„“”’»«±§',
);

/** Scores a text by its words: known headings, scripts that don't mix, letters that are usual. */
function plausibility(text: string): number {
  let score = 0;
  for (const [word] of text.slice(0, 20_000).matchAll(/[^\s;,|"'()]+/gu)) {
    if (!/[\u0080-\uffff]/.test(word)) continue;
    const letters = [...word].filter((letter) => letter > '\u007f');
    const cyrillic = letters.filter((letter) => /\p{Script=Cyrillic}/u.test(letter)).length;
    if (
      wordsOf(word)
        .split(' ')
        .some((part) => known.has(part))
    )
      score += 8;
    score += letters.filter((letter) => usual.has(letter)).length * 0.5;
    score -= letters.filter((letter) => !/[\p{L}€°µ×²³–—„“”’»«±§\u00a0]/u.test(letter)).length * 3;
    if (cyrillic > 0 && /[a-z]/iu.test(word)) score -= 4;
    else if (cyrillic > 0) score += cyrillic === letters.length ? cyrillicCase(word) : -4;
    else if (letters.length > 1 && !/[a-z]/iu.test(word)) score -= letters.length;
    if (/\p{Ll}\p{Lu}/u.test(word)) score -= 2;
  }
  return score;
}

// KOI8-R and windows-1251 look like each other with cases swapped.
const cyrillicCase = (word: string): number =>
  /^\p{Ll}+\p{Lu}|^\p{Lu}\p{Lu}*\p{Ll}*$|^\p{Ll}+$/u.test(word) ? 2 : 1;
