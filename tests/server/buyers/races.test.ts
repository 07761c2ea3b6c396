import { expect, test } from 'vitest';
import * as buyers from '#server/buyers/service.ts';
import * as callBacks from '#server/call-backs/service.ts';
import * as solutions from '#server/solutions/service.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { assemble } from '../requests/people.ts';
import { addPerson, guestOf, loggedIn, logIn, logOut, solutionsIn } from './people.ts';

const { service, world } = await startWithWorld();

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const sensor = [{ product: 'sensor' as const, quantity: 1 }];

/** Returns another tab of a browser: a client with the same cookies. */
function tabOf(browser: Client): Client {
  const tab = service.visitor();
  for (const [name, value] of browser.cookies) tab.cookies.set(name, value);
  return tab;
}

test('tabs of one browser that log in at once merge the guest once', async () => {
  const email = await addPerson(service);
  const browser = service.visitor();
  const id = await assemble(browser, world, sensor);
  const guest = await guestOf(service, browser);
  const tabs = upTo(5).map(() => tabOf(browser));
  await Promise.all(tabs.map((tab) => logIn(tab, email)));
  for (const tab of tabs) expect(await solutionsIn(tab)).toMatchObject({ id, total: 1 });
  expect(
    await service.ctx
      .sql`select 1 from events where name = 'buyer.merged' and payload ->> 'guestId' = ${guest}`,
  ).toHaveLength(1);
});

test('browsers that log in at once all bring their solutions, one of which is then current', async () => {
  const email = await addPerson(service);
  const browsers = upTo(5).map(() => service.visitor());
  const ids = await Promise.all(browsers.map((browser) => assemble(browser, world, sensor)));
  await Promise.all(browsers.map((browser) => logIn(browser, email)));
  const seen = await solutionsIn(browsers[0]!);
  expect(seen.filled.toSorted()).toEqual(ids.toSorted());
  expect(ids).toContain(seen.id);
});

test('a browser shows nothing after logins and logouts of its tabs at once', async () => {
  const email = await addPerson(service);
  const browser = await loggedIn(service, email);
  const id = await assemble(browser, world, sensor);
  const tabs = upTo(6).map(() => tabOf(browser));
  await Promise.all(tabs.map((tab, index) => (index % 2 === 0 ? logIn(tab, email) : logOut(tab))));
  await Promise.all(tabs.map(logOut));
  for (const tab of tabs) expect((await tab.get(`/api/solutions/${id}`)).status).toBe(404);
  expect((await solutionsIn(await loggedIn(service, email))).filled).toEqual([id]);
});

test('a line that is added during a login ends up in the account or is refused', async () => {
  const line = { productId: world.products.motor, quantity: 1 };
  for (const round of upTo(8)) {
    const email = await addPerson(service);
    const browser = service.visitor();
    // The current solution has a line in every other round and is empty in the others.
    if (round % 2 === 0) await assemble(browser, world, sensor);
    else await browser.post('/api/solutions', { name: 'first' });
    const adding = upTo(4).map(() => tabOf(browser).post('/api/solutions/current/lines', line));
    await logIn(browser, email);
    const added = await Promise.all(adding);
    expect([201, 404]).toEqual(expect.arrayContaining(added.map(({ status }) => status)));
    const lineIds = added.flatMap(({ status, body }) => (status === 201 ? [body.id as string] : []));
    expect(await mergedOwners(lineIds)).toEqual([]);
  }
});

/** Returns the merged guests who still own one of these lines. */
async function mergedOwners(lineIds: string[]): Promise<readonly unknown[]> {
  return service.ctx.sql`
    select b.id from solution_lines l
    join solutions s on s.id = l.solution_id join buyers b on b.id = s.buyer_id
    where l.id = any(${lineIds}) and b.merged_into is not null`;
}

test('a browser works after a logout that meets the start of its current solution', async () => {
  const line = { productId: world.products.motor, quantity: 1 };
  for (const email of await Promise.all(upTo(8).map(() => addPerson(service, 'staff')))) {
    const browser = await loggedIn(service, email);
    await assemble(browser, world, sensor);
    // The browser now has a cookie and a buyer without a current solution.
    await logOut(browser);
    await logIn(browser, email);
    const tab = tabOf(browser);
    const started = upTo(3).map(() => tab.post('/api/solutions/current/lines', line));
    await Promise.all([logOut(browser), ...started]);
    expect((await browser.get('/api/solutions/current')).status).toBe(200);
    expect((await browser.post('/api/solutions/current/lines', line)).status).toBe(201);
  }
});

test('nothing can be started or changed for a guest who was merged into an account', async () => {
  const { ctx } = service;
  const browser = service.visitor();
  const id = await assemble(browser, world, sensor);
  const guest = await guestOf(service, browser);
  await logIn(browser, await addPerson(service));
  const notFound = { status: 404, code: 'not_found' };
  expect(await solutions.ensureCurrent(ctx, guest)).toBeNull();
  await expect(solutions.create(ctx, guest, {})).rejects.toMatchObject(notFound);
  await expect(solutions.changeSolution(ctx, guest, id, { name: 'x' })).rejects.toMatchObject(notFound);
  const callBack = {
    ...({ offerId: world.offers.sensorSever, kind: 'sales', phone: '+420601123456' } as const),
    wantedAt: new Date(Date.now() + 86_400_000).toISOString(),
  };
  const guestCaller = { buyerId: guest, address: '192.0.2.7', locale: 'en', idempotencyKey: null } as const;
  await expect(callBacks.requestCallBack(ctx, guestCaller, callBack)).rejects.toMatchObject(notFound);
  await expect(ctx.db.transaction((tx) => buyers.delayMerge(tx, guest))).rejects.toMatchObject(notFound);
});
