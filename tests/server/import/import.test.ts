import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CatalogUnreadable, importCatalog } from '#server/catalog/import/service.ts';
import { followMergedProducts } from '#server/solutions/service.ts';
import { start, type TestService } from '../../harness.ts';
import { aRecord, found, importFiles, offersOf, oneCategory, writeCatalog } from './catalog-files.ts';

let service: TestService;
beforeAll(async () => {
  service = await start();
});
afterAll(() => service.end());

describe('imported values', () => {
  test('prices below a cent, codes and names in any script, entities and breaks are kept', async () => {
    const line =
      '{"sku":"C 1/2\\"±电","model":"<6V>","name":"90&deg; 电容 \\"A\\" ±5%","vendor":"odd","category":"01010101",' +
      '"kind":"product","price":0.0003,"currency":"USD","unit":"piece","moq":100,"packSize":50,"leadTimeDays":3,' +
      '"stock":0,"priceBreaks":[[1000,0.0001],[100,3e-4]],"ean":["4006381333931"],"tags":["smd,28x28mm","a<b"],' +
      '"attrs":{"Width":1.50,"Note":"x\\u0000y"},"description":"one<br />two","image":"http://img.example/a.jpg"}';
    const result = await importFiles(service, { vendors: ['odd,Odd & Sons'], products: [line], gzip: true });
    expect(result).toMatchObject({ rows: 1, created: 1, refusals: [] });
    const [offer] = await service.ctx.sql`
      select o.*, p.name, p.code, p.description, p.tags, p.eans, p.attributes, p.image, p.in_stock
      from offers o join products p on p.id = o.product_id where o.sku = 'C 1/2"±电'`;
    expect(offer).toMatchObject({
      price: '0.0003',
      currency: 'USD',
      price_breaks: [
        [100, '0.0003'],
        [1000, '0.0001'],
      ],
      minimum: 100,
      pack_size: 50,
      stock: '0',
      lead_time_days: 3,
      name: '90° 电容 "A" ±5%',
      code: '<6V>',
      description: 'one\ntwo',
      tags: ['smd,28x28mm', 'a<b'],
      eans: ['4006381333931'],
      attributes: [
        ['Width', '1.50'],
        ['Note', 'xy'],
      ],
      image: 'http://img.example/a.jpg',
      in_stock: false,
    });
    const codes = await service.ctx.sql`
      select code from product_codes where product_id = ${offer?.product_id as string} order by code`;
    expect(codes.map((row) => row.code as string).sort()).toEqual(
      ['4006381333931', '<6v>', 'c 1/2"±电'].sort(),
    );
  });

  test('records that differ only by vendor and products of the same name stay apart', async () => {
    await importFiles(service, {
      vendors: ['twin-a,Twin A', 'twin-b,Twin B'],
      products: ['twin-a', 'twin-b'].map((vendor) =>
        aRecord({ vendor, sku: 'T-1', name: 'Project Manager' }),
      ),
    });
    const a = (await offersOf(service, 'twin-a')).get('T-1');
    const b = (await offersOf(service, 'twin-b')).get('T-1');
    expect(a?.productId).not.toBe(b?.productId);
    expect(a?.code).toBe('T-1');
  });

  test('the whole category tree is created, with a path for each category', async () => {
    await importFiles(service, {
      vendors: ['tree,Tree'],
      // Children before their parents, a doubled slug, and a name of the same letters under another parent.
      categories: ['b,a,2,Cable, wire', 'a,,1,Elektronika']
        .map((row) => row.replace('Cable, wire', '"Cable, wire"'))
        .concat(['c,a,2,Cable wire', 'd,b,3,Ćelije', 'e,c,3,Ćelije']),
      products: [
        aRecord({ vendor: 'tree', sku: '1', category: 'd' }),
        aRecord({ vendor: 'tree', sku: '2', category: 'd' }),
        aRecord({ vendor: 'tree', sku: '3', category: 'e' }),
      ],
    });
    const rows = await service.ctx.sql`
      select path, slug_path, product_count from categories where path like 'Elektronika%' order by path`;
    expect(rows.map((row) => [row.path, row.slug_path, row.product_count])).toEqual([
      ['Elektronika', 'elektronika', 3],
      ['Elektronika > Cable wire', 'elektronika/cable-wire-2', 1],
      ['Elektronika > Cable wire > Ćelije', 'elektronika/cable-wire-2/celije', 1],
      ['Elektronika > Cable, wire', 'elektronika/cable-wire', 2],
      ['Elektronika > Cable, wire > Ćelije', 'elektronika/cable-wire/celije', 2],
    ]);
  });
});

describe('refused rows', () => {
  test('refused rows are reported by number and reason, and the good rows are imported', async () => {
    const refusedBy: [Record<string, unknown> | string, string][] = [
      ['{"sku": "cut off', 'not valid JSON'],
      ['[1]', 'not a JSON object'],
      [aRecord({ sku: '' }), 'sku is missing'],
      [aRecord({ name: '  ' }), 'name is missing'],
      [aRecord({ vendor: 'nobody' }), 'vendor "nobody" is not in vendors.csv'],
      [aRecord({ category: '99' }), 'category "99" is not in categories.csv'],
      [aRecord({ kind: 'thing' }), 'kind "thing" is not known'],
      [aRecord({ price: -1 }), 'price -1 is negative'],
      [aRecord({ price: 'cheap' }), 'price "cheap" is not a number'],
      [aRecord({ currency: 'XXX' }), 'currency "XXX" is not supported'],
      [aRecord({ currency: undefined }), 'currency is missing, and the vendor has none'],
      [aRecord({ moq: 1.5 }), 'moq is not a whole number from 0 to 1000000000'],
      [aRecord({ price: '12.50 USD' }), 'price "12.50 USD" is not in EUR'],
      [
        aRecord({
          priceBreaks: [
            [10, 1],
            [10, 2],
          ],
        }),
        'priceBreaks name a quantity twice',
      ],
      [aRecord({ tags: [1, {}] }), 'tags is not a list of texts'],
      [aRecord({ sku: 'GOOD' }), "the vendor's SKU is already in row 1"],
    ];
    const result = await importFiles(service, {
      vendors: ['acme,Acme', 'bad slug,Bad', 'acme,Again', 'noname,', 'mail,Mail,nobody'],
      vendorColumns: 'id,name,email',
      categories: [...oneCategory, 'x,zz,2,Lost', '05,0101010101,5,Deep', '0101010101,01010101,5,Deeper'],
      products: [aRecord({ sku: 'GOOD' }), '', ...refusedBy.map(([line]) => line), aRecord({ sku: 'LAST' })],
    });
    const inProducts = result.refusals.filter(({ file }) => file === 'products.jsonl');
    expect(inProducts.sort((a, b) => a.row - b.row)).toEqual(
      refusedBy.map(([, reason], index) => ({ file: 'products.jsonl', row: index + 3, reason })),
    );
    expect(result.refusals.filter(({ file }) => file !== 'products.jsonl')).toEqual([
      {
        file: 'vendors.csv',
        row: 3,
        reason: 'id "bad slug" is not made of letters, digits, dots and dashes',
      },
      { file: 'vendors.csv', row: 4, reason: 'id "acme" occurs twice' },
      { file: 'vendors.csv', row: 5, reason: 'name is missing' },
      { file: 'vendors.csv', row: 6, reason: 'email "nobody" is not valid' },
      { file: 'categories.csv', row: 6, reason: 'parent "zz" is not in the file' },
      { file: 'categories.csv', row: 7, reason: 'deeper than 4 levels' },
      { file: 'categories.csv', row: 8, reason: 'deeper than 4 levels' },
    ]);
    expect(result).toMatchObject({ rows: refusedBy.length + 2, created: 2, refused: result.refusals.length });
    expect([...(await offersOf(service, 'acme')).keys()]).toEqual(['GOOD', 'LAST']);
  });

  test('nothing of a missing or damaged file is imported', async () => {
    const whole = writeCatalog({ vendors: ['hurt,Hurt'], products: [], gzip: true });
    const records = Array.from({ length: 2000 }, (_, i) =>
      JSON.stringify(aRecord({ vendor: 'hurt', sku: `H${i}` })),
    );
    const packed = gzipSync(records.join('\n'));
    writeFileSync(join(whole.directory, 'products.jsonl.gz'), packed.subarray(0, packed.length / 2));
    await expect(
      importCatalog(service.ctx, whole.directory, { onProductsMerged: followMergedProducts }),
    ).rejects.toThrow(CatalogUnreadable);
    await expect(
      importCatalog(service.ctx, join(whole.directory, 'nowhere'), {
        onProductsMerged: followMergedProducts,
      }),
    ).rejects.toThrow(CatalogUnreadable);
    expect((await offersOf(service, 'hurt')).size).toBe(0);
    whole.remove();
    // The connection can be used for the next import.
    expect(await importFiles(service, { vendors: ['hurt,Hurt'], products: [] })).toMatchObject({ rows: 0 });
  });
});

describe('vendors', () => {
  test('vendors keep values that a later file omits, and get a mail-domain address only without one', async () => {
    const columns = 'id,name,email,country,currency';
    await importFiles(service, {
      vendors: ['keeper,Keeper,sales@keeper.example,RS,RSD', 'silent,Silent,,,'],
      vendorColumns: columns,
      products: [aRecord({ vendor: 'keeper', sku: 'K-1', currency: undefined })],
    });
    await importFiles(
      service,
      { vendors: ['keeper,Keeper', 'silent,Silent'], products: [] },
      { mailDomain: 'vendors.example' },
    );
    const rows = await service.ctx.sql`
      select slug, email, country, currency from vendors where slug in ('keeper', 'silent') order by slug`;
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { slug: 'keeper', email: 'sales@keeper.example', country: 'RS', currency: 'RSD' },
      { slug: 'silent', email: 'silent@vendors.example', country: null, currency: null },
    ]);
    expect((await offersOf(service, 'keeper')).get('K-1')?.currency).toBe('RSD');
  });

  test('a renamed vendor is found by its new name only', async () => {
    const products = [aRecord({ vendor: 'renamed', sku: 'R-1' })];
    await importFiles(service, { vendors: ['renamed,Oldenburg'], products });
    // Found by the new name even where this file lists none of its products.
    await importFiles(service, { vendors: ['renamed,Newcastle'], products: [] });
    const product = (await offersOf(service, 'renamed')).get('R-1')?.productId;
    expect(await found(service, 'newcastle')).toEqual([product]);
    expect(await found(service, 'oldenburg')).toEqual([]);
    const [vendor] = await service.ctx.sql`select name, name_folded from vendors where slug = 'renamed'`;
    expect({ ...vendor }).toEqual({ name: 'Newcastle', name_folded: 'newcastle' });
  });

  test('agents are responsible for exactly the categories and products of the last file', async () => {
    const agentRow = (duties: string) =>
      `agency,Ana Anić,Ana@agency.example,sales,sr en,+38111000111,sr,${duties}`;
    const files = (agents: string[]) => ({
      vendors: ['agency,Agency'],
      agents,
      products: [aRecord({ vendor: 'agency', sku: 'A-1', product: 'driver' })],
    });
    const duties = () =>
      service.ctx.sql`
      select c.path, p.name from agent_responsibilities r join agents a on a.id = r.agent_id
      left join categories c on c.id = r.category_id left join products p on p.id = r.product_id
      where a.email = 'ana@agency.example' order by c.path`.then((rows) => rows.map((row) => ({ ...row })));
    await importFiles(service, files([agentRow('Tools > Hand tools|driver')]));
    expect(await duties()).toEqual([
      { path: 'Tools > Hand tools', name: null },
      { path: null, name: 'Screwdriver' },
    ]);
    await importFiles(service, files([agentRow('Tools')]));
    expect(await duties()).toEqual([{ path: 'Tools', name: null }]);
    const { refusals } = await importFiles(
      service,
      files([agentRow('Nothing'), 'nobody,X,x@y.example,sales,,,,Tools']),
    );
    expect(refusals.map(({ row, reason }) => [row, reason])).toEqual([
      [3, 'vendor "nobody" is not in vendors.csv'],
      [2, 'responsibility "Nothing" is neither a category nor a product of this import'],
    ]);
    expect(await duties()).toEqual([{ path: 'Tools', name: null }]);
  });
});
