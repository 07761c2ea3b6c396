import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, start, type TestService } from '../../harness.ts';
import { createWorld } from '../../world.ts';
import { shelve } from './shelf.ts';

let service: TestService;
let visitor: Client;
const ids: Record<string, string> = {};

beforeAll(async () => {
  service = await start();
  await createWorld(service.ctx.db);
  visitor = service.visitor();
  const wares = {
    resenje: { name: 'Rešenje za skladište', tags: ['полица', 'metal'] },
    djak: { name: 'Torba za đake', code: 'TRB-1' },
    plc: { name: 'PLC controller', code: '6ES7 214-1AG40', eans: ['4047623402725'] },
    plcCase: { name: 'Case for 6ES7 214-1AG40 and others', code: 'CASE-9' },
    plcLong: { name: 'Another PLC', code: '6ES7 214-1AG40-0XB0' },
    percent: { name: 'Resistor 100Ω ±5% 0.25W', code: 'R_100/5' },
    chinese: { name: '铝电解电容 470uF', code: 'CN-电容' },
    coil: { name: 'Inductor', code: 'COIL-9' },
    bolt: { name: 'Bolt M8x40', code: 'B840', tags: ['din 933'] },
    quoted: { name: 'Pipe 1/2" "long" \\ thread', code: "O'HARA-1" },
  };
  const shelved = await shelve(service.ctx.db, Object.values(wares));
  for (const [index, key] of Object.keys(wares).entries()) ids[key] = shelved[index] ?? '';
});
afterAll(() => service.end());

async function search(q: string, more = '') {
  const { status, body } = await visitor.get(`/api/products?q=${encodeURIComponent(q)}${more}`);
  expect(status).toBe(200);
  return body;
}
const named = async (q: string) => {
  const result = await search(q, '&perPage=100');
  return result.near ? [] : result.items.map((item: { name: string }) => item.name);
};

describe('the words of a search', () => {
  test.each([
    ['in any order', 'skladište rešenje', 'Rešenje za skladište'],
    ['parts of words', 'klad ešen', 'Rešenje za skladište'],
    ['accents and case aside', 'RESENJE', 'Rešenje za skladište'],
    ['Cyrillic finds Latin', 'решење', 'Rešenje za skladište'],
    ['Latin finds Cyrillic in a tag', 'polica', 'Rešenje za skladište'],
    ['name and tag together', 'bolt 933', 'Bolt M8x40'],
    ['name and vendor together', 'bolt brandt', 'Bolt M8x40'],
    ['name and category together', 'bolt wiring', 'Bolt M8x40'],
    ['đ as d', 'torba dake', 'Torba za đake'],
    ['đ as dj', 'djake', 'Torba za đake'],
    ['đ itself', 'đake', 'Torba za đake'],
    ['a per cent sign', '5%', 'Resistor 100Ω ±5% 0.25W'],
    ['an underscore', 'r_100', 'Resistor 100Ω ±5% 0.25W'],
    ['one sign', '±', 'Resistor 100Ω ±5% 0.25W'],
    ['one letter beside another', 'Ω w', 'Resistor 100Ω ±5% 0.25W'],
    ['two letters', 'm8', 'Bolt M8x40'],
    ['one Chinese character', '铝', '铝电解电容 470uF'],
    ['Chinese inside a code', '电容', '铝电解电容 470uF'],
    ['quotes', '"long"', 'Pipe 1/2" "long" \\ thread'],
    ['an apostrophe', "o'hara", 'Pipe 1/2" "long" \\ thread'],
    ['a backslash', '\\', 'Pipe 1/2" "long" \\ thread'],
  ])('a product that has every entered word or part of one is found (%s: %s)', async (_, q, name) => {
    expect(await named(q)).toContain(name);
  });

  test.each([
    ['a word that is nowhere', 'bolt titanium'],
    ['% is no wildcard', 'res%tor'],
    ['_ is no wildcard', 'b_lt'],
    ['words may not run over two fields', 'm8x40b840'],
    ['two letters that meet only across words', 'tm'],
  ])('a product that lacks an entered word is not found (%s: %s)', async (_, q) => {
    expect(await named(q)).not.toContain('Bolt M8x40');
    expect(await named(q)).not.toContain('Resistor 100Ω ±5% 0.25W');
  });

  test('an empty search lists everything', async () => {
    const everything = await search('');
    expect(everything.total).toBe(5 + Object.keys(ids).length);
    expect(everything.near).toBe(false);
  });
});

describe('relevance', () => {
  test('an exact code comes first, then the beginning of a code, a name, the rest', async () => {
    const items = (await search('6es7 214-1ag40')).items;
    expect(items.map((item: { id: string }) => item.id)).toEqual([ids.plc, ids.plcLong, ids.plcCase]);
  });

  test('an EAN counts as a code', async () => {
    expect((await search('4047623402725')).items[0].id).toBe(ids.plc);
  });

  test("an offer's SKU counts as a code", async () => {
    expect((await search('es-s1')).items[0].code).toBe('6ES-100');
  });

  test('an exact code among other words comes first', async () => {
    expect((await search('brandt b840')).items[0].id).toBe(ids.bolt);
  });
});

describe('any text is plain text', () => {
  test.each([
    ['quotes', `'";--`],
    ['SQL', `x'); drop table products; --`],
    ['wildcards', '%%%___\\\\'],
    ['emoji', '😀👩‍👩‍👧'],
    ['NUL', 'bolt\u0000'],
    ['control characters', '\u0001\u001f\u007f'],
    ['a placeholder', '$1 ${x} {{y}} ?'],
    ['one letter', 'a'],
    ['spaces', '   \t\n '],
    ['2,000 letters', 'a'.repeat(2_000)],
    [
      '1,000 different words',
      Array.from({ length: 1_000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join(' '),
    ],
    ['2,000 emoji', '😀'.repeat(2_000)],
    ['2,000 đ', 'đ'.repeat(2_000)],
    ['many typos', 'resitor capasitor indukctor conector swich relej senzr '.repeat(36).slice(0, 2_000)],
  ])('a search for %s is answered', async (_, q) => {
    const result = await search(q);
    expect(result.items).toBeInstanceOf(Array);
  });

  test.each(['%ED%A0%80', '%00', '%zz', 'a%', '%C3%28'])('a raw %s in the URL is answered', async (raw) => {
    expect((await visitor.get(`/api/products?q=${raw}`)).status).toBe(200);
    expect((await visitor.get(`/api/suggestions?q=${raw}`)).status).toBe(200);
  });

  test('a text of more than 2,000 characters is refused', async () => {
    const { status, body } = await visitor.get(`/api/products?q=${'a'.repeat(2_001)}`);
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'invalid_input', errors: [{ path: 'q', code: 'too_long' }] });
  });

  test('a NUL in a filter is answered', async () => {
    expect((await search('', '&category=%00a&vendor=%00')).items).toBeInstanceOf(Array);
  });
});

describe('near misses', () => {
  test('a typo is forgiven, and the result marked as near misses', async () => {
    const result = await search('resitor');
    expect(result.near).toBe(true);
    expect(result.items[0].name).toContain('Resistor');
    expect(result.total).toBe(result.items.length);
  });

  test.each([
    ['neighbouring letters exchanged in the middle', 'contorller', 'plc'],
    ['neighbouring letters exchanged at the beginning', 'ocntroller', 'plc'],
    ['neighbouring letters exchanged at the end', 'controllre', 'plc'],
    ['a letter left out in the middle', 'contoller', 'plc'],
    ['a letter doubled', 'conttroller', 'plc'],
    ['a wrong letter', 'comtroller', 'plc'],
    ['a wrong letter at the beginning', 'vontroller', 'plc'],
    ['a short word', 'blot', 'bolt'],
    ['the beginning of a word', 'contorll', 'plc'],
    ['two typos', 'cnotroler', 'plc'],
    ['one of several words', 'plc contorller', 'plc'],
    ['all of several words', 'resitsor 100ω ±5%', 'percent'],
    ['a word beside signs', '(contorller)', 'plc'],
    ['a Cyrillic word', 'полциа', 'resenje'],
  ])('a near miss is found in spite of %s: %s', async (_, q, wanted) => {
    const result = await search(q);
    expect(result.near).toBe(true);
    expect(result.items[0].id).toBe(ids[wanted]);
  });

  test('the words that a near miss contains instead of the typed ones are marked', async () => {
    const [first] = (await search('contorller')).items;
    const marked = first.marks.name.map(({ from, to }: { from: number; to: number }) =>
      first.name.slice(from, to),
    );
    expect(marked).toEqual(['controller']);
  });

  test('words that a product gets later are found in spite of typos', async () => {
    const { sql } = service.ctx;
    const id = ids.bolt ?? '';
    await sql`update products set search_text = search_text || ' gearwheel' where id = ${id}`;
    expect(await search('gaerwheel')).toMatchObject({ near: true, total: 1, items: [{ id }] });
    await sql`update products set search_text = replace(search_text, ' gearwheel', '') where id = ${id}`;
    expect(await search('gaerwheel')).toMatchObject({ near: false, total: 0 });
  });

  test('products with fewer words are found when none has all', async () => {
    const result = await search('bolt xylophone');
    expect(result.near).toBe(true);
    expect(result.items.map((item: { id: string }) => item.id)).toContain(ids.bolt);
  });

  test('a text that resembles nothing finds nothing and is not marked', async () => {
    expect(await search('qqqqzzzzxxxx')).toMatchObject({ near: false, total: 0, items: [] });
  });

  test('a filter that leaves nothing causes no near misses', async () => {
    expect(await search('bolt', '&vendor=wisla')).toMatchObject({ near: false, total: 0, items: [] });
  });

  test('near misses respect the filters', async () => {
    expect((await search('resitor', '&vendor=brandt')).near).toBe(true);
    expect(await search('resitor', '&vendor=kovo')).toMatchObject({ near: false, total: 0 });
  });
});

describe('suggestions', () => {
  const suggest = async (q: string) =>
    (await visitor.get(`/api/suggestions?q=${encodeURIComponent(q)}`)).body;

  test('suggestions list codes first, then names', async () => {
    const { products } = await suggest('6es');
    expect(products[0].code).toBe('6ES-100');
    expect(products.map((product: { code: string }) => product.code)).toContain('CASE-9');
  });

  test('suggestions find categories and vendors by folded parts of their names', async () => {
    expect((await suggest('induct')).categories[0]).toMatchObject({ name: 'Inductive sensors' });
    expect((await suggest('наради')).vendors[0]).toMatchObject({ slug: 'kovo' });
  });

  test('products of a category whose name begins so come before names that begin so', async () => {
    const { products } = await suggest('induct');
    expect(products.map(({ code }: { code: string }) => code)).toEqual(['6ES-100', 'COIL-9']);
  });

  test('of very many matches those with the shortest names are suggested', async () => {
    const { sql } = service.ctx;
    await sql`
      insert into products (category_id, kind, name, code, name_folded, search_text)
      select category_id, 'product', text, 'HAY' || n, text, text
      from products, generate_series(1, 1200) as n,
        lateral (select case when n = 1200 then 'wool hay' else 'wool hay of meadow no ' || 10000 + n end as text) as named
      where id = ${ids.bolt ?? ''}`;
    const { products } = await suggest('hay woo');
    expect(products[0].name).toBe('wool hay');
    expect((await suggest('hay wool')).products).toHaveLength(2);
    await sql`delete from products where code like 'HAY%'`;
  });

  test('an empty text has no suggestions', async () => {
    expect(await suggest('  ')).toEqual({ products: [], categories: [], tags: [], vendors: [] });
  });

  test('suggestions take one statement', async () => {
    expect(await service.countStatements(() => suggest('sens'))).toBe(1);
  });
});
