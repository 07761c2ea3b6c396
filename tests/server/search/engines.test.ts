import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { indexProducts } from '#server/search/events.ts';
import type { SearchResult, Suggestions } from '#server/search/schema.ts';
import { findFreePort } from '../../../scripts/pg.ts';
import { type Client, start, type TestService } from '../../harness.ts';
import { type SearchProcess, startSearchProcess } from '../../search-process.ts';
import { createWorld } from '../../world.ts';
import { type EngineServer, engineServers } from './engine-servers.ts';
import { engineOf, filledIndex } from './filled-index.ts';
import { shelve, type Ware } from './shelf.ts';

/* What every search engine must do, through the API: also the one that replaces these. */

const sensors = 'Automation > Sensing > Proximity > Inductive sensors';
const sensor = (code: string, output: string, range: string, more: Partial<Ware> = {}): Ware => ({
  name: `Proximity switch ${code.split('-')[1] ?? ''} ${output} ${range}`,
  code,
  categoryPath: sensors,
  tags: ['näherungsschalter', 'proximity switch'],
  attributes: [
    ['Output', output],
    ['Sensing range', range],
  ],
  ...more,
});

const wares: Ware[] = [
  sensor('IS-M18-F8-NPNNO-S12', 'NPN', '8 mm', { offers: [{ vendor: 'sever', sku: 'SE/20-124' }] }),
  sensor('IS-M18-F8-PNPNO-S12', 'PNP', '8 mm'),
  sensor('IS-M12-F4-NPNNO-S12', 'NPN', '4 mm'),
  sensor('IS-M12-F2-PNPNC-S12', 'PNP', '2 mm', { kind: 'service' }),
  sensor('OS-M18-300-RELAY', 'relay', '0.3 m'),
  sensor('IS-M30-F15-PNPNO', 'PNP', '15 mm'),
  { name: 'Ball valve brass', code: 'BV-BR-G1/2' },
  { name: 'Ball valve brass, long', code: 'BV-BR-G1/2-L' },
  { name: 'Oil hose ölbeständig', code: 'HOSE-7' },
  { name: 'Hexagon screw M4×25 zinc', code: 'HEX 4/25', tags: ['m4x25'] },
  { name: 'Cyrillic code', code: 'КХ-4512' },
  { name: 'Filter ﬁne', code: 'FLT_62052' },
  ...Array.from({ length: 12 }, (_, i): Ware => ({
    name: `Tapered bearing 302${i + 10}`,
    code: `TB302${i + 10}`,
  })),
  { name: 'Bearing puller', code: 'PULL-1', tags: ['bearing tools'] },
  { name: 'Bearing housing', code: 'SNL 205' },
  { name: 'Ring of rubber and of much more', code: 'RNG-2' },
  { name: 'O ring of rubber and of much more', code: 'RNG-3' },
  { name: 'Springs', code: 'SP-1' },
  { name: 'Spring of stainless steel, long', code: 'SP-2' },
  { name: 'Spring, brass', code: 'SP-3' },
  { name: 'Washer', code: 'SP-4', tags: ['Spring washer'] },
  { name: 'Nut', code: 'SP-5', tags: ['Springnut'] },
  { name: 'Don', code: 'DON-1' },
  { name: 'Đonovi od gume', code: 'SOLE-1' },
];

const engines = [...Object.keys(engineServers), 'the index in memory', 'the search process'];

describe.each(engines)('a search engine: %s', (engine) => {
  let service: TestService;
  let server: EngineServer | undefined;
  let searching: SearchProcess | undefined;
  let visitor: Client;

  beforeAll(async () => {
    server = await engineServers[engine]?.();
    const port = engine === 'the search process' ? await findFreePort() : null;
    service = await start({
      env: {
        ...(server ? { MEILI_URL: server.url, MEILI_KEY: server.key } : {}),
        ...(port === null ? {} : { SEARCH_URL: `http://127.0.0.1:${port}` }),
      },
      searchTimeoutMs: 30_000,
    });
    if (port !== null) searching = await startSearchProcess(service.config.databaseUrl, port);
    await createWorld(service.ctx.db);
    await shelve(service.ctx.db, wares);
    if (server) {
      await service.ctx.jobs.enqueue(service.ctx.db, indexProducts, [{}]);
      await service.drain();
    }
    if (engine === 'the index in memory') service.ctx.search = engineOf(await filledIndex(service.ctx.db));
    visitor = service.visitor();
  });
  afterAll(async () => {
    const fallbacks = service.ctx.search.metrics?.().flatMap(({ samples }) => samples) ?? [];
    await searching?.end();
    await service.end();
    await server?.stop();
    expect(fallbacks).toEqual([]);
  });

  async function search(q: string, more = ''): Promise<SearchResult> {
    const path = `/api/products?q=${encodeURIComponent(q)}&perPage=100${more}`;
    const { status, body } = await visitor.get<SearchResult>(path);
    expect(status).toBe(200);
    return body;
  }
  async function suggest(q: string): Promise<Suggestions> {
    return (await visitor.get<Suggestions>(`/api/suggestions?q=${encodeURIComponent(q)}`)).body;
  }
  const codes = (result: SearchResult) => result.items.map(({ code }) => code);

  describe('codes without separators', () => {
    test.each([
      ['a whole code', 'ISM18F8NPNNOS12', ['IS-M18-F8-NPNNO-S12']],
      ['its beginning', 'ISM18F8', ['IS-M18-F8-NPNNO-S12', 'IS-M18-F8-PNPNO-S12']],
      ['other separators', 'is_m18.f8/pnp', ['IS-M18-F8-PNPNO-S12']],
      ['dashes of a word processor', 'IS‑M18–F8−NPN', ['IS-M18-F8-NPNNO-S12']],
      ["a partner's own code", 'SE20124', ['IS-M18-F8-NPNNO-S12']],
      ['a code in two words', 'bvbr g12l', ['BV-BR-G1/2-L']],
      ['a code among other words', 'proximity ism18f8pnp', ['IS-M18-F8-PNPNO-S12']],
      ['full-width signs', 'ＦＬＴ６２０５２', ['FLT_62052']],
      ['letters that look Latin', 'ВVВRG12L', ['BV-BR-G1/2-L']],
      ['Latin letters of a Cyrillic code', 'KX4512', ['КХ-4512']],
    ])('a search finds products by %s', async (_, q, found) => {
      const result = await search(q);
      expect([result.near, codes(result).toSorted()]).toEqual([false, found]);
      expect(result.total).toBe(found.length);
    });

    test('a whole code comes before codes that begin so', async () => {
      expect(codes(await search('bvbrg12'))).toEqual(['BV-BR-G1/2', 'BV-BR-G1/2-L']);
    });

    test('the part of the code that was typed is marked', async () => {
      const [hit] = (await search('ism18f8npn')).items;
      expect(hit?.marks.code.map(({ from, to }) => hit.code.slice(from, to))).toEqual(['IS-M18-F8-NPN']);
    });

    test('a product that holds the words as typed keeps others out', async () => {
      expect(codes(await search('m4x25'))).toEqual(['HEX 4/25']);
      expect(codes(await search('tb302'))).toHaveLength(12);
    });

    test('fewer than five signs are compared only as typed', async () => {
      const five = await search('hex42');
      expect([five.near, codes(five)]).toEqual([false, ['HEX 4/25']]);
      for (const four of ['bvbr', 'hex4', 'snl2']) {
        const { near, total } = await search(four);
        expect(near || total === 0, four).toBe(true);
      }
      expect(codes(await search('bv-b'))).toEqual(['BV-BR-G1/2', 'BV-BR-G1/2-L']);
    });

    test('the inside of a code is not compared without separators', async () => {
      const inside = await search('m18f8npnno');
      expect(inside.near || inside.total === 0).toBe(true);
    });

    test('filters hold for codes without separators', async () => {
      expect(codes(await search('ISM12F', '&kind=service'))).toEqual(['IS-M12-F2-PNPNC-S12']);
      expect(await search('ISM18F8', '&kind=service')).toMatchObject({ near: false, total: 0 });
    });
  });

  test.each([
    ['an umlaut written with e', 'oelbestaendig', 'HOSE-7'],
    ['a Cyrillic letter that looks Latin', 'm4х25', 'HEX 4/25'],
    ['a ligature', 'fine filter', 'FLT_62052'],
    ['full-width digits', 'ｍ4x２５', 'HEX 4/25'],
  ])('a word is found in spite of %s', async (_, q, code) => {
    const result = await search(q);
    expect([result.near, codes(result)]).toEqual([false, [code]]);
  });

  test('names come before the rest, in each whole words before parts, then shorter names', async () => {
    expect(codes(await search('spring'))).toEqual(['SP-3', 'SP-2', 'SP-1', 'SP-4', 'SP-5']);
  });

  test('đ is found as dj first, then as d', async () => {
    expect(codes(await search('ђон'))).toEqual(['SOLE-1', 'DON-1']);
  });

  test('a typo still has near misses, marked as such', async () => {
    const result = await search('proximty');
    expect(result.near).toBe(true);
    expect(result.total).toBeGreaterThan(0);
  });

  describe('facets of attributes', () => {
    const ofSensors = (more = '') => search('proximity', `&category=automation/sensing${more}`);

    test('the attributes that products differ by are offered with counts', async () => {
      const { facets } = await ofSensors();
      expect(facets.attributes).toEqual([
        {
          key: 'Output',
          name: 'Output',
          range: null,
          values: [
            { value: 'NPN', count: 2 },
            { value: 'PNP', count: 3 },
            { value: 'relay', count: 1 },
          ],
        },
        {
          key: 'Sensing range',
          name: 'Sensing range',
          range: { unit: 'mm', min: 2, max: 300 },
          values: [
            { value: '2 mm', count: 1 },
            { value: '4 mm', count: 1 },
            { value: '8 mm', count: 2 },
            { value: '15 mm', count: 1 },
            { value: '0.3 m', count: 1 },
          ],
        },
      ]);
    });

    test('several values of an attribute widen a search, several attributes narrow it', async () => {
      expect((await ofSensors('&attr.Output=NPN')).total).toBe(2);
      expect((await ofSensors('&attr.Output=NPN&attr.Output=relay')).total).toBe(3);
      const both = await ofSensors('&attr.Output=NPN&attr.Output=PNP&attr.Sensing%20range=8%20mm');
      expect(codes(both)).toEqual(['IS-M18-F8-NPNNO-S12', 'IS-M18-F8-PNPNO-S12']);
    });

    test('the alternatives to a chosen value stay, with what choosing them would find', async () => {
      const { facets } = await ofSensors('&attr.Output=NPN&attr.Sensing%20range=8%20mm');
      expect(facets.attributes.find(({ key }) => key === 'Output')?.values).toEqual([
        { value: 'NPN', count: 1 },
        { value: 'PNP', count: 1 },
      ]);
    });

    test('a range finds numbers in it, bounds included, whatever their unit', async () => {
      expect((await ofSensors('&attr.Sensing%20range.min=4&attr.Sensing%20range.max=15')).total).toBe(4);
      expect((await ofSensors('&attr.Sensing%20range.min=300')).total).toBe(1);
      const inMetres = await ofSensors('&attr.Sensing%20range.max=0.008&attr.Sensing%20range.unit=m');
      expect(inMetres.total).toBe(4);
      const facet = inMetres.facets.attributes.find(({ key }) => key === 'Sensing range');
      expect(facet?.range).toEqual({ unit: 'm', min: 0.002, max: 0.3 });
    });

    test('names and values of attributes have no case, and unknown ones find nothing', async () => {
      expect((await ofSensors('&attr.output=npn')).total).toBe(2);
      expect((await ofSensors('&attr.Output=blue')).total).toBe(0);
      expect((await ofSensors('&attr.Taste=sweet')).total).toBe(0);
      expect((await ofSensors('&attr.Output.min=1')).total).toBe(0);
    });

    test('near misses respect the filters by attribute', async () => {
      const near = await search('proximty', '&attr.Output=relay');
      expect([near.near, codes(near)]).toEqual([true, ['OS-M18-300-RELAY']]);
    });

    test('a bound that is no number is refused', async () => {
      const { status, body } = await visitor.get('/api/products?attr.Length.min=long');
      expect(status).toBe(422);
      expect(body).toMatchObject({ code: 'invalid_input' });
    });

    test('attributes that few of the products have are not offered', async () => {
      expect((await search('')).facets.attributes).toEqual([]);
    });
  });

  describe('suggestions', () => {
    test('a code without separators is completed', async () => {
      const { products } = await suggest('ism18f8n');
      expect(products.map(({ code, byCode }) => [code, byCode])).toEqual([['IS-M18-F8-NPNNO-S12', true]]);
    });

    test('products of different families come before twins, of which there are at most two', async () => {
      const names = (await suggest('bearing')).products.map(({ name }) => name);
      expect(names.toSorted().slice(0, 2)).toEqual(['Bearing housing', 'Bearing puller']);
      expect(names.filter((name) => name.startsWith('Tapered'))).toHaveLength(2);
      expect(names.at(-1)).toMatch(/^Tapered/);
    });

    test('names in which the words begin come before those that contain them', async () => {
      const names = (await suggest('ring')).products.map(({ name }) => name);
      expect(names.slice(0, 2)).toEqual([
        'Ring of rubber and of much more',
        'O ring of rubber and of much more',
      ]);
    });

    test('categories have counts, and tags that contain the words come along', async () => {
      const suggested = await suggest('proxi');
      expect(suggested.categories[0]).toMatchObject({ name: 'Proximity', productCount: expect.any(Number) });
      expect(suggested.tags.map(({ tag }) => tag)).toEqual(['proximity switch']);
    });

    test('what matches is marked', async () => {
      const { products, tags, categories } = await suggest('proxi');
      const [product, tag, category] = [products[0], tags[0], categories[0]];
      const shown = (text = '', marks: { from: number; to: number }[] = []) =>
        marks.map(({ from, to }) => text.slice(from, to));
      expect(shown(product?.name, product?.marks.name)).toEqual(['Proxi']);
      expect(shown(tag?.tag, tag?.marks)).toEqual(['proxi']);
      expect(shown(category?.name, category?.marks)).toEqual(['Proxi']);
    });
  });
});
