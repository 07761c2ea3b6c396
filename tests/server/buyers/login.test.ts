import { describe, expect, test } from 'vitest';
import { startWithWorld } from '../../world.ts';
import { addCall, addCallBack } from '../desk/desks.ts';
import { loggedIn as agentLoggedIn } from '../presence/staff.ts';
import { assemble, jana, send, sendBody, sendUsual, tokenFor } from '../requests/people.ts';
import { addPerson, guestOf, loggedIn, logIn, logOut, requestsIn, solutionsIn } from './people.ts';

const { service, world } = await startWithWorld();

const motor = [{ product: 'motor' as const, quantity: 1 }];
const sensor = [{ product: 'sensor' as const, quantity: 1 }];

/** Returns a guest's browser with a solution of these lines. */
async function guestWith(lines = sensor as Parameters<typeof assemble>[2]) {
  const browser = service.visitor();
  const id = await assemble(browser, world, lines);
  return { browser, id };
}

describe('the solutions at a login', () => {
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

  test("the guest's solution replaces an empty current solution of the account", async () => {
    const email = await addPerson(service);
    await (await loggedIn(service, email)).get('/api/solutions/current');
    const { browser, id } = await guestWith();
    await logIn(browser, email);
    expect(await solutionsIn(browser)).toMatchObject({ id, total: 1 });
  });

  test("a guest's saved solutions move into the account as well", async () => {
    const { browser, id: saved } = await guestWith();
    const { body: named } = await browser.post('/api/solutions', { name: 'Pump room' });
    await logIn(browser, await addPerson(service));
    expect(await solutionsIn(browser)).toMatchObject({ id: named.id, filled: [saved], total: 2 });
  });
});

describe('the requests at a login', () => {
  test("only requests sent with the account's own address move, in whatever case it was typed", async () => {
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
    // The solution of the other request has left the list as well.
    expect((await browser.get('/api/solutions')).body.items).toMatchObject([{ requestId: own.id }]);
    const followed = await service.outsider().get(`/api/follow/${token}`);
    expect(followed).toMatchObject({ status: 200, body: { id: other.id } });

    await logOut(browser);
    expect(await requestsIn(browser)).toEqual([]);
    expect((await browser.get(`/api/requests/${other.id}`)).status).toBe(404);
  });

  test('a request that is repeated with its key after a login is answered as before', async () => {
    const email = await addPerson(service);
    const browser = service.visitor();
    const body = sendBody(await assemble(browser, world, sensor), { contact: { ...jana, email } });
    const key = 'sent before the login';
    const first = await send(browser, body, key);
    await logIn(browser, email);
    const repeated = await send(browser, body, key);
    expect([first.status, repeated.status]).toEqual([201, 201]);
    expect(repeated.body.id).toBe(first.body.id);
    await service.drain({ includeLater: true });
  });

  test('a request sent with an unproven address is not moved', async () => {
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

describe('the calls at a login', () => {
  const about = () => ({
    vendorId: world.vendors.sever,
    offerId: world.offers.sensorSever,
    at: service.clock.now(),
  });

  test('a buyer who logs in during a call still sees it, also in a second browser', async () => {
    const email = await addPerson(service);
    const { browser } = await guestWith();
    const id = await addCall(service.ctx.db, about(), { buyerId: await guestOf(service, browser) }, []);
    expect((await browser.get(`/api/calls/${id}`)).status).toBe(200);
    await logIn(browser, email);
    expect((await browser.get(`/api/calls/${id}`)).status).toBe(200);
    const second = await loggedIn(service, email);
    expect((await second.get('/api/calls/current')).body.call).toMatchObject({ id });
    // Pages of the second browser find the call by this cookie.
    expect(second.cookies.get('call')).toBe(id);
    await logOut(browser);
    expect((await browser.get(`/api/calls/${id}`)).status).toBe(404);
    expect((await second.get(`/api/calls/${id}`)).status).toBe(200);
  });

  test("a guest's live call stays with the guest while the account is in another one", async () => {
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

  test("a guest's finished calls and call-backs stay with the guest", async () => {
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

describe('a login of somebody who is no buyer', () => {
  test.each(['staff', 'manager', 'agent'] as const)(
    "a login as %s moves nothing and keeps the browser's guest, whom the logout replaces",
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
