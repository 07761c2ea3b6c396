import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { start, type TestService } from '../../harness.ts';
import { aRecord, importFiles, importFolder, offersOf } from './catalog-files.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/imports');

let service: TestService;
beforeAll(async () => {
  service = await start();
});
afterAll(() => service.end());

const importFixture = (name: string) => importFolder(service, join(fixtures, name));
const vendorNames = async () =>
  (await service.ctx.sql`select name from vendors order by name`).map(({ name }) => String(name));

describe('files as spreadsheets and editors save them', () => {
  test.each(['semicolon-cp1252', 'cp1250-commas'])(
    'a file that is not UTF-8 is refused whole, with the line of the first wrong byte: %s',
    async (name) => {
      await expect(importFixture(name)).rejects.toThrow(
        'vendors.csv is not in UTF-8, see line 2. Save it as "CSV UTF-8" and import it again',
      );
      expect((await vendorNames()).join()).not.toMatch(/�|Müller|afovi/);
    },
  );

  test('a file that names a column twice is refused whole', async () => {
    await expect(importFixture('dup-header')).rejects.toThrow('vendors.csv names the column email twice');
    const files = { vendors: ['twice,Twice'], products: [], priceList: 'sku,name,Price,price\nA,Ring,1,2\n' };
    await expect(importFiles(service, files)).rejects.toThrow('products.csv names the column price twice');
    const withAgents = importFiles(service, {
      vendors: ['twice,Twice'],
      products: [aRecord({ vendor: 'twice' })],
      agentColumns: 'vendor,name,email,kind,Email',
      agents: ['twice,A,a@b.example,sales,c@d.example'],
    });
    await expect(withAgents).rejects.toThrow('agents.csv names the column email twice');
    expect((await offersOf(service, 'twice')).size).toBe(0);
  });

  test('a record that names a field twice is refused, and its neighbours are not', async () => {
    const { refusals } = await importFiles(service, {
      vendors: ['doubled,Doubled'],
      products: [
        aRecord({
          vendor: 'doubled',
          sku: 'D1',
          name: 'A "price": in quotes',
          attrs: { price: '3', sku: 'x' },
        }),
        JSON.stringify(aRecord({ vendor: 'doubled', sku: 'D2' })).replace('{', '{"price": 5,'),
        aRecord({ vendor: 'doubled', sku: 'D3' }),
      ],
    });
    expect(refusals).toEqual([{ file: 'products.jsonl', row: 2, reason: 'price is named twice' }]);
    expect([...(await offersOf(service, 'doubled')).keys()]).toEqual(['D1', 'D3']);
  });

  test.each(['utf16le', 'utf16be'])('files in UTF-16 with its mark are read: %s', async (encoding) => {
    const priceList = Buffer.from('\ufeffsku\tname\tprice\nU1\tČačak 电\t1,50\n', 'utf16le');
    if (encoding === 'utf16be') priceList.swap16();
    const { refusals } = await importFiles(service, {
      vendors: [`${encoding},Wide,EUR`],
      vendorColumns: 'id,name,currency',
      products: [],
      priceList,
    });
    expect(refusals).toEqual([]);
    const offer = (await offersOf(service, encoding)).get('U1');
    expect(offer).toMatchObject({ name: 'Čačak 电', price: '1.5000' });
  });

  test('a row with more cells than headings is refused, and its neighbours are not', async () => {
    const { refusals } = await importFixture('unquoted-comma');
    const reason = '9 cells under 8 headings: put texts that hold the separator in quotes';
    expect(refusals.slice(0, 2)).toEqual([
      { file: 'vendors.csv', row: 2, reason },
      { file: 'vendors.csv', row: 3, reason },
    ]);
    expect(await vendorNames()).not.toContain('Miller');
    const { refusals: none } = await importFiles(service, {
      vendors: ['tail,Tail,,,,', 'quoted,"Miller, Sons & Co"'],
      products: [],
    });
    expect(none).toEqual([]);
    expect(await vendorNames()).toEqual(expect.arrayContaining(['Tail', 'Miller, Sons & Co']));
  });

  test.each([
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['bars', '|'],
  ])('vendors separated by %s are read', async (name, separator) => {
    const columns = ['id', 'name', 'country'].join(separator);
    const vendors = [[`by-${name}`, `Čačak ${name}, Šrafovi`, 'RS'].join(separator)];
    expect((await importFiles(service, { vendors, vendorColumns: columns, products: [] })).refusals).toEqual(
      [],
    );
    expect(await vendorNames()).toContain(`Čačak ${name}, Šrafovi`);
  });

  test('a missing column is named with the separator that the file was read by', async () => {
    const files = { vendors: ['a;b'], vendorColumns: 'name;country', products: [] };
    await expect(importFiles(service, files)).rejects.toThrow(
      'vendors.csv, read as separated by ";", lacks the column id',
    );
  });

  test('a line of products that is not UTF-8 ends the import before anything changes', async () => {
    const files = {
      vendors: ['bytes,Bytes'],
      products: [],
      priceList: Buffer.from('sku,name\nA,\xe8\n', 'latin1'),
    };
    await expect(importFiles(service, files)).rejects.toThrow('products.csv is not in UTF-8, see line 2.');
    const record = Buffer.from(`${JSON.stringify(aRecord({ vendor: 'bytes', name: 'Čaša' }))}\n`);
    const bytes = Buffer.concat([record, Buffer.from(record.toString('utf8').replace('Č', 'È'), 'latin1')]);
    await expect(importFiles(service, { ...files, priceList: undefined, bytes })).rejects.toThrow(
      'products.jsonl: line 2 is not in UTF-8',
    );
    expect((await offersOf(service, 'bytes')).size).toBe(0);
  });
});

describe('values as people write them', () => {
  test('what cannot be held is left out of a row and noted, and the row is imported', async () => {
    const { refusals, notes } = await importFixture('odd-rows');
    const offers = await offersOf(service, 'i7v');
    const price = (sku: string) => offers.get(sku)?.price;
    expect(['S1', 'S2', 'S3', 'S4', 'S8', 'S9'].map(price)).toEqual([
      '12.5000',
      null,
      '1234.5600',
      null,
      '12.5000',
      '12.5000',
    ]);
    expect(offers.get('S8')?.currency).toBe('EUR');
    expect(notes.filter(({ row }) => [2, 4, 5, 9, 13].includes(row)).map(({ reason }) => reason)).toEqual([
      'price 0 is imported as "on request"',
      'price 0.00525 has more than four decimals: imported as "on request"',
      'stock is not a whole number from 0 to 1000000000: imported as unknown',
      'image "/img/a.jpg" is not a web address: left out',
      'leadTimeDays is not a whole number from 0 to 1000000000: imported as unknown',
    ]);
    expect(refusals.map(({ row, reason }) => [row, reason])).toEqual([
      [20, 'currency "KWD" is not supported'],
      [17, "the vendor's SKU is already in row 16"],
    ]);
  });

  test('a price of 0 is free only if the import says so', async () => {
    const files = {
      ...{ vendors: ['zero,Zero,EUR'], vendorColumns: 'id,name,currency' },
      products: [aRecord({ vendor: 'zero', price: 0, priceBreaks: [[1, 0]] })],
    };
    const { notes } = await importFiles(service, files);
    expect(notes).toHaveLength(2);
    const list = { ...files, priceList: 'sku,name,price\nZ1,Ring,0\nZ2,Ring,"0,00"\nZ3,Ring,\n' };
    const inList = await importFiles(service, list);
    expect(inList.notes.map(({ row, reason }) => [row, reason])).toEqual([
      [2, 'price 0 is imported as "on request"'],
      [3, 'price 0 is imported as "on request"'],
    ]);
    const listed = await offersOf(service, 'zero');
    expect(['Z1', 'Z2', 'Z3'].map((sku) => listed.get(sku)?.price)).toEqual([null, null, null]);
    expect((await offersOf(service, 'zero')).get('S-1')?.price).toBeNull();
    expect((await importFiles(service, files, { zeroIsFree: true })).notes).toEqual([]);
    expect((await offersOf(service, 'zero')).get('S-1')?.price).toBe('0.0000');
  });
});

describe('price lists', () => {
  test('a price list in CSV needs no vendor and category where the import has one of each', async () => {
    // The sign of the euro is in windows-1252 there.
    await expect(importFixture('products-csv')).rejects.toThrow('products.csv is not in UTF-8');
    const { refusals } = await importFiles(service, {
      vendors: ['one,One,EUR'],
      vendorColumns: 'id,name,currency',
      products: [],
      priceList: 'sku;name;price\r\nA1;Kugellager;"1.234,56 €"\r\nA2;Ring;12.500\r\n',
    });
    expect(refusals).toEqual([]);
    const offers = await offersOf(service, 'one');
    expect(offers.get('A1')).toMatchObject({ name: 'Kugellager', price: '1234.5600', currency: 'EUR' });
    // The other price of the file has a decimal comma.
    expect(offers.get('A2')?.price).toBe('12500.0000');
  });

  test('lists, attributes and price breaks of a price list are read from its cells', async () => {
    const priceList = [
      'SKU,Vendor,Category,Name,Model,Tags,EAN,Attrs,attrs.Width,PriceBreaks,Price,MOQ,leadTimeDays',
      'B1,full,01010101,"Driver, slotted",DR-1,red|small,4006381333931,Length: 5 cm | Note: a:b,2,10: 0.95|100:0.9,1,5,3',
    ].join('\n');
    await importFiles(service, {
      vendors: ['full,Full,EUR', 'other,Other,EUR'],
      vendorColumns: 'id,name,currency',
      products: [],
      priceList,
    });
    const [offer] = await service.ctx.sql`
      select p.name, p.code, p.tags, p.eans, p.attributes, o.price_breaks, o.minimum, o.lead_time_days
      from offers o join products p on p.id = o.product_id where o.sku = 'B1'`;
    expect(offer).toMatchObject({
      name: 'Driver, slotted',
      code: 'DR-1',
      tags: ['red', 'small'],
      eans: ['4006381333931'],
      attributes: [
        ['Length', '5 cm'],
        ['Note', 'a:b'],
        ['width', '2'],
      ],
      price_breaks: [
        [10, '0.95'],
        [100, '0.9'],
      ],
      minimum: 5,
      lead_time_days: 3,
    });
  });

  test('a price with two readings is refused where no other price of the file tells', async () => {
    const { refusals } = await importFiles(service, {
      vendors: ['two,Two,EUR'],
      vendorColumns: 'id,name,currency',
      products: [],
      priceList: 'sku,name,price\nC1,Ring,12.500\nC2,Ring,7\n',
    });
    expect(refusals).toEqual([
      { file: 'products.csv', row: 2, reason: 'price "12.500" can be 12.5 or 12500' },
    ]);
  });

  test('a row of a price list with more cells than headings is refused by its line', async () => {
    const { refusals } = await importFiles(service, {
      vendors: ['surplus,Surplus,EUR'],
      vendorColumns: 'id,name,currency',
      products: [],
      priceList: 'sku,name,price\nF1,"Ring, large",1\nF2,Ring, small,2\nF3,Ring,3,,\n',
    });
    expect(refusals).toEqual([
      {
        ...{ file: 'products.csv', row: 3 },
        reason: '4 cells under 3 headings: put texts that hold the separator in quotes',
      },
    ]);
    expect([...(await offersOf(service, 'surplus')).keys()]).toEqual(['F1', 'F3']);
  });

  test('an unknown column of a price list is named before anything is imported', async () => {
    const files = { vendors: ['typo,Typo'], products: [], priceList: 'sku,name,prcie\nD1,Ring,7\n' };
    await expect(importFiles(service, files)).rejects.toThrow('products.csv has the unknown column prcie');
  });

  test('offers that a newer file lacks are reported and stay', async () => {
    const list = (...skus: string[]) => ({
      vendors: ['lacks,Lacks', 'apart,Apart'],
      products: skus.map((sku) => aRecord({ vendor: 'lacks', sku })),
    });
    await importFiles(service, { ...list('E1', 'E2', 'E3') });
    await importFiles(service, {
      vendors: ['apart,Apart'],
      products: [aRecord({ vendor: 'apart', sku: 'F1' })],
    });
    const { missing } = await importFiles(service, list('E2'));
    expect(missing).toEqual({
      ...{ total: 2, unnamed: 0 },
      first: [
        { vendor: 'lacks', sku: 'E1' },
        { vendor: 'lacks', sku: 'E3' },
      ],
    });
    expect([...(await offersOf(service, 'lacks')).keys()]).toEqual(['E1', 'E2', 'E3']);
  });
});
