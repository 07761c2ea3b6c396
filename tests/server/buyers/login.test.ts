import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { start, type TestService } from '../../harness.ts';
import { createWorld, type World } from '../../world.ts';
import { addCall, addCallBack } from '../desk/desks.ts';
import { loggedIn as agentLoggedIn } from '../presence/staff.ts';
import { assemble, jana, sendUsual, tokenFor } from '../requests/people.ts';
import { addPerson, guestOf, loggedIn, logIn, logOut, requestsIn, solutionsIn } from './people.ts';

let service: TestService;
let world: World;
beforeAll(async () => {
  service = await start();
  world = await createWorld(service.ctx.db);
});
afterAll(() => service.end());

const motor = [{ product: 'motor' as const, quantity: 1 }];
const sensor = [{ product: 'sensor' as const, quantity: 1 }];

/** Returns a guest's browser with a solution of these lines. */
async function guestWith(lines = sensor as Parameters<typeof assemble>[2]) {
  const browser = service.visitor();
  const id = await assemble(browser, world, lines);
  return { browser, id };
}

describe('solutions', () => {
  test("a guest's solution with lines is the account's current one after a login", async () => {
    const { browser, id } = await guestWith();
    await logIn(browser, await addPerson(service));
    expect(await solutionsIn(browser)).toMatchObject({ id, products: [world.products.sensor], total: 1 });
  });

  test('a second browser that logs in shows the same solutions and requests', async () => {
    const email = await addPerson(service);
    const browser = await loggedIn(service, email);
    const request = await sendUsual(browser, world);
    const id = await assemble(browser, world, motor);
    const second = await loggedIn(service, email);
    expect(second.cookies.get('sid')).toBeUndefined();
    expect(await solutionsIn(second)).toEqual(await solutionsIn(browser));
    expect((await solutionsIn(second)).id).toBe(id);
    expect(await requestsIn(second)).toEqual([request.id]);
    await service.drain({ includeLater: true });
  });

  test("the account's former current solution is saved when the guest's has lines", async () => {
    const email = await addPerson(service);
    const former = await assemble(await loggedIn(service, email), world, motor);
    const { browser, id } = await guestWith();
    await logIn(browser, email);
    expect(await solutionsIn(browser)).toMatchObject({ id, filled: [id, former], total: 2 });
  });

  test("the account's current solution stays when the guest's has no lines", async () => {
    const email = await addPerson(service);
    const former = await assemble(await loggedIn(service, email), world, motor);
    const browser = service.visitor();
    await browser.get('/api/solutions/current');
    await logIn(browser, email);
    expect(await solutionsIn(browser)).toMatchObject({ id: former, total: 1 });
  });

  test('an empty current solution of the account gives way without a trace', async () => {
    const email = await addPerson(service);
    await (await loggedIn(service, email)).get('/api/solutions/current');
    const { browser, id } = await guestWith();
    await logIn(browser, email);
    expect(await solutionsIn(browser)).toMatchObject({ id, total: 1 });
  });

  test("a guest's saved solutions move as well", async () => {
    const { browser, id: saved } = await guestWith();
    const { body: named } = await browser.post('/api/solutions', { name: 'Pump room' });
    await logIn(browser, await addPerson(service));
    expect(await solutionsIn(browser)).toMatchObject({ id: named.id, filled: [saved], total: 2 });
  });
});

describe('requests', () => {
  test("only what was sent with the account's own address moves, in whatever case it was typed", async () => {
    const email = await addPerson(service);
    const browser = service.visitor();
    const contact = { ...jana, email: email.toUpperCase() };
    const own = await sendUsual(browser, world, sensor, { contact });
    const other = await sendUsual(browser, world, motor);
    await service.drain({ includeLater: true });
    const token = tokenFor(service, jana.email, 'f');

    await logIn(browser, email);
    expect(await requestsIn(browser)).toEqual([own.id]);
    expect((await browser.get(`/api/requests/${own.id}`)).status).toBe(200);
    expect((await browser.get(`/api/requests/${other.id}`)).status).toBe(404);
    // Of the other's specification nothing is left in the list of solutions either.
    expect((await browser.get('/api/solutions')).body.items).toMatchObject([{ requestId: own.id }]);
    const followed = await service.outsider().get(`/api/follow/${token}`);
    expect(followed).toMatchObject({ status: 200, body: { id: other.id } });

    await logOut(browser);
    expect(await requestsIn(browser)).toEqual([]);
    expect((await browser.get(`/api/requests/${other.id}`)).status).toBe(404);
  });

  test('a request with an address that nobody has proven stays', async () => {
    const email = await addPerson(service);
    await service.ctx.sql`update accounts set email_proven_at = null where email = ${email}`;
    const browser = service.visitor();
    const { id } = await sendUsual(browser, world, sensor, { contact: { ...jana, email } });
    await logIn(browser, email);
    expect(await requestsIn(browser)).toEqual([]);
    expect((await browser.get(`/api/requests/${id}`)).status).toBe(404);
    await service.drain({ includeLater: true });
  });
});

describe('calls', () => {
  const about = () => ({
    vendorId: world.vendors.sever,
    offerId: world.offers.sensorSever,
    at: service.clock.now(),
  });

  test('a caller who logs in during a call goes on seeing it, also in a second browser', async () => {
    const email = await addPerson(service);
    const { browser } = await guestWith();
    const id = await addCall(service.ctx.db, about(), { buyerId: await guestOf(service, browser) }, []);
    expect((await browser.get(`/api/calls/${id}`)).status).toBe(200);
    await logIn(browser, email);
    expect((await browser.get(`/api/calls/${id}`)).status).toBe(200);
    const second = await loggedIn(service, email);
    expect((await second.get('/api/calls/current')).body.call).toMatchObject({ id });
    // So that the second browser's pages find it.
    expect(second.cookies.get('call')).toBe(id);
    await logOut(browser);
    expect((await browser.get(`/api/calls/${id}`)).status).toBe(404);
    expect((await second.get(`/api/calls/${id}`)).status).toBe(200);
  });

  test("a guest's live call stays where it is while the account is in another one", async () => {
    const email = await addPerson(service);
    const first = await guestWith();
    const call = async (guest: string) => addCall(service.ctx.db, about(), { buyerId: guest }, []);
    const earlier = await call(await guestOf(service, first.browser));
    await logIn(first.browser, email);
    const { browser } = await guestWith();
    const later = await call(await guestOf(service, browser));
    await logIn(browser, email);
    expect((await browser.get('/api/calls/current')).body.call).toMatchObject({ id: earlier });
    expect((await browser.get(`/api/calls/${later}`)).status).toBe(404);
  });

  test("a guest's calls that are over and requests to be called back stay with the guest", async () => {
    const { browser } = await guestWith();
    const buyerId = await guestOf(service, browser);
    const over = { state: 'closed', outcome: 'no_agent', endedAt: service.clock.now() } as const;
    const id = await addCall(service.ctx.db, about(), { buyerId, ...over }, []);
    await addCallBack(service.ctx.db, about(), { buyerId });
    expect((await browser.get('/api/call-backs')).body.total).toBe(1);
    await logIn(browser, await addPerson(service));
    expect((await browser.get(`/api/calls/${id}`)).status).toBe(404);
    expect((await browser.get('/api/call-backs')).body.total).toBe(0);
  });
});

describe('people who buy nothing', () => {
  test.each(['staff', 'manager', 'agent'] as const)(
    "the login of %s moves nothing, they act for the browser's buyer, and the logout gives it a fresh one",
    async (role) => {
      const { browser, id } = await guestWith();
      const guest = await guestOf(service, browser);
      if (role === 'agent') {
        const agent = await agentLoggedIn(service, world, 'milan');
        browser.cookies.set('session', agent.cookies.get('session') ?? '');
      } else {
        await logIn(
          browser,
          await addPerson(service, role, role === 'manager' ? world.vendors.sever : undefined),
        );
      }
      expect((await browser.get('/api/account/me')).body.role).toBe(role);
      expect(await solutionsIn(browser)).toMatchObject({ id, products: [world.products.sensor] });
      await logOut(browser);
      expect((await browser.get(`/api/solutions/${id}`)).status).toBe(404);
      expect(await solutionsIn(browser)).toMatchObject({ products: [], filled: [] });
      expect(await guestOf(service, browser)).not.toBe(guest);
    },
  );
});
