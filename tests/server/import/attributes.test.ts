import { afterAll, beforeAll, expect, test } from 'vitest';
import { start, type TestService } from '../../harness.ts';
import { aRecord, importFiles } from './catalog-files.ts';

let service: TestService;
beforeAll(async () => {
  service = await start();
});
afterAll(() => service.end());

const attrs = { Colour: 'red', Size: '5 mm', 'Đuro 🔧': '🔧'.repeat(100), Text: 'x'.repeat(101) };

/** Returns the attributes whose ids the products with this name hold, by product. */
async function held(name: string): Promise<string[][]> {
  const rows = await service.ctx.sql<{ names: string[] }[]>`
    select array(select v.name from unnest(p.attribute_ids) with ordinality as h (id, n)
      join attribute_values v using (id) order by h.n) as names
    from products p where p.name = ${name} order by p.id`;
  return rows.map(({ names }) => names.toSorted());
}

const importWith = (changes: Record<string, string>) =>
  importFiles(service, {
    vendors: ['acme,Acme'],
    products: [aRecord({ sku: 'A-1', name: 'Imported', attrs: changes })],
  });

test('an import stores the values of attributes, but for long texts, and what products have of them', async () => {
  await importWith(attrs);
  expect(await held('Imported')).toEqual([['Colour', 'Size', 'Đuro 🔧']]);
  await importWith({ Size: '6 mm' });
  expect(await held('Imported')).toEqual([['Size']]);
  await importWith({});
  expect(await held('Imported')).toEqual([[]]);
});

test('a product written by the previous release gets the ids of its attributes', async () => {
  const { sql } = service.ctx;
  await sql`
    insert into products (category_id, kind, name, code, attributes, name_folded, search_text)
    select id, 'product', 'Older', 'O-1', ${sql.json(Object.entries(attrs))}, 'older', 'older o-1'
    from categories order by id limit 1`;
  expect(await held('Older')).toEqual([['Colour', 'Size', 'Đuro 🔧']]);
  await sql`update products set attributes = ${sql.json([['Size', '7 mm']])} where name = 'Older'`;
  expect(await held('Older')).toEqual([['Size']]);
  await sql`update products set attributes = '[]' where name = 'Older'`;
  expect(await held('Older')).toEqual([[]]);
});

test('words of a product are found at signs, but for numbers and what is too short or long', async () => {
  const { sql } = service.ctx;
  const searchText = `zq-one zq_two,zqthree 12345 zq1 (zqfour) ab ${'z'.repeat(31)} šqfive/zqsix`;
  await sql`
    insert into products (category_id, kind, name, code, name_folded, search_text)
    select id, 'product', 'Words', 'W-1', 'words', ${searchText} from categories order by id limit 1`;
  const words = await sql<
    { word: string }[]
  >`select word from search_words where word like '%q%' or word ~ '^z+$'`;
  expect(words.map(({ word }) => word).toSorted()).toEqual(
    ['zqthree', 'zq1', 'zqfour', 'šqfive', 'zqsix'].toSorted(),
  );
  const parts = await sql<
    { word: string }[]
  >`select word from search_words where word in ('one', 'two', '12345', 'ab')`;
  expect(parts.map(({ word }) => word).toSorted()).toEqual(['one', 'two']);
});
