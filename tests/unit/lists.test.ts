import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compactCode, fold } from '#server/platform/fold.ts';
import { combineRows, type Found, matchRow } from '#server/solutions/lists/matching.ts';
import { candidateKeys } from '#server/solutions/lists/reading/candidates.ts';
import { catalogueOf, type KnownCode } from '#server/solutions/lists/reading/catalogue.ts';
import { readDocument } from '#server/solutions/lists/reading/decide.ts';
import { documentsOf } from '#server/solutions/lists/reading/document.ts';
import type { StoredOffer, StoredProduct } from '#server/solutions/rules.ts';

interface Record {
  sku: string;
  model?: string | null;
  product?: string;
  name: string;
  vendor: string;
  unit: string;
  eans?: string[];
}

/** The demo catalogue, as the import reads it. */
function demoCatalogue() {
  const file = new URL('../../db/seed/catalog/products.jsonl.gz', import.meta.url);
  const records = gunzipSync(readFileSync(file)).toString().trim().split('\n');
  const ids = new Map<string, number>();
  const byKey = new Map<string, KnownCode[]>();
  const products = new Map<number, StoredProduct>();
  for (const [nth, line] of records.entries()) {
    const { sku, name, vendor, unit, eans = [], ...rest } = JSON.parse(line) as Record;
    const [model, product] = [rest.model ?? sku, rest.product ?? sku];
    const id = ids.get(product) ?? ids.size + 1;
    ids.set(product, id);
    for (const code of new Set([model, sku, ...eans].map(fold))) {
      const key = compactCode(code);
      byKey.set(key, [...(byKey.get(key) ?? []), { code, productId: id }]);
    }
    const offer = {
      id: nth,
      sku,
      unit,
      price: null,
      minimum: 1,
      packSize: 1,
      vendor: { name: vendor, slug: vendor, email: 'a@b.example' },
    };
    const known = products.get(id) ?? ({ id, code: model, name, offers: [] } as unknown as StoredProduct);
    known.offers.push(offer as unknown as StoredOffer);
    products.set(id, known);
  }
  return { byKey, products };
}

const { byKey, products } = demoCatalogue();
const catalogue = catalogueOf(byKey);
const folder = new URL('../fixtures/lists/', import.meta.url);

/** A quantity; "ask": the row must be asked about; 0: it must not be added. */
type Expected = number | 'ask';
const lists = Object.entries(
  JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as {
    [name: string]: { expect: { [code: string]: Expected } };
  },
);

/** Returns the rows of a file that are ready, and the others. */
async function read(name: string) {
  const documents = await documentsOf(readFileSync(new URL(name, folder)));
  if (typeof documents === 'string') throw new Error(documents);
  // What isn't looked up in the catalogue isn't known.
  const keys = new Set(documents.flatMap((document) => [...candidateKeys(document)]));
  const lookedUp = catalogueOf(new Map([...byKey].filter(([key]) => keys.has(key))));
  const readings = documents.map((document) => readDocument(document, lookedUp));
  const known = ({ rows }: (typeof readings)[number]) => rows.filter(({ ids }) => ids.length > 0).length;
  const best = readings.reduce((left, right) => (known(right) > known(left) ? right : left));
  const matches = best.rows.map((row) => matchRow({ read: row }, products));
  const found = matches.filter((match): match is Found => match.status === 'found');
  const ready = new Map<number, number>();
  for (const [product, rows] of Map.groupBy(found, (match) => match.product))
    ready.set(product.id, combineRows(product, rows, undefined, 'one').quantity);
  return { ready, matches, rows: best.rows };
}

async function outcomeOf(name: string, expected: { [code: string]: Expected }) {
  const { ready } = await read(name);
  const outcome = { right: 0, asked: 0, wrong: 0, missing: [] as string[] };
  for (const [code, quantity] of Object.entries(expected)) {
    const [id = -1] = catalogue.find(code);
    const found = ready.get(id);
    ready.delete(id);
    if (quantity === 'ask' || quantity === 0 ? found === undefined : found === quantity) outcome.right += 1;
    else if (found === undefined) outcome.missing.push(code);
    else outcome.wrong += 1;
  }
  // A product that the list doesn't order at all.
  return { ...outcome, asked: outcome.missing.length, wrong: outcome.wrong + ready.size };
}

/** Rows that only a person can decide, beyond those that are expected to be asked about. */
const handedBack = new Set([
  'bom-multiplier.csv',
  'glued-phrases.txt',
  'key-values.txt',
  'some-without-quantity.txt',
]);

describe('a list as people have it', () => {
  test.each(lists)(
    'the rows of %s get the right quantities or are asked about',
    async (name, { expect: expected }) => {
      const outcome = await outcomeOf(name, expected);
      if (process.env['LISTS_TABLE'])
        console.log(`| ${name} | ${outcome.right} | ${outcome.asked} | ${outcome.wrong} |`);
      expect(outcome.wrong).toBe(0);
      if (!handedBack.has(name)) expect(outcome.missing).toEqual([]);
    },
  );

  test('no row vanishes: each is ready, asked about or skipped for a reason', async () => {
    for (const [name] of lists) {
      const { rows } = await read(name);
      const text = readFileSync(new URL(name, folder));
      if (text.includes(0)) continue;
      const numbers = rows.map(({ row }) => row);
      expect(new Set(numbers).size, name).toBe(numbers.length);
    }
  });

  test('nine rows of ten are ready without a question', async () => {
    const outcomes = await Promise.all(
      lists.map(([name, { expect: expected }]) => outcomeOf(name, expected)),
    );
    const sum = (of: (outcome: (typeof outcomes)[number]) => number) =>
      outcomes.reduce((total, one) => total + of(one), 0);
    const [right, asked, wrong] = [sum((one) => one.right), sum((one) => one.asked), sum((one) => one.wrong)];
    expect(wrong).toBe(0);
    expect(right / (right + asked)).toBeGreaterThan(0.9);
  });
});
