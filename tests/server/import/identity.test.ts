import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { start, type TestService } from '../../harness.ts';
import { aRecord, type CatalogFiles, found, importFiles, offersOf } from './catalog-files.ts';

let service: TestService;
beforeAll(async () => {
  service = await start();
});
afterAll(() => service.end());

const productOf = async (vendor: string, sku: string) =>
  (await offersOf(service, vendor)).get(sku)?.productId;

describe('another catalogue', () => {
  test('another catalogue with the same ids and keys changes nothing of the first', async () => {
    await importFiles(service, {
      vendors: ['first,First'],
      categories: ['01,,1,Pumps'],
      products: [
        aRecord({ vendor: 'first', sku: 'P-1', product: 'p1', category: '01', name: 'Pump', model: 'PU-1' }),
        aRecord({ vendor: 'first', sku: 'P-2', product: 'p1', category: '01', name: 'Pump', model: 'PU-1' }),
      ],
    });
    const before = await offersOf(service, 'first');
    await importFiles(service, {
      vendors: ['second,Second'],
      categories: ['01,,1,Valves'],
      products: [aRecord({ vendor: 'second', sku: 'P-1', product: 'p1', category: '01', name: 'Valve' })],
    });
    expect(await offersOf(service, 'first')).toEqual(before);
    const valve = (await offersOf(service, 'second')).get('P-1');
    expect(valve).toMatchObject({ name: 'Valve', path: 'Valves' });
    expect(before.get('P-1')?.productId).toBe(before.get('P-2')?.productId);
    expect(valve?.productId).not.toBe(before.get('P-1')?.productId);
  });

  test('another catalogue that lists one offer of a shared product updates only that offer', async () => {
    const shared = (vendor: string, price: number, name: string) =>
      aRecord({ vendor, sku: 'SH', product: 'shared', price, name, ean: [`${vendor}-ean`] });
    const vendors = ['elder,Elder', 'younger,Younger'];
    await importFiles(service, {
      vendors,
      products: [shared('elder', 10, 'Drill press'), shared('younger', 11, 'Drill press')],
    });
    const result = await importFiles(service, {
      vendors,
      products: [shared('younger', 9.5, 'Cheap drill!')],
    });
    expect(result).toMatchObject({ created: 0, updated: 1 });
    const elder = (await offersOf(service, 'elder')).get('SH');
    const younger = (await offersOf(service, 'younger')).get('SH');
    expect(younger).toMatchObject({ productId: elder?.productId, price: '9.5000', name: 'Drill press' });
    for (const word of ['elder-ean', 'younger-ean', 'elder', 'younger']) {
      expect(await found(service, word)).toEqual([elder?.productId]);
    }
    const [product] = await service.ctx
      .sql`select sort_price::text from products where id = ${elder?.productId ?? ''}`;
    expect(product?.sort_price).toBe('9.50000000');
    // The same import again has nothing to write.
    const again = await importFiles(service, { vendors, products: [shared('younger', 9.5, 'Cheap drill!')] });
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
  });
});

describe('a second import', () => {
  test('a second import in another order writes nothing', async () => {
    const products = [
      aRecord({ vendor: 'steady', sku: 'B', product: 'pair', name: 'Pair', tags: ['x'], ean: ['1'] }),
      aRecord({ vendor: 'steady', sku: 'Solo', name: 'Solo' }),
      aRecord({ vendor: 'still', sku: 'A', product: 'pair', name: 'The pair', tags: ['y'], ean: ['2'] }),
    ];
    const files: CatalogFiles = { vendors: ['steady,Steady', 'still,Still'], products };
    await importFiles(service, files);
    const written = () =>
      service.ctx.sql`
      select 'p' as t, id, xmin::text, ctid::text, tags, eans from products
      union all select 'o', id, xmin::text, ctid::text, null, null from offers
      union all select 'v', id, xmin::text, ctid::text, null, null from vendors
      union all select 'c', id, xmin::text, ctid::text, null, null from categories order by 1, 2`.then(
        (rows) => [...rows],
      );
    const before = await written();
    const again = await importFiles(service, files);
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
    expect(await written()).toEqual(before);
    const turned = await importFiles(service, { ...files, products: products.toReversed() });
    expect(turned).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
    expect(await written()).toEqual(before);
  });

  test('a second import writes what changed and updates search', async () => {
    const files = (fields: Record<string, unknown>): CatalogFiles => ({
      vendors: ['mover,Mover'],
      categories: ['1,,1,Motors', '2,,1,Gearboxes'],
      products: [
        aRecord({
          vendor: 'mover',
          sku: 'M-1',
          category: '1',
          name: 'Motor',
          model: 'OLD-9',
          price: 5,
          ...fields,
        }),
      ],
    });
    await importFiles(service, files({}));
    const before = (await offersOf(service, 'mover')).get('M-1');
    const result = await importFiles(
      service,
      files({ category: '2', name: 'Geared motor', model: 'NEW-9', price: null, stock: 4 }),
    );
    expect(result).toMatchObject({ created: 0, updated: 1 });
    const after = (await offersOf(service, 'mover')).get('M-1');
    expect(after).toMatchObject({
      productId: before?.productId,
      name: 'Geared motor',
      code: 'NEW-9',
      price: null,
    });
    expect(await found(service, 'new-9')).toEqual([after?.productId]);
    expect(await found(service, 'old-9')).toEqual([]);
    const codes = await service.ctx.sql`
      select code from product_codes where product_id = ${after?.productId ?? ''} order by code`;
    expect(codes.map((row) => row.code as string)).toEqual(['m-1', 'new-9']);
    const counts = await service.ctx.sql`
      select path, product_count from categories where path in ('Motors', 'Gearboxes') order by path`;
    expect(counts.map((row) => [row.path, row.product_count])).toEqual([
      ['Gearboxes', 1],
      ['Motors', 0],
    ]);
  });
});

describe('offers that change their products', () => {
  const vendors = ['left,Left', 'right,Right'];
  const both = (leftKey: string | undefined, rightKey: string | undefined, sku: string): CatalogFiles => ({
    vendors,
    products: [
      aRecord({ vendor: 'left', sku, product: leftKey, name: 'Left name', model: `L-${sku}` }),
      aRecord({ vendor: 'right', sku, product: rightKey, name: 'Right name', model: `R-${sku}` }),
    ],
  });

  test('offers that the file separates are separated, and the older keeps the product', async () => {
    await importFiles(service, both('k', 'k', 'PART'));
    const together = await productOf('left', 'PART');
    expect(await productOf('right', 'PART')).toBe(together);
    await importFiles(service, both('k', 'other', 'PART'));
    expect(await productOf('left', 'PART')).toBe(together);
    const right = (await offersOf(service, 'right')).get('PART');
    expect(right).toMatchObject({ name: 'Right name', code: 'R-PART' });
    expect(right?.productId).not.toBe(together);
    expect(await found(service, 'r-part')).toEqual([right?.productId]);
  });

  test('offers that the file joins are joined, and solution lines follow', async () => {
    await importFiles(service, both('one', 'two', 'JOIN'));
    const [left, right] = [await productOf('left', 'JOIN'), await productOf('right', 'JOIN')];
    await service.ctx.sql`
      with buyer as (insert into buyers default values returning id),
      solution as (insert into solutions (buyer_id) select id from buyer returning id)
      insert into solution_lines (solution_id, product_id, position, quantity)
      select id, ${right ?? ''}, 1, 1 from solution`;
    await importFiles(service, both('same', 'same', 'JOIN'));
    expect(await productOf('left', 'JOIN')).toBe(left);
    expect(await productOf('right', 'JOIN')).toBe(left);
    const lines = await service.ctx.sql`select product_id::text as id from solution_lines`;
    expect(lines.map((row) => row.id as string)).toEqual([left]);
    expect(await service.ctx.sql`select from products where id = ${right ?? ''}`).toHaveLength(0);
    expect(await found(service, 'right join')).toEqual([]);
  });

  test('a record without a key leaves a shared product', async () => {
    await importFiles(service, both('k', 'k', 'ALONE'));
    const together = await productOf('left', 'ALONE');
    await importFiles(service, {
      vendors,
      products: [aRecord({ vendor: 'left', sku: 'ALONE', name: 'On its own', model: 'OWN-1' })],
    });
    expect(await productOf('right', 'ALONE')).toBe(together);
    const left = (await offersOf(service, 'left')).get('ALONE');
    expect(left?.productId).not.toBe(together);
    expect(left?.name).toBe('On its own');
    const [old] = await service.ctx.sql`select name, search_text from products where id = ${together ?? ''}`;
    expect(old?.name).toBe('Left name');
    expect(old?.search_text).not.toContain(' left ');
  });

  test('of two records without a key the older keeps the product and the other gets a new one', async () => {
    await importFiles(service, both('k', 'k', 'SPLIT'));
    const together = await productOf('left', 'SPLIT');
    await importFiles(service, both(undefined, undefined, 'SPLIT'));
    expect(await productOf('left', 'SPLIT')).toBe(together);
    expect((await offersOf(service, 'right')).get('SPLIT')).toMatchObject({ name: 'Right name' });
    const empty = await service.ctx.sql`
      select from products p where not exists (select from offers o where o.product_id = p.id)`;
    expect(empty).toHaveLength(0);
  });
});
