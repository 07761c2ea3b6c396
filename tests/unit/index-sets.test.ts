import { describe, expect, test } from 'vitest';
import * as bits from '#server/search/memory/bits.ts';
import { seeded } from './seeded.ts';

const ascending = (values: Iterable<number>) => [...values].toSorted((a, b) => a - b);

describe('sets of bits', () => {
  const universe = 30_000;
  const draw = seeded(1);
  /** Many members in some places, few or none in others. */
  const some = () =>
    new Set(
      Array.from({ length: 700 }, () => draw(universe >> draw(4)) + (universe >> 1) * draw(2)).filter(
        (member) => member < universe,
      ),
    );
  const asBits = (members: Iterable<number>) => {
    const made = new bits.Bits(universe);
    for (const member of members) bits.insert(made, member);
    return made;
  };

  test.each([
    ['intersecting', bits.intersect, (a: Set<number>, b: Set<number>) => [...a].filter((one) => b.has(one))],
    ['uniting', bits.unite, (a: Set<number>, b: Set<number>) => new Set([...a, ...b])],
    ['subtracting', bits.subtract, (a: Set<number>, b: Set<number>) => [...a].filter((one) => !b.has(one))],
  ])('%s does the same as with sets', (_, change, plainly) => {
    const [one, other] = [some(), some()];
    const changed = asBits(one);
    change(changed, asBits(other));
    const wanted = ascending(plainly(one, other));
    expect([...bits.membersOf(changed)]).toEqual(wanted);
    expect(bits.count(changed)).toBe(wanted.length);
    expect(bits.isEmpty(changed)).toBe(false);
  });

  test('a set holds its highest and lowest members, and loses erased ones', () => {
    const set = asBits([0, 31, 32, universe - 1]);
    expect([0, 31, 32, universe - 1, 1, 33].map((member) => bits.has(set, member))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    for (const member of [0, 31, 32, universe - 1]) bits.put(set, member, false);
    expect(bits.isEmpty(set)).toBe(true);
  });

  test('a widened set keeps its members', () => {
    expect([...bits.membersOf(bits.widened(asBits([5, 2_999]), 90_000))]).toEqual([5, 2_999]);
  });

  test('a set that is made the same as another, or emptied, keeps nothing of its former members', () => {
    const set = asBits(some());
    for (const members of [some(), new Set([universe - 1]), some(), new Set<number>()]) {
      bits.assign(set, asBits(members));
      expect([...bits.membersOf(set)]).toEqual(ascending(members));
    }
    bits.assign(set, asBits(some()));
    bits.clear(set);
    expect(bits.isEmpty(set)).toBe(true);
    expect(bits.count(set)).toBe(0);
  });

  test('a set keeps the members for which a condition holds', () => {
    const members = some();
    const set = asBits(members);
    bits.keep(set, (member) => member % 3 === 0);
    expect([...bits.membersOf(set)]).toEqual(ascending([...members].filter((member) => member % 3 === 0)));
    bits.keep(set, () => false);
    expect(set.blocks.includes(1)).toBe(false);
  });

  test('a set without members in common with another has none of its blocks left', () => {
    const set = asBits([5, 700]);
    bits.intersect(set, asBits([6, 7_000]));
    expect(set.blocks.includes(1)).toBe(false);
  });
});
