import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fold,
  foldForIndex,
  foldQuery,
  findRanges,
  compactCode,
  compactKeys,
} from '#server/platform/fold.ts';

/** Returns whether the text has some reading of every entered word, as the search requires. */
function finds(entered: string, text: string): boolean {
  const indexed = foldForIndex(text);
  return foldQuery(entered).every((readings) => readings.some((reading) => indexed.includes(reading)));
}

describe('folding', () => {
  test.each([
    ['Rešenje', 'resenje'],
    ['РЕШЕЊЕ', 'resenje'],
    ['хладњак џеп', 'hladnjak dzep'],
    ['йод щит ты это ёлка юг яма', 'jod scit ty eto elka jug jama'],
    ['съезд соль', 'sezd sol'],
    ['Straße Łódź Søren Ægir', 'strasse lodz soren aegir'],
    ['Příliš žluťoučký kůň', 'prilis zlutoucky kun'],
    ['Ćuprija', 'cuprija'],
    ['ǅep ǈubav Ǌiva', 'dzep ljubav njiva'],
    ['Ѓорѓи Ќира', 'gorgi kira'],
    ['10 µF', '10 μf'],
    ['  a \t\n b\u00a0c ', 'a b c'],
    ['zero\u200bwidth', 'zerowidth'],
    ['nul\u0000l', 'null'],
    ['ﬁlter ６２０５ −40℃ 25㎜ m²', 'filter 6205 −40°c 25mm m2'],
    ['left\u200e-to-right', 'left-to-right'],
  ])('the text %s folds to %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test('folding keeps signs and other scripts', () => {
    expect(fold('±5% -40°C~+125°C 电阻 "a\\b" 😀')).toBe('±5% -40°c~+125°c 电阻 "a\\b" 😀');
  });

  test('a composed and a decomposed letter fold to the same text', () => {
    expect(fold('s\u030c')).toBe(fold('š'));
  });

  test('folding never yields text that PostgreSQL rejects', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = foldForIndex(text);
        expect(folded).not.toContain('\u0000');
        expect(folded.isWellFormed()).toBe(true);
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
    expect(fold('\ud800 \udc00x')).toBe('\ufffd \ufffdx');
  });
});

describe('the letter đ', () => {
  test.each([
    ['djak', 'đak'],
    ['dak', 'đak'],
    ['đak', 'djak'],
    ['đak', 'dak'],
    ['ђак', 'Djak'],
    ['dak', 'ЂАК'],
    ['djordje', 'Đorđe'],
    ['dorde', 'Đorđe'],
    ['djorde', 'Đorđe'],
    ['đorđe', 'dordje'],
    ['ordj', 'Đorđe'],
  ])('the word %s finds %s', (entered, text) => {
    expect(finds(entered, text)).toBe(true);
  });

  test('the letter đ does not match every d', () => {
    expect(finds('djak', 'dak')).toBe(false);
  });

  test('a word with many đ stays cheap to fold', () => {
    expect(foldQuery('đ'.repeat(2_000))[0]).toHaveLength(2);
  });
});

test('every part of a text finds the text', () => {
  const letters = 'abčćdžđšžађшљ09 -/';
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...letters), maxLength: 30 }),
      fc.nat(),
      fc.nat(),
      (text, a, b) => {
        const [from, to] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
        expect(finds(text.slice(from, to), text)).toBe(true);
      },
    ),
  );
});

describe('the marked parts of a match', () => {
  test.each([
    ['sensor', 'Inductive sensor M12', ['sensor']],
    ['SENS m1', 'Inductive sensor M12', ['sens', 'M1']],
    ['resenje', 'Novo Rešenje i РЕШЕЊЕ', ['Rešenje', 'РЕШЕЊЕ']],
    ['dak', 'Torba za đake', ['đak']],
    ['djak', 'Torba za đake', ['đak']],
    ['strasse', 'Alte Straße 5', ['Straße']],
    ['s\u030cine', 'šine i s\u030cine', ['šine', 's\u030cine']],
    ['aa ab', 'xaaab', ['aaab']],
    ['😀', 'a 😀 b', ['😀']],
    ['zzz', 'nothing', []],
  ])('the words %s are marked in %s', (entered, text, shown) => {
    const found = findRanges(text, foldQuery(entered));
    expect(found.map(({ from, to }) => text.slice(from, to))).toEqual(shown);
  });
});

describe('the key of a code', () => {
  test.each([
    ['ISM18F8', 'IS-M18/F8'],
    ['6004 ZZ', '6004\u2013zz'],
    ['LB\u2212T40', 'lb t40'],
    ['６２０６', '6206'],
    ['\u200e6305\u200e', '6305'],
    ['\u202a6310\u202c', '6310'],
    ['6206\u00a0', '6206'],
    ['LEŽ 6203-ZZ', 'lez6203zz'],
    ['ﬁlter', 'FILTER'],
  ])('%o and %o have the same key', (one, other) => {
    expect(compactCode(one)).toBe(compactCode(other));
  });

  test('a code typed with letters that look like Latin ones is also tried as Latin', () => {
    expect(compactKeys('4х25')).toEqual(['4h25', '4x25']);
    expect(compactKeys('НЦ-3')).toEqual(['nc3']);
    expect(compactKeys('—')).toEqual([]);
  });
});
