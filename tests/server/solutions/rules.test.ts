import { describe, expect, test } from 'vitest';
import {
  bestOffer,
  isLowest,
  isSellable,
  nextSellable,
  type StoredOffer,
  mergeAskedOffers,
} from '#server/solutions/rules.ts';

const offer = (id: number, over: Partial<StoredOffer> & { email?: string | null } = {}): StoredOffer => {
  const { email = 'a@b.example', ...rest } = over;
  return {
    id,
    sku: `S${id}`,
    vendor: {
      id,
      slug: `v${id}`,
      name: `V${id}`,
      email,
      timeZone: 'UTC',
      locale: 'en',
      ratingCount: 0,
      ratingTotal: 0,
    },
    price: '10.0000',
    currency: 'EUR',
    priceBreaks: [],
    unit: 'piece',
    minimum: 1,
    packSize: 1,
    stock: 5,
    leadTimeDays: null,
    ...rest,
  };
};

describe('the best offer', () => {
  const best = (offers: StoredOffer[], quantity = 1) => bestOffer(offers, quantity)?.id ?? null;

  test('the best offer is one that can be asked, or none', () => {
    expect(best([])).toBe(null);
    expect(best([offer(1, { email: null })])).toBe(null);
    expect(best([offer(1, { email: null, price: '1' }), offer(2)])).toBe(2);
  });

  test('an offer that sells the quantity beats a cheaper one', () => {
    const offers = [offer(1, { minimum: 100, price: '1' }), offer(2, { packSize: 4, price: '5' }), offer(3)];
    expect(best(offers, 5)).toBe(3);
    expect(best(offers, 8)).toBe(2);
    expect(best(offers, 100)).toBe(1);
    // Nobody sells 3 of these; one is asked all the same, so that the refusal can name what they sell.
    expect(best([offer(1, { minimum: 4 }), offer(2, { minimum: 5, price: '1' })], 3)).toBe(2);
  });

  test('an offer with a price beats one on request, and stock beats a low price', () => {
    expect(best([offer(1, { price: null }), offer(2)])).toBe(2);
    expect(best([offer(1, { stock: 0, price: '1' }), offer(2, { stock: null, price: '2' }), offer(3)])).toBe(
      3,
    );
    expect(best([offer(1, { price: null }), offer(2, { stock: 0 })])).toBe(2);
  });

  test('the best offer is the cheapest at that quantity in the most common currency', () => {
    const breaks: [number, string][] = [
      [1, '12'],
      [10, '8'],
    ];
    const offers = [offer(1), offer(2, { price: '12', priceBreaks: breaks })];
    expect([best(offers, 1), best(offers, 10)]).toEqual([1, 2]);
    const mixed = [offer(1, { currency: 'RSD', price: '1' }), offer(2), offer(3, { price: '9.9999' })];
    expect(best(mixed)).toBe(3);
    expect(best([offer(2, { currency: 'RSD' }), offer(1)])).toBe(1);
    expect(best([offer(2), offer(1)])).toBe(1);
  });

  test('prices of several currencies are compared by exchange rates, of which one may be missing', () => {
    const krona = offer(1, { currency: 'SEK', price: '1.39', rate: '11.2' });
    const dear = offer(2, { currency: 'SEK', price: '1.50', rate: '11.2' });
    const euro = offer(3, { price: '0.1234' });
    expect(best([krona, dear, euro])).toBe(3);
    expect(best([krona, dear, offer(3, { price: '0.125' })])).toBe(1);
    const unrated = { ...krona, rate: null };
    expect(best([unrated, { ...dear, rate: null }, euro])).toBe(1);
    const forint = offer(4, { currency: 'HUF', price: '671', rate: '400' });
    const cheap = offer(5, { price: '1.80' });
    const dearer = offer(6, { price: '1.60' });
    const lowest = (all: StoredOffer[]) => all.filter((one) => isLowest(one, all, 1)).map(({ id }) => id);
    expect(lowest([cheap, forint])).toEqual([4]);
    expect(lowest([cheap, dearer, forint])).toEqual([6]);
    expect(lowest([cheap, dearer, { ...forint, rate: null }])).toEqual([]);
  });
});

describe('quantities', () => {
  test.each([
    [{ minimum: 1, packSize: 1 }, 1, true],
    [{ minimum: 5, packSize: 1 }, 4, false],
    [{ minimum: 100, packSize: 50 }, 100, true],
    [{ minimum: 100, packSize: 50 }, 120, false],
    [{ minimum: 1, packSize: 50 }, 50, true],
  ])('an offer with %o sells %i: %s', (terms, quantity, sellable) => {
    expect(isSellable(terms, quantity)).toBe(sellable);
  });

  test('the next sellable quantity suits every vendor', () => {
    expect(nextSellable([{ minimum: 100, packSize: 50 }], 120)).toBe(150);
    expect(
      nextSellable(
        [
          { minimum: 7, packSize: 4 },
          { minimum: 1, packSize: 6 },
        ],
        1,
      ),
    ).toBe(12);
    expect(nextSellable([{ minimum: 1, packSize: 1 }], 9)).toBe(9);
    expect(
      nextSellable(
        [
          { minimum: 1, packSize: 999_999_937 },
          { minimum: 1, packSize: 2 },
        ],
        1,
      ),
    ).toBe(null);
  });
});

test("of one vendor's offers the newly chosen one counts", () => {
  const [first, other] = [offer(1), offer(2)];
  const newer = { ...offer(3), vendor: first.vendor };
  expect(mergeAskedOffers([first, other], [newer]).map(({ id }) => id)).toEqual([2, 3]);
});
