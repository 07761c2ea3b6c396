import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { start, type TestService } from '../../harness.ts';
import { aRecord, type CatalogFiles, importFiles } from './catalog-files.ts';

let service: TestService;
beforeAll(async () => {
  service = await start();
});
afterAll(() => service.end());

const withdrawMissing = true;

/** A catalogue of one vendor with these offers, each its own product. */
const catalogue = (vendor: string, ...skus: string[]): CatalogFiles => ({
  vendors: [`${vendor},${vendor}`],
  products: skus.map((sku) => aRecord({ vendor, sku, name: `Tool ${vendor} ${sku}` })),
});

interface Stored {
  id: string;
  sku: string;
  live: boolean;
  product: string;
  offered: boolean;
}

/** Returns all offers of a vendor, withdrawn ones too, by SKU. */
async function storedOf(vendor: string): Promise<Map<string, Stored>> {
  const rows = await service.ctx.sql<Stored[]>`
    select o.id::text, o.sku, o.withdrawn_at is null as live, p.id::text as product, p.offered
    from offers o join vendors v on v.id = o.vendor_id join products p on p.id = o.product_id
    where v.slug = ${vendor}`;
  return new Map(rows.map((row) => [row.sku, row]));
}

const liveOf = async (vendor: string) =>
  [...(await storedOf(vendor)).values()]
    .filter(({ live }) => live)
    .map(({ sku }) => sku)
    .sort();

describe('offers that a newer file lacks', () => {
  test('missing offers of the vendors of the file are withdrawn, others stay', async () => {
    await importFiles(service, catalogue('acme', 'A1', 'A2', 'A3'));
    await importFiles(service, catalogue('other', 'O1'));
    const result = await importFiles(service, catalogue('acme', 'A2'), { withdrawMissing });
    expect(result).toMatchObject({ unchanged: 1, withdrawn: 2, missing: { total: 2, unnamed: 0 } });
    expect(await liveOf('acme')).toEqual(['A2']);
    expect(await liveOf('other')).toEqual(['O1']);
  });

  test('an offer withdrawn before is not reported again, and the same file writes nothing', async () => {
    await importFiles(service, catalogue('again', 'B1', 'B2'));
    await importFiles(service, catalogue('again', 'B1'), { withdrawMissing });
    const before = await storedOf('again');
    const result = await importFiles(service, catalogue('again', 'B1'), { withdrawMissing });
    expect(result).toMatchObject({
      unchanged: 1,
      updated: 0,
      withdrawn: 0,
      missing: { total: 0, first: [] },
    });
    expect(await storedOf('again')).toEqual(before);
  });

  test('a file that brings an offer again revives it with its id and product', async () => {
    await importFiles(service, catalogue('revived', 'C1', 'C2'));
    const before = await storedOf('revived');
    await importFiles(service, catalogue('revived', 'C1'), { withdrawMissing });
    expect((await storedOf('revived')).get('C2')).toMatchObject({ live: false, offered: false });
    const result = await importFiles(service, catalogue('revived', 'C1', 'C2'));
    expect(result).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
    expect(await storedOf('revived')).toEqual(before);
  });

  test('an offer whose row is refused is not withdrawn', async () => {
    await importFiles(service, catalogue('faulty', 'D1', 'D2', 'D3'));
    const files = catalogue('faulty', 'D1');
    files.products.push(aRecord({ vendor: 'faulty', sku: 'D2', price: 'cheap' }));
    const result = await importFiles(service, files, { withdrawMissing });
    expect(result).toMatchObject({ refused: 1, withdrawn: 1 });
    expect(result.missing.first).toEqual([{ vendor: 'faulty', sku: 'D3' }]);
    expect(await liveOf('faulty')).toEqual(['D1', 'D2']);
  });

  test('nothing is withdrawn while a refused row may be about any offer', async () => {
    await importFiles(service, catalogue('broken', 'E1', 'E2'));
    const files = catalogue('broken', 'E1');
    files.products.push('{"sku": "E2", ');
    const result = await importFiles(service, files, { withdrawMissing });
    expect(result).toMatchObject({ refused: 1, withdrawn: 0, missing: { total: 1, unnamed: 1 } });
    expect(await liveOf('broken')).toEqual(['E1', 'E2']);
  });
});

describe('products of withdrawn offers', () => {
  const shared = (...vendors: string[]): CatalogFiles => ({
    vendors: vendors.map((vendor) => `${vendor},${vendor}`),
    products: vendors.map((vendor, index) =>
      aRecord({
        ...{ vendor, sku: `${vendor}-7`, product: 'k', name: 'Vise', model: 'V' },
        ...{ price: 10 + index, stock: 1 - index },
      }),
    ),
  });

  test('a product stays with its other offers, and forgets what the withdrawn one gave it', async () => {
    await importFiles(service, shared('cheap', 'dear'));
    const files = catalogue('cheap', 'only');
    await importFiles(service, files, { withdrawMissing });
    const product = (await storedOf('dear')).get('dear-7');
    expect(product).toMatchObject({ live: true, offered: true });
    const [row] = await service.ctx.sql`
      select search_text, sort_price::text, in_stock, array(
        select code from product_codes where product_id = products.id order by code) as codes
      from products where id = ${product?.product ?? ''}`;
    expect(row).toMatchObject({ sort_price: '11.00000000', in_stock: false });
    expect(row?.search_text).toContain('dear-7');
    expect(row?.search_text).not.toContain('cheap');
    expect(row?.codes).toContain('dear-7');
  });

  test('a product without offers is counted neither in its category nor for its vendor', async () => {
    const counted = async () => {
      const [row] = await service.ctx.sql`select c.product_count as category, v.product_count as vendor
        from categories c, vendors v where c.path = 'Lathes' and v.slug = 'turner'`;
      return row;
    };
    const lathes = (...skus: string[]): CatalogFiles => ({
      vendors: ['turner,Turner'],
      categories: ['1,,1,Lathes'],
      products: skus.map((sku) => aRecord({ vendor: 'turner', sku, category: '1' })),
    });
    await importFiles(service, lathes('L1', 'L2'));
    expect(await counted()).toEqual({ category: 2, vendor: 2 });
    await importFiles(service, lathes('L2'), { withdrawMissing });
    expect(await counted()).toEqual({ category: 1, vendor: 1 });
  });

  test('a product whose last live offer moves away stays for its withdrawn one', async () => {
    await importFiles(service, shared('gone', 'moving'));
    await importFiles(service, catalogue('gone', 'only'), { withdrawMissing });
    const before = (await storedOf('gone')).get('gone-7');
    // Without a key it leaves the shared product.
    await importFiles(service, {
      vendors: ['moving,moving'],
      products: [aRecord({ vendor: 'moving', sku: 'moving-7', name: 'Clamp' })],
    });
    const old = (await storedOf('gone')).get('gone-7');
    expect(old).toMatchObject({ id: before?.id, live: false, product: before?.product, offered: false });
    const moved = (await storedOf('moving')).get('moving-7');
    expect(moved).toMatchObject({ live: true, offered: true });
    expect(moved?.product).not.toBe(old?.product);
  });
});
