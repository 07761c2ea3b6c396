import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { products } from '#db/tables/catalog.ts';
import * as wishes from '#server/wishes/service.ts';
import { mostWishes } from '#server/wishes/schema.ts';
import { startWithWorld } from '../../world.ts';
import { addPerson, loggedIn } from '../buyers/people.ts';

const { service, world } = await startWithWorld();
const newBuyer = async () => loggedIn(service, await addPerson(service));
type Browser = Awaited<ReturnType<typeof newBuyer>>;

async function codesIn(browser: Browser): Promise<string[]> {
  const { items } = (await browser.get<{ items: { product: { code: string } }[] }>('/api/wishes')).body;
  return items.map(({ product }) => product.code);
}

describe('the wish list', () => {
  test('a buyer puts products on it twice and takes one off twice', async () => {
    const buyer = await newBuyer();
    const { sensor, motor } = world.products;
    for (const id of [sensor, sensor, motor])
      expect((await buyer.put(`/api/wishes/${id}`, {})).status).toBe(204);
    expect((await codesIn(buyer)).sort()).toEqual(['6ES-100', 'MOT-7']);
    for (let press = 0; press < 2; press += 1)
      expect((await buyer.delete(`/api/wishes/${sensor}`)).status).toBe(204);
    expect(await codesIn(buyer)).toEqual(['MOT-7']);
    expect((await buyer.get('/api/wishes')).body).toMatchObject({
      total: 1,
      items: [{ product: { id: motor, offers: [{ price: { amount: '52000.00' } }] } }],
    });
  });

  test('two tabs that add the same product add it once', async () => {
    const buyer = await newBuyer();
    const path = `/api/wishes/${world.products.cable}`;
    const answers = await Promise.all([buyer.put(path, {}), buyer.put(path, {}), buyer.put(path, {})]);
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(await codesIn(buyer)).toEqual(['CAB-5']);
  });

  test('nobody else sees or changes it, and guests are asked to log in', async () => {
    const [buyer, other, guest] = [await newBuyer(), await newBuyer(), service.visitor()];
    const path = `/api/wishes/${world.products.motor}`;
    await buyer.put(path, {});
    expect(await codesIn(other)).toEqual([]);
    await other.delete(path);
    expect(await codesIn(buyer)).toEqual(['MOT-7']);
    const answers = [await guest.get('/api/wishes'), await guest.put(path, {}), await guest.delete(path)];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
  });

  test('unknown products are refused', async () => {
    const buyer = await newBuyer();
    for (const id of ['999999999', 'x', '-1'])
      expect((await buyer.put(`/api/wishes/${id}`, {})).status).toBe(404);
    expect(await codesIn(buyer)).toEqual([]);
  });

  test('a full list takes nothing more but keeps what it has', async () => {
    const { db, sql } = service.ctx;
    const buyer = await newBuyer();
    await buyer.put(`/api/wishes/${world.products.sensor}`, {});
    const [sensor] = await db
      .select()
      .from(products)
      .where(eq(products.id, Number(world.products.sensor)));
    const { id: _id, ...like } = sensor!;
    const others = Array.from({ length: mostWishes - 1 }, (_, nth) => ({ ...like, code: `W-${nth}` }));
    const added = await db.insert(products).values(others).returning({ id: products.id });
    await sql`
      insert into wishes (buyer_id, product_id, created_at)
      select w.buyer_id, n, w.created_at from (select * from wishes order by created_at desc limit 1) w,
        unnest(${added.map(({ id }) => id)}::bigint[]) n`;
    const refused = await buyer.put(`/api/wishes/${world.products.motor}`, {});
    expect([refused.status, refused.body.code]).toEqual([409, 'wish_list_full']);
    expect((await buyer.put(`/api/wishes/${world.products.sensor}`, {})).status).toBe(204);
    expect((await buyer.get('/api/wishes')).body.total).toBe(mostWishes);
  });

  test('a wish follows its product into the one that an import merges it with', async () => {
    const buyer = await newBuyer();
    const { cable, relay } = world.products;
    await buyer.put(`/api/wishes/${cable}`, {});
    const reserved = await service.ctx.sql.reserve();
    await wishes.followMergedProducts(reserved, new Map([[Number(cable), Number(relay)]]));
    reserved.release();
    expect((await codesIn(buyer)).sort()).toEqual(['CAB-5', 'RLY-9']);
  });
});
