import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, start, type TestService } from '../../harness.ts';
import { aRecord, type CatalogFiles, importFiles, offersOf } from './catalog-files.ts';

let service: TestService;
let visitor: Client;
beforeAll(async () => {
  service = await start();
  visitor = service.visitor();
});
afterAll(() => service.end());

const english = { 'accept-language': 'en' };
const serbian = { 'accept-language': 'sr' };
/** Answers in a language. */
const read = (path: string, headers: Record<string, string>) =>
  visitor.request('GET', path, undefined, headers);
const materialOf = (found: { facets: { attributes: { key: string; name: string }[] } }) =>
  found.facets.attributes.find(({ key }) => key === 'Material');
const categories = ['01,,1,Tools', '0101,01,2,Gauges', '010101,0101,3,Calipers'];
const inSerbian = ['01,,1,Tools,Alati', '0101,01,2,Gauges,Merila', '010101,0101,3,Calipers,Pomična merila'];
const columns = 'id,parent_id,level,name,name.sr';
const words = ['name,Material,Materijal', 'value,stainless steel,nerđajući čelik', 'name,Length,Dužina'];

const caliper = (fields: Record<string, unknown>) =>
  aRecord({
    category: '010101',
    name: 'Vernier caliper',
    attrs: { Material: 'stainless steel', Length: '150 mm', Maker: 'Acme' },
    ...fields,
  });
const files = (vendor: string, more: Partial<CatalogFiles> = {}): CatalogFiles => ({
  vendors: [`${vendor},${vendor}`],
  categories,
  products: [
    caliper({ vendor, sku: `${vendor}-1` }),
    caliper({ vendor, sku: `${vendor}-2`, attrs: { Material: 'steel', Length: '200 mm' } }),
  ],
  ...more,
});
const translated = (vendor: string) =>
  files(vendor, { categories: inSerbian, categoryColumns: columns, words });

const productOf = async (vendor: string, sku: string) =>
  (await offersOf(service, vendor)).get(sku)?.productId ?? '';
const foundBy = async (q: string) =>
  (await visitor.get(`/api/products?q=${encodeURIComponent(q)}`)).body as { total: number; near: boolean };

describe('names in several languages', () => {
  test('a catalogue without translations is read as it is in every language', async () => {
    await importFiles(service, files('plain'));
    const { body } = await read('/api/categories', serbian);
    expect(body.items[0]).toMatchObject({ name: 'Tools', path: 'Tools', slugPath: 'tools' });
    expect(await foundBy('pomicna merila')).toMatchObject({ total: 0 });
  });

  test('translations reach all products of the categories, those of other catalogues too', async () => {
    const result = await importFiles(service, translated('many'));
    expect(result).toMatchObject({ created: 2, refused: 0 });
    expect(await foundBy('pomicna merila')).toMatchObject({ total: 4, near: false });
    expect(await foundBy('calipers')).toMatchObject({ total: 4, near: false });
  });

  test('the tree, breadcrumbs, attributes and facets are in the language of the reader', async () => {
    const tree = (await read('/api/categories', serbian)).body;
    expect(tree.items[0]).toMatchObject({ name: 'Alati', path: 'Alati', slugPath: 'tools' });
    expect(tree.items[0].children[0].children[0]).toMatchObject({
      name: 'Pomična merila',
      path: 'Alati > Merila > Pomična merila',
      slugPath: 'tools/gauges/calipers',
    });
    const id = await productOf('many', 'many-1');
    const product = (await read(`/api/products/${id}`, serbian)).body;
    expect(product.category).toMatchObject({
      name: 'Pomična merila',
      path: 'Alati > Merila > Pomična merila',
    });
    expect(product.breadcrumbs.map(({ name }: { name: string }) => name)).toEqual([
      'Alati',
      'Merila',
      'Pomična merila',
    ]);
    expect(product.attributes).toEqual([
      { name: 'Materijal', value: 'nerđajući čelik' },
      { name: 'Dužina', value: '150 mm' },
      { name: 'Maker', value: 'Acme' },
    ]);
    expect(product.related[0].category.name).toBe('Pomična merila');
    const found = (await read('/api/products?category=tools/gauges', serbian)).body;
    expect(found.category).toMatchObject({ name: 'Merila', slugPath: 'tools/gauges' });
    expect(found.items[0].category.name).toBe('Pomična merila');
    expect(found.facets.categories.map(({ name }: { name: string }) => name)).toContain('Pomična merila');
    expect(materialOf(found)).toMatchObject({
      name: 'Materijal',
      values: [{ value: 'stainless steel', name: 'nerđajući čelik', count: 2 }, { value: 'steel' }],
    });
  });

  test('a filter has the same key and values in every language', async () => {
    const path = '/api/products?category=tools&attr.Material=stainless%20steel';
    for (const headers of [serbian, english]) {
      expect((await read(path, headers)).body).toMatchObject({ total: 2 });
    }
    const inEnglish = (await visitor.get('/api/products?category=tools')).body;
    expect(materialOf(inEnglish)?.name).toBe('Material');
    expect(inEnglish.category.name).toBe('Tools');
  });

  test('a category is suggested by its words of any language, under the name of the reader', async () => {
    for (const q of ['pomicna', 'calip']) {
      const { body } = await read(`/api/suggestions?q=${q}`, serbian);
      expect(body.categories, q).toMatchObject([
        { name: 'Pomična merila', slugPath: 'tools/gauges/calipers' },
      ]);
    }
    const { body } = await visitor.get('/api/suggestions?q=pomicna');
    expect(body.categories).toMatchObject([{ name: 'Calipers', path: 'Tools > Gauges > Calipers' }]);
    expect((await read('/api/suggestions?q=zzz', serbian)).body.categories).toEqual([]);
  });

  test('a line of a solution names its category in the language of the reader', async () => {
    const productId = await productOf('many', 'many-1');
    const created = await visitor.post('/api/solutions', {});
    // A vendor without an address can't be asked, so the line is put in directly.
    await service.ctx.sql`
      insert into solution_lines (solution_id, product_id, position, quantity)
      values (${created.body.id as string}, ${productId}, 1, 1)`;
    const { body } = await read('/api/solutions/current', serbian);
    expect(body.lines[0].product.category).toEqual({
      id: expect.any(String),
      name: 'Pomična merila',
      path: 'Alati > Merila > Pomična merila',
      slugPath: 'tools/gauges/calipers',
    });
  });

  test('the same import again changes nothing, and an old file keeps the names', async () => {
    expect(await importFiles(service, translated('many'))).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
    });
    expect(await importFiles(service, files('plain'))).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
    });
    const { body } = await read('/api/categories', serbian);
    expect(body.items[0].name).toBe('Alati');
  });

  test('a new name replaces the old one on every page and in search', async () => {
    const renamed = [...inSerbian.slice(0, 2), '010101,0101,3,Calipers,Šubleri'];
    await importFiles(service, { ...translated('many'), categories: renamed });
    expect(await foundBy('subleri')).toMatchObject({ total: 4, near: false });
    expect((await foundBy('pomicna merila')).near || (await foundBy('pomicna')).total === 0).toBe(true);
    const { body } = await read('/api/suggestions?q=subler', serbian);
    expect(body.categories).toMatchObject([{ name: 'Šubleri' }]);
  });

  test('a wrong row of words.csv is refused, and the good ones are in', async () => {
    const result = await importFiles(service, {
      ...translated('many'),
      words: ['colour,Red,Crvena', 'value,,prazno', 'value,steel,čelik'],
    });
    expect(result.refusals).toEqual([
      { file: 'words.csv', row: 2, reason: 'kind is neither "name" nor "value"' },
      { file: 'words.csv', row: 3, reason: 'word is missing or too long' },
    ]);
    const product = await read(`/api/products/${await productOf('many', 'many-2')}`, serbian);
    expect(product.body.attributes[0]).toEqual({ name: 'Materijal', value: 'čelik' });
  });
});

describe('a product that vendors call by names and codes of their own', () => {
  const bearing = (vendor: string, name: string, model: string) =>
    caliper({ vendor, sku: `${vendor}-B`, product: 'bearing', name, model, attrs: { Seal: '2RS' } });
  const records = [
    bearing('north', 'Ball bearing 6205-2RS', '6205-2RS'),
    { ...bearing('south', 'Kuglični ležaj 6205', 'LEŽ 6205-2RS'), otherCodes: ['OLD/77'] },
    bearing('west', 'Kuglični ležaj 6205', 'LEŽ 6205-2RS'),
  ];
  const together: CatalogFiles = {
    vendors: records.map(({ vendor }) => `${String(vendor)},${String(vendor)},${String(vendor)}@x.example`),
    vendorColumns: 'id,name,email',
    categories,
    products: records,
  };

  test('the first record describes it, and the others keep their own words on their offers', async () => {
    expect(await importFiles(service, together)).toMatchObject({ created: 3, refused: 0 });
    const { body } = await visitor.get(`/api/products/${await productOf('north', 'north-B')}`);
    expect(body).toMatchObject({ name: 'Ball bearing 6205-2RS', code: '6205-2RS' });
    const own = new Map(body.offers.map((offer: { sku: string }) => [offer.sku, offer]));
    expect(own.get('north-B')).toMatchObject({ ownName: null, ownCodes: [] });
    expect(own.get('south-B')).toMatchObject({
      ownName: 'Kuglični ležaj 6205',
      ownCodes: ['LEŽ 6205-2RS', 'OLD/77'],
    });
    expect(await importFiles(service, together)).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
  });

  test.each(['6205-2RS', 'LEŽ 6205-2RS', 'lez62052rs', 'south-B', 'old77', 'kuglicni lezaj', 'ball bearing'])(
    'search finds it by %s',
    async (q) => {
      const { body } = await visitor.get(`/api/products?q=${encodeURIComponent(q)}`);
      expect(body).toMatchObject({ total: 1, near: false, items: [{ code: '6205-2RS' }] });
    },
  );

  test('it is suggested for the words of each vendor', async () => {
    for (const q of ['kuglicni lez', 'ball bear', 'LEŽ 6205']) {
      const { body } = await visitor.get(`/api/suggestions?q=${encodeURIComponent(q)}`);
      expect(body.products, q).toMatchObject([{ code: '6205-2RS', name: 'Ball bearing 6205-2RS' }]);
    }
  });

  test('a list finds it by the code of a vendor, which it keeps as written and whose vendor it asks', async () => {
    const { body: list } = await visitor.post('/api/solutions/current/lists', {
      text: 'LEŽ 6205-2RS;4\nwest-B;2\n6205-2rs;3\nold-77;1',
    });
    expect(list.rows).toMatchObject([
      { code: 'LEŽ 6205-2RS', state: 'ready', product: { code: '6205-2RS' }, offer: { sku: 'south-B' } },
      { code: 'west-B', state: 'ready', offer: { sku: 'west-B' } },
      { code: '6205-2rs', state: 'ready', product: { code: '6205-2RS' } },
      { code: 'old-77', state: 'ready', offer: { sku: 'south-B' } },
    ]);
  });
});
