import { describe, expect, test } from 'vitest';
import * as bits from '#server/search/memory/bits.ts';
import { Grams } from '#server/search/memory/grams.ts';
import { Journal } from '#server/search/memory/journal.ts';
import { Order } from '#server/search/memory/order.ts';
import { Lists } from '#server/search/memory/pool.ts';
import { Postings } from '#server/search/memory/postings.ts';
import { decodeWords, encodeWords } from '#server/search/memory/record.ts';
import { Slots } from '#server/search/memory/slots.ts';
import { Texts } from '#server/search/memory/texts.ts';
import { seeded } from './seeded.ts';

/* Each structure does the same as a plain one, through thousands of changes by chance. */

const ascending = (values: Iterable<number>) => [...values].toSorted((a, b) => a - b);

describe('lists in few arrays', () => {
  const read = (lists: Lists<Int32Array>, key: number) =>
    Array.from({ length: lists.lengthOf(key) }, (_, at) => lists.chunkOf(key)[lists.fromOf(key) + at]);

  test('lists keep their values while others grow, shrink and end', () => {
    const draw = seeded(2);
    const lists = new Lists((length) => new Int32Array(length));
    const plain = new Map<number, number[]>();
    for (let step = 0; step < 40_000; step += 1) {
      const key = draw(300);
      const values = plain.get(key) ?? [];
      const action = draw(10);
      if (action < 6) {
        lists.push(key, step);
        values.push(step);
      } else if (action < 9 && values.length > 0) {
        const gone = values.splice(draw(values.length), 1)[0] ?? 0;
        expect(lists.remove(key, gone)).toBe(true);
      } else {
        const fresh = Array.from({ length: draw(40) }, () => draw(1_000_000));
        lists.set(key, fresh);
        values.splice(0, values.length, ...fresh);
      }
      plain.set(key, values);
    }
    for (const [key, values] of plain) {
      expect(ascending(read(lists, key) as number[])).toEqual(ascending(values));
    }
    expect(lists.remove(1, -5)).toBe(false);
  });

  test('what a list leaves is used by others', () => {
    const lists = new Lists((length) => new Int32Array(length));
    const fill = () => {
      for (let key = 0; key < 1_000; key += 1)
        lists.set(
          key,
          Array.from({ length: 20 }, () => key),
        );
      for (let key = 0; key < 1_000; key += 1) lists.set(key, []);
    };
    fill();
    const { bytes } = lists;
    for (let round = 0; round < 20; round += 1) fill();
    expect(lists.bytes).toBe(bytes);
  });

  test('lists longer than the first array are kept whole', () => {
    const lists = new Lists((length) => new Uint8Array(length));
    const long = Uint8Array.from({ length: 100_000 }, (_, at) => at % 251);
    lists.set(7, [1, 2, 3]);
    lists.set(8, long);
    const from = lists.fromOf(8);
    expect(lists.chunkOf(8).subarray(from, from + lists.lengthOf(8))).toEqual(long);
    expect([...lists.chunkOf(7).subarray(lists.fromOf(7), lists.fromOf(7) + 3)]).toEqual([1, 2, 3]);
  });
});

test('postings hold the same members as lists and as bits, and after the products become more', () => {
  const draw = seeded(3);
  const plain = new Map<number, Set<number>>();
  let universe = 2_000;
  const postings = new Postings(universe);
  for (let step = 0; step < 60_000; step += 1) {
    // Key 0 gets most products, the last ones few; half of the time they lose more than they get.
    const key = Math.floor(draw(100) / 12) * (draw(4) === 0 ? 1 : 0);
    const members = plain.get(key) ?? new Set<number>();
    const member = draw(universe);
    const adds = Math.floor(step / 10_000) % 2 === 0 ? draw(4) > 0 : draw(4) === 0;
    if (adds && !members.has(member)) {
      postings.add(key, member);
      members.add(member);
    } else if (!adds) {
      postings.remove(key, member);
      members.delete(member);
    }
    plain.set(key, members);
    if (step % 20_000 === 19_999) {
      universe *= 3;
      postings.widen(universe);
    }
  }
  let places = 0;
  for (const [key, members] of plain) {
    expect(ascending(postings.membersOf(key))).toEqual(ascending(members));
    expect(postings.countOf(key)).toBe(members.size);
    const united = new bits.Bits(universe);
    postings.uniteInto(united, key);
    expect([...bits.membersOf(united)]).toEqual(ascending(members));
    places += members.size;
  }
  expect(postings.places).toBe(places);
});

describe('texts', () => {
  const draw = seeded(4);
  const letters = [...'abcdeđéж铝😀-/.1'];
  const word = () => Array.from({ length: 1 + draw(12) }, () => letters[draw(letters.length)]).join('');
  const words = [...new Set(Array.from({ length: 5_000 }, word))];

  test('a text keeps its number, and comes back as it was', () => {
    const texts = new Texts();
    const numbers = words.map((text) => texts.add(text));
    expect(numbers).toEqual([...words.keys()]);
    expect(words.map((text) => texts.add(text))).toEqual(numbers);
    expect(words.map((text) => texts.numberOf(text))).toEqual(numbers);
    expect(numbers.map((number) => texts.textOf(number))).toEqual(words);
    expect(texts.numberOf('nowhere')).toBe(-1);
    expect(texts.count).toBe(words.length);
  });

  test('texts are compared as their bytes are', () => {
    const texts = new Texts();
    const byBytes = words.map((text) => texts.add(text)).toSorted((a, b) => texts.compare(a, b));
    expect(byBytes.map((number) => texts.textOf(number))).toEqual(
      words.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    );
  });

  test('all texts that contain a part are found, also those added later', () => {
    const texts = new Texts();
    const grams = new Grams(texts);
    for (const [from, to] of [
      [0, 2_000],
      [2_000, words.length],
    ]) {
      for (const text of words.slice(from, to)) texts.add(text);
      for (const part of [
        'a',
        'ab',
        'abc',
        'đ',
        'đé',
        '铝',
        '😀',
        '1.',
        'bcde',
        'e-a',
        'nowhere',
        word().slice(0, 4),
      ]) {
        const wanted = words.slice(0, to).filter((text) => text.includes(part));
        expect([...grams.textsWith(part)].map((number) => texts.textOf(number)).toSorted(), part).toEqual(
          wanted.toSorted(),
        );
      }
    }
  });
});

test('a record holds the words of the name in their order and the others ascending', () => {
  const inName = [70_000, 3, 3, 0, 2_000_000_000];
  const others = [0, 127, 128, 16_384, 3_000_000];
  const record = encodeWords(inName, others).slice();
  expect(decodeWords(record, 0, record.length)).toEqual({ inName, others });
  expect(decodeWords(record, 0, record.length, false)).toEqual({ inName, others: [] });
  const none = encodeWords([], []).slice();
  expect(decodeWords(none, 0, none.length)).toEqual({ inName: [], others: [] });
});

test('slots are given again, and far ids take little room', () => {
  const slots = new Slots();
  expect([5, 9_000_000_000, 6].map((id) => slots.take(id))).toEqual([0, 1, 2]);
  slots.leave(9_000_000_000);
  slots.leave(77);
  expect([slots.slotOf(9_000_000_000), slots.slotOf(6), slots.count]).toEqual([-1, 2, 2]);
  expect([slots.take(8), slots.slotOf(8), slots.taken]).toEqual([1, 1, 3]);
  expect(slots.bytes).toBeLessThan(100_000);
});

describe('an order', () => {
  const draw = seeded(5);
  const keys: number[] = [];
  const compare = (a: number, b: number) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b;

  test('its pages are those of a sorted list through all kinds of changes', () => {
    const order = new Order({ compare });
    const members = new Set<number>();
    const change = (member: number) => {
      if (members.delete(member)) order.remove(member);
      else {
        keys[member] = draw(5_000);
        members.add(member);
        order.add(member);
      }
    };
    for (let member = 0; member < 30_000; member += 1) change(member);
    // Few changes between pages are inserted, many are sorted again, thousands are merged in between.
    for (const changes of [0, 10, 300, 2_000, 1, 20_000, 200, 700, 3]) {
      for (let step = 0; step < changes; step += 1) change(draw(40_000));
      order.settle();
      const all = [...members].toSorted(compare);
      for (const share of [1, 3, 100]) {
        const wanted = all.filter((member) => member % share === 0);
        const set = new bits.Bits(40_000);
        for (const member of wanted) bits.insert(set, member);
        for (const offset of [0, 17, wanted.length - 30, wanted.length + 5]) {
          expect(order.page(set, offset, 50)).toEqual(wanted.slice(offset, offset + 50));
        }
        expect([...order.inOrder(Int32Array.from(wanted).sort())]).toEqual(wanted);
      }
      const between = order.between(
        (member) => (keys[member] ?? 0) >= 1_000,
        (member) => (keys[member] ?? 0) >= 1_100,
      );
      const inRange = all.filter((member) => (keys[member] ?? 0) >= 1_000 && (keys[member] ?? 0) < 1_100);
      expect(between.toSorted(compare)).toEqual(inRange);
    }
  });
});

test('a journal knows what changed since a version, but not since one long ago', () => {
  const journal = new Journal();
  for (const slot of [4, 5]) journal.note(slot);
  const { version } = journal;
  for (const slot of [7, 8, 7]) journal.note(slot);
  expect(journal.since(version)).toEqual(new Set([7, 8]));
  expect(journal.since(journal.version)).toEqual(new Set());
  for (let slot = 0; slot < 50_000; slot += 1) journal.note(slot);
  expect(journal.since(version)).toBeNull();
  const last = journal.version;
  journal.forget();
  expect(journal.since(last)).toBeNull();
});
