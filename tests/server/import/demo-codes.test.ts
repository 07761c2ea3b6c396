import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importCatalog } from '#server/catalog/import/service.ts';
import { followMergedProducts } from '#server/solutions/service.ts';
import { type Client, start, type TestService } from '../../harness.ts';

/** The codes by which the demo catalogue's products were found before standard parts were brought together, a line each. */
const lines = readFileSync(join(import.meta.dirname, '../../fixtures/catalogue/codes.txt'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'));

const mostRows = 1_000;

let service: TestService;
let visitor: Client;
/** Each code's row in a list of all codes. */
let rows: Map<string, { state: string; code: string; product?: { id: string }; offer?: { sku: string } }>;
beforeAll(async () => {
  service = await start();
  const directory = join(import.meta.dirname, '../../../db/seed/catalog');
  await importCatalog(service.ctx, directory, { onProductsMerged: followMergedProducts });
  visitor = service.visitor();
  rows = await readList([...new Set(lines.flat())]);
});
afterAll(() => service.end());

/** Returns the rows of lists of these codes, by code. */
async function readList(codes: string[]): Promise<typeof rows> {
  const found: typeof rows = new Map();
  for (let from = 0; from < codes.length; from += mostRows) {
    const part = codes.slice(from, from + mostRows);
    const text = ['code;quantity', ...part.map((code) => `${code};10000`)].join('\n');
    const { body } = await visitor.post('/api/solutions/current/lists', { text });
    for (const row of body.rows.slice(1)) found.set(part[row.row - 2] ?? '', row);
  }
  return found;
}

const productOf = (code: string) => rows.get(code)?.product?.id;
/** The lines whose product has codes of another line too. */
const brought = () =>
  [...Map.groupBy(lines, ([code = '']) => productOf(code)).values()].filter((same) => same.length > 1).flat();

test('a list finds every code under one product, and keeps it as written', () => {
  const lost = lines.filter(
    (codes) => new Set(codes.map(productOf)).size !== 1 || !productOf(codes[0] ?? ''),
  );
  expect(lost).toEqual([]);
  expect([...rows].filter(([code, row]) => row.code !== code)).toEqual([]);
});

test('search finds the parts brought together by every code, first', async () => {
  const codes = brought().flat();
  expect(codes.length).toBeGreaterThan(200);
  for (const code of codes) {
    const { body } = await visitor.get(`/api/products?perPage=5&q=${encodeURIComponent(code)}`);
    expect({ code, near: body.near, id: body.items[0]?.id }).toEqual({
      code,
      near: false,
      id: productOf(code),
    });
  }
});

test('suggestions complete every code of the parts brought together', async () => {
  for (const code of brought().flat()) {
    const { body } = await visitor.get(`/api/suggestions?q=${encodeURIComponent(code)}`);
    const ids = body.products.map(({ id }: { id: string }) => id);
    expect(ids, code).toContain(productOf(code));
  }
});

test('a bearing of several partners is one product with a name of its own and each partner’s words', async () => {
  const { body } = await visitor.get(`/api/products/${productOf('6205-2RS')}`);
  expect(body).toMatchObject({
    code: '6205-2RS',
    name: expect.stringContaining('Deep groove ball bearing 6205-2RS'),
  });
  const own = body.offers.map(({ ownName }: { ownName: string | null }) => ownName?.split(' ')[0] ?? '');
  expect(own).toEqual(expect.arrayContaining(['', 'Kuglični', 'Ložisko', 'Łożysko']));
});

test('a partner’s own number in a list asks this partner', () => {
  for (const code of ['SC-20845', 'AI-3584', 'ZB-31995', 'ZM-10173', 'ZM-11293']) {
    const row = rows.get(code);
    expect(row, code).toMatchObject({
      state: 'ready',
      offer: { sku: code === 'ZM-11293' ? 'ZM-10173' : code },
    });
  }
});
