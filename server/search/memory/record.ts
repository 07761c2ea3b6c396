/*
 * What a product's texts consist of, in few bytes: the numbers of its name's words in their order, then those of its other
 * words, ascending, each as the difference to the one before it.
 */

let buffer = new Uint8Array(4_096);

/** Returns the bytes, valid until the next call. */
export function encodeWords(inName: readonly number[], others: readonly number[]): Uint8Array {
  const most = 5 * (inName.length + others.length + 1);
  if (buffer.length < most) buffer = new Uint8Array(2 * most);
  let at = write(0, inName.length);
  for (const word of inName) at = write(at, word);
  let before = 0;
  for (const word of others) {
    at = write(at, word - before);
    before = word;
  }
  return buffer.subarray(0, at);
}

function write(at: number, value: number): number {
  let [place, rest] = [at, value];
  for (; rest >= 0x80; rest >>>= 7) {
    buffer[place] = (rest & 0x7f) | 0x80;
    place += 1;
  }
  buffer[place] = rest;
  return place + 1;
}

export interface ProductWords {
  /** In their order, with repetitions. */
  inName: number[];
  /** Those that are not in the name, ascending. */
  others: number[];
}

/** Reads the words; without `others`, only those of the name. */
export function decodeWords(chunk: Uint8Array, from: number, length: number, others = true): ProductWords {
  const words: ProductWords = { inName: [], others: [] };
  const end = from + length;
  let at = from;
  let [named, before] = [-1, 0];
  while (at < end) {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = chunk[at] ?? 0;
      at += 1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    if (named < 0) named = value;
    else if (words.inName.length < named) words.inName.push(value);
    else {
      before += value;
      words.others.push(before);
    }
    if (!others && words.inName.length === named) break;
  }
  return words;
}
