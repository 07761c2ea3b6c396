import { afterEach, expect, test } from 'vitest';
import { stillClock } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { addCall } from '../desk/desks.ts';
import { openPage, type Page } from '../realtime/page.ts';
import { assemble, sendUsual } from '../requests/people.ts';
import { addPerson, guestOf, loggedIn, logIn, logOut, requestsIn, solutionsIn } from './people.ts';

const dayMs = 86_400_000;

// Sessions expire by the real time.
const { service, world } = await startWithWorld({ clock: stillClock(new Date()) });
const pages: Page[] = [];
afterEach(async () => {
  for (const page of pages.splice(0)) {
    page.close();
    await page.closed;
  }
});

const sensor = [{ product: 'sensor' as const, quantity: 1 }];

async function openSocket(...given: Parameters<typeof openPage>): Promise<Page> {
  const page = await openPage(...given);
  pages.push(page);
  return page;
}

test('a browser shows nothing of the account after logging out', async () => {
  const email = await addPerson(service);
  const browser = await loggedIn(service, email);
  const request = await sendUsual(browser, world);
  await service.drain({ includeLater: true });
  const solution = await assemble(browser, world, sensor);
  await logOut(browser);
  for (const path of [
    `requests/${request.id}`,
    `solutions/${solution}`,
    `solutions/${solution}/specification`,
  ])
    expect((await browser.get(`/api/${path}`)).status, path).toBe(404);
  expect(await requestsIn(browser)).toEqual([]);
  expect(await solutionsIn(browser)).toMatchObject({ products: [], filled: [] });
  expect(
    (
      await browser.post('/api/solutions/current/lines', {
        ...{ productId: world.products.motor, quantity: 1 },
      })
    ).status,
  ).toBe(201);
  // What the browser adds afterwards doesn't reach the account.
  expect((await solutionsIn(await loggedIn(service, email))).products).toEqual([world.products.sensor]);
});

test("a browser that logs in and out loses its guest's solution to the account", async () => {
  const email = await addPerson(service);
  const browser = service.visitor();
  const solution = await assemble(browser, world, sensor);
  await logIn(browser, email);
  await logOut(browser);
  expect((await browser.get(`/api/solutions/${solution}`)).status).toBe(404);
  expect(await solutionsIn(browser)).toMatchObject({ products: [] });
  expect((await solutionsIn(await loggedIn(service, email))).id).toBe(solution);
});

test('a copy of the cookies shows nothing after the logout', async () => {
  const browser = service.visitor();
  const solution = await assemble(browser, world, sensor);
  await logIn(browser, await addPerson(service));
  const copy = service.visitor();
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
  await logOut(browser);
  expect((await copy.get(`/api/solutions/${solution}`)).status).toBe(404);
});

test('a logout after the session has expired starts a fresh buyer, too', async () => {
  const browser = service.visitor();
  await logIn(browser, await addPerson(service));
  await service.ctx.sql`update account_sessions set expires_at = '2020-01-01'`;
  const solution = await assemble(browser, world, sensor);
  await logOut(browser);
  expect((await browser.get(`/api/solutions/${solution}`)).status).toBe(404);
  expect(await solutionsIn(browser)).toMatchObject({ products: [], filled: [] });
});

test("a logout of a browser that never logged in keeps the guest's solution", async () => {
  const browser = service.visitor();
  const solution = await assemble(browser, world, sensor);
  await logOut(browser);
  expect((await solutionsIn(browser)).id).toBe(solution);
});

test('an open socket receives nothing more of the account after the logout', async () => {
  const email = await addPerson(service);
  const [browser, other] = [await loggedIn(service, email), await loggedIn(service, email)];
  const topic = `solution:${await assemble(browser, world, sensor)}`;
  const [page, elsewhere] = [await openSocket(service, browser), await openSocket(service, other)];
  for (const socket of [page, elsewhere]) {
    socket.watch(topic);
    await socket.until(topic, ({ type }) => type === 'state');
  }
  await logOut(browser);
  await assemble(other, world, [{ product: 'motor', quantity: 1 }]);
  await elsewhere.until(topic, ({ state }) => state.lines.length === 2);
  expect(await page.closed).toBe(4401);
  expect(page.about(topic).map(({ state }) => state.lines.length)).toEqual([1]);
});

test('a login closes the socket of a page that shows a call, and the next socket sees the call as the account', async () => {
  const browser = service.visitor();
  await assemble(browser, world, sensor);
  const about = { vendorId: world.vendors.sever, offerId: world.offers.sensorSever, at: service.clock.now() };
  const id = await addCall(service.ctx.db, about, { buyerId: await guestOf(service, browser) }, []);
  const page = await openSocket(service, browser);
  page.watch(`call:${id}`);
  await page.until(`call:${id}`, ({ type }) => type === 'state');
  await logIn(browser, await addPerson(service));
  // The page must not hear that the call is missing.
  expect(await page.closed).toBe(4401);
  expect(page.about(`call:${id}`).map(({ type }) => type)).toEqual(['state']);
  const reopened = await openSocket(service, browser);
  reopened.watch(`call:${id}`);
  expect((await reopened.until(`call:${id}`)).type).toBe('state');
});

test("an active guest's cookie is renewed once a month", async () => {
  const browser = service.visitor();
  const solution = await assemble(browser, world, sensor);
  const renewed = async () => {
    const { headers } = await browser.get(`/api/solutions/${solution}`);
    return headers.getSetCookie().filter((line) => line.startsWith('sid='));
  };
  service.clock.advance(29 * dayMs);
  expect(await renewed()).toEqual([]);
  service.clock.advance(2 * dayMs);
  const sid = browser.cookies.get('sid') ?? '';
  expect(await renewed()).toEqual([
    expect.stringMatching(new RegExp(`^sid=${sid}; Max-Age=${400 * 86_400}; Path=/; HttpOnly; SameSite=Lax`)),
  ]);
  expect(await renewed()).toEqual([]);
  service.clock.advance(-31 * dayMs);
});
