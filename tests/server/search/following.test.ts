import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Db } from '#db/client.ts';
import { forgetCatalogChanges } from '#server/catalog/queries.ts';
import {
  announceRewrite,
  isImportLockTaken,
  isNoImportRunning,
  releaseImportLock,
  takeImportLock,
} from '#server/catalog/import/staging/queries.ts';
import type { KnownValue } from '#server/search/attributes/rules.ts';
import type { IndexedProduct, MemoryIndex, Surroundings } from '#server/search/memory/port.ts';
import { follow, type Follower } from '#server/search/serving/follower.ts';
import { start, type TestService } from '../../harness.ts';
import { createWorld } from '../../world.ts';
import { shelve } from './shelf.ts';

/** Keeps what an index is given. */
class Shelf implements Omit<MemoryIndex, 'find' | 'suggest'> {
  products = new Map<number, IndexedProduct>();
  surroundings: Surroundings | undefined;

  attributeValues: KnownValue[] = [];

  surround(surroundings: Surroundings): void {
    this.surroundings = surroundings;
    this.attributeValues = [...surroundings.attributeValues];
  }
  addAttributeValues(values: readonly KnownValue[]): void {
    this.attributeValues.push(...values);
  }
  isSorted = false;
  prepare = () => {
    this.isSorted = true;
    return Promise.resolve();
  };
  isWasteful = () => false;
  put(products: readonly IndexedProduct[]): void {
    this.isSorted = false;
    for (const product of products) this.products.set(product.id, product);
  }
  remove(ids: readonly number[]): void {
    for (const id of ids) this.products.delete(id);
  }
  find = () => null;
  suggest = () => null;
  sizes = () => ({ products: this.products.size, texts: 0, postings: 0, bytes: 0, keptBytes: 0 });
}

let service: TestService;
beforeAll(async () => {
  service = await start();
  await createWorld(service.ctx.db);
});
afterAll(() => service.end());

async function following(): Promise<{
  follower: Follower;
  shelves: Shelf[];
  names: () => Promise<string[]>;
}> {
  const shelves: Shelf[] = [];
  const follower = follow(service.ctx.db, service.ctx.log, () => {
    const shelf = new Shelf();
    shelves.push(shelf);
    return shelf as unknown as MemoryIndex;
  });
  onTestFinished(() => follower.stop());
  await vi.waitFor(async () => expect(await follower.readiness()).toBe('current'), 10_000);
  const names = async () => {
    await vi.waitFor(async () => expect(await follower.readiness()).toBe('current'), 10_000);
    return [...(shelves.at(-1)?.products.values() ?? [])].map(({ name }) => name);
  };
  return { follower, shelves, names };
}

describe('the index of the search process', () => {
  test('holds what was there before, came and changed, and not what went', async () => {
    const { db } = service.ctx;
    const [old = '', other = ''] = await shelve(db, [{ name: 'Old lamp' }, { name: 'Other lamp' }]);
    const { names, shelves } = await following();
    expect(await names()).toEqual(expect.arrayContaining(['Old lamp', 'Other lamp']));
    await shelve(db, [{ name: 'New lamp' }]);
    await db.execute(sql`update products set name = 'Renamed lamp' where id = ${old}::bigint`);
    await db.execute(sql`update products set offered = false where id = ${other}::bigint`);
    const found = await names();
    expect(found).toEqual(expect.arrayContaining(['New lamp', 'Renamed lamp']));
    expect(found).not.toContain('Old lamp');
    expect(found).not.toContain('Other lamp');
    expect(shelves).toHaveLength(1);
  });

  test('holds a change that is committed after later ones', async () => {
    const { db } = service.ctx;
    const [early = '', late = ''] = await shelve(db, [{ name: 'Lamp A' }, { name: 'Lamp B' }]);
    const rename = (to: Db, id: string, name: string) =>
      to.execute(sql`update products set name = ${name} where id = ${id}::bigint`);
    const { names, shelves } = await following();
    await db.transaction(async (tx) => {
      await rename(tx, early, 'Slow lamp');
      await rename(db, late, 'Quick lamp');
      const meanwhile = await names();
      expect(meanwhile).toContain('Quick lamp');
      expect(meanwhile).toContain('Lamp A');
    });
    expect(await names()).toContain('Slow lamp');
    expect(shelves).toHaveLength(1);
  });

  test('holds the offers as they are now, also of a product that lost one', async () => {
    const { db } = service.ctx;
    const [id = ''] = await shelve(db, [
      { name: 'Lamp of two', offers: [{ vendor: 'brandt' }, { vendor: 'sever' }] },
    ]);
    const { names, shelves } = await following();
    const offers = () => shelves[0]?.products.get(Number(id))?.offers.map(({ price }) => price);
    expect(offers()).toHaveLength(2);
    await db.execute(sql`
      update offers set withdrawn_at = now() where id = (select min(id) from offers where product_id = ${id}::bigint)`);
    await db.execute(
      sql`update offers set price = 77 where product_id = ${id}::bigint and withdrawn_at is null`,
    );
    await names();
    expect(offers()).toEqual(['77.0000']);
  });

  test('knows new values of attributes, and new names of vendors', async () => {
    const { db } = service.ctx;
    const { names, shelves } = await following();
    await shelve(db, [{ name: 'Lamp with a base', attributes: [['Base', 'E14 of a new kind']] }]);
    await db.execute(sql`update vendors set name = 'Brandt the new' where slug = 'brandt'`);
    await names();
    const [shelf] = shelves;
    const lamp = [...(shelf?.products.values() ?? [])].find(({ name }) => name === 'Lamp with a base');
    const values = shelf?.attributeValues.filter(({ id }) => lamp?.attributeIds.includes(id));
    expect(values).toEqual([{ id: expect.any(Number), name: 'Base', value: 'E14 of a new kind' }]);
    expect(shelf?.surroundings?.vendors.find(({ slug }) => slug === 'brandt')?.name).toBe('Brandt the new');
  });

  test('holds many changes of one statement', async () => {
    const { db } = service.ctx;
    await shelve(
      db,
      Array.from({ length: 130 }, (_, at) => ({ name: `Bulb ${at}` })),
    );
    const { names } = await following();
    await db.execute(sql`update products set name = name || ' again' where name like 'Bulb %'`);
    const bulbs = (await names()).filter((name) => name.startsWith('Bulb'));
    expect(bulbs).toHaveLength(130);
    expect(bulbs.filter((name) => !name.endsWith(' again'))).toEqual([]);
  });

  test('is not searched while it lacks what was committed before, but for what an import wrote', async () => {
    const { db, sql: client } = service.ctx;
    const ids = await shelve(
      db,
      Array.from({ length: 101 }, (_, at) => ({ name: `Spot ${at}` })),
    );
    const { follower, names } = await following();
    const rename = (few: readonly string[]) =>
      db.execute(sql`update products set name = 'Spot' where id = any (${`{${few.join(',')}}`}::bigint[])`);
    const holding = await client.reserve();
    const importing = await client.reserve();
    // The follower can't read products now.
    await holding`begin`;
    await holding`lock table product_codes in access exclusive mode`;
    await rename(ids);
    expect(await follower.readiness()).toBe('behind');
    await takeImportLock(importing, () => {});
    await vi.waitFor(async () => expect(await follower.readiness()).toBe('importing'), 10_000);
    await rename(ids.slice(0, 1));
    expect(await follower.readiness()).toBe('behind');
    await holding`commit`;
    expect((await names()).filter((name) => name === 'Spot')).toHaveLength(101);
    await releaseImportLock(importing);
    for (const connection of [holding, importing]) connection.release();
  });

  test('counts changes of few products apart from those of many', async () => {
    const { db } = service.ctx;
    const ids = await shelve(
      db,
      Array.from({ length: 101 }, (_, at) => ({ name: `Globe ${at}` })),
    );
    const { follower, names } = await following();
    const rename = (few: readonly string[]) =>
      db.execute(sql`update products set name = 'Globe' where id = any (${`{${few.join(',')}}`}::bigint[])`);
    const before = follower.version();
    await rename(ids);
    await names();
    const afterMany = follower.version();
    expect(afterMany.all).toBeGreaterThan(before.all);
    expect(afterMany.small).toBe(before.small);
    await rename(ids.slice(0, 1));
    await names();
    expect(follower.version()).toEqual({ all: afterMany.all + 1, small: before.small + 1 });
  });

  test('takes for an import only what writes, not what keeps imports away while it reads', async () => {
    const { db } = service.ctx;
    await db.transaction(async (tx) => {
      expect(await isNoImportRunning(tx)).toBe(true);
      expect(await isImportLockTaken(db)).toBe(false);
      await announceRewrite(tx);
      expect(await isImportLockTaken(db)).toBe(true);
    });
    expect(await isImportLockTaken(db)).toBe(false);
  });

  test('has sorted what came before a search has to', async () => {
    const { db } = service.ctx;
    const { names, shelves } = await following();
    for (const name of ['Lamp to sort', 'Other lamp to sort']) {
      await shelve(db, [{ name }]);
      expect(await names()).toContain(name);
      expect(shelves[0]?.isSorted).toBe(true);
    }
  });

  test('is built again when any product may have changed', async () => {
    const { db } = service.ctx;
    await shelve(db, [{ name: 'Lasting lamp' }]);
    const { names, shelves } = await following();
    await db.execute(sql`insert into catalog_changes default values`);
    await vi.waitFor(() => expect(shelves).toHaveLength(2), 10_000);
    expect(await names()).toContain('Lasting lamp');
  });

  test('is built again when much of it belongs to no product any more', async () => {
    const { db } = service.ctx;
    await shelve(db, [{ name: 'Lamp of old' }]);
    const { names, shelves } = await following();
    const [first] = shelves;
    if (first) first.isWasteful = () => true;
    await vi.waitFor(() => expect(shelves).toHaveLength(2), 10_000);
    expect(await names()).toContain('Lamp of old');
  });

  test('is not built again for its waste while an import runs', async () => {
    const importing = await service.ctx.sql.reserve();
    const { shelves } = await following();
    const isWasteful = vi.fn(() => true);
    await takeImportLock(importing, () => {});
    const [first] = shelves;
    if (first) first.isWasteful = isWasteful;
    await vi.waitFor(() => expect(isWasteful.mock.calls.length).toBeGreaterThan(2), 10_000);
    expect(shelves).toHaveLength(1);
    await releaseImportLock(importing);
    importing.release();
    await vi.waitFor(() => expect(shelves).toHaveLength(2), 10_000);
  });

  test('asks again whether an import runs at once after a failure', async () => {
    const { db } = service.ctx;
    let fails = false;
    const follower = follow(
      new Proxy(db, {
        get: (target, name) =>
          fails && name === 'execute'
            ? () => Promise.reject(new Error('no database'))
            : Reflect.get(target, name, target),
      }),
      service.ctx.log,
      () => new Shelf() as unknown as MemoryIndex,
    );
    onTestFinished(() => follower.stop());
    await vi.waitFor(async () => expect(await follower.readiness()).toBe('current'), 10_000);
    fails = true;
    await expect(follower.isImporting()).rejects.toThrow('no database');
    fails = false;
    expect(await follower.isImporting()).toBe(false);
  });

  test('loses nothing when old notes of changes are forgotten', async () => {
    const { db } = service.ctx;
    const [id = ''] = await shelve(db, [{ name: 'Lamp of today' }]);
    const { names, shelves } = await following();
    await db.transaction(async (tx) => {
      await tx.execute(sql`update products set name = 'Lamp of an hour' where id = ${id}::bigint`);
      await tx.execute(sql`update catalog_changes set at = now() - interval '2 hours'`);
    });
    await forgetCatalogChanges(db);
    expect(await names()).toContain('Lamp of an hour');
    expect(shelves).toHaveLength(1);
  });
});
