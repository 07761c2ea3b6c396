import { afterAll, describe, expect, test } from 'vitest';
import { type Client, start, stillClock } from '../../harness.ts';
import { createWorld, startWithWorld } from '../../world.ts';
import { assemble } from '../requests/people.ts';
import { addPerson, logIn, logOut, solutionsIn } from './people.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

const { service, world } = await startWithWorld({ clock: stillClock() });
const secure = await start({ env: { PUBLIC_URL: 'https://quoteline.test' } });
const secureWorld = await createWorld(secure.ctx.db);
afterAll(() => secure.end());

const sensor = [{ product: 'sensor' as const, quantity: 1 }];

function withCookie(of: typeof service, name: string, value: string | undefined): Client {
  const browser = of.visitor();
  browser.cookies.set(name, value ?? '');
  return browser;
}

describe('the secret of a browser', () => {
  test.each(['buyer', 'staff'] as const)(
    'a cookie planted before a login as %s leads to nothing that happens after it',
    async (role) => {
      const victim = service.visitor();
      await assemble(victim, world, sensor);
      const planted = victim.cookies.get('sid');
      await logIn(victim, await addPerson(service, role));
      expect(victim.cookies.get('sid')).not.toBe(planted);
      await assemble(victim, world, [{ product: 'motor', quantity: 1 }]);
      const attacker = withCookie(service, 'sid', planted);
      expect(await solutionsIn(attacker)).toMatchObject({ products: [] });
      await logOut(victim);
      await assemble(victim, world, sensor);
      expect(await solutionsIn(withCookie(service, 'sid', planted))).toMatchObject({ products: [] });
    },
  );

  test('a logout renews the secret, so that a copy shows nothing of the next guest', async () => {
    const browser = service.visitor();
    await assemble(browser, world, sensor);
    await logIn(browser, await addPerson(service));
    const copied = browser.cookies.get('sid');
    await logOut(browser);
    await assemble(browser, world, sensor);
    expect(await solutionsIn(withCookie(service, 'sid', copied))).toMatchObject({ products: [] });
    expect(await solutionsIn(browser)).toMatchObject({ products: [world.products.sensor] });
  });

  test('a browser that is not used for 400 days has ended, one in use goes on', async () => {
    const idle = service.visitor();
    const used = service.visitor();
    await assemble(idle, world, sensor);
    await assemble(used, world, sensor);
    for (let month = 0; month < 14; month += 1) {
      service.clock.advance(31 * dayMs);
      const answer = await used.get('/api/solutions/current');
      expect(answer.body.lines).toHaveLength(1);
      expect(answer.headers.getSetCookie().join()).toMatch(/^sid=[\w-]{32}; Max-Age=34560000;/);
    }
    expect(await solutionsIn(idle)).toMatchObject({ products: [] });
  });
});

describe('a session', () => {
  test.each(['staff', 'manager'] as const)('a session as %s ends after twelve idle hours', async (role) => {
    const vendor = role === 'manager' ? world.vendors.sever : undefined;
    const [idle, used] = [service.visitor(), service.visitor()];
    await logIn(idle, await addPerson(service, role, vendor));
    await logIn(used, await addPerson(service, role, vendor));
    service.clock.advance(7 * hourMs);
    expect((await used.get('/api/account/me')).status).toBe(200);
    service.clock.advance(6 * hourMs);
    expect((await idle.get('/api/account/me')).status).toBe(401);
    expect((await used.get('/api/account/me')).status).toBe(200);
    for (let day = 0; day < 14; day += 1) {
      service.clock.advance(11 * hourMs);
      await used.get('/api/account/me');
    }
    expect((await used.get('/api/account/me')).status).toBe(200);
    service.clock.advance(2 * hourMs);
    expect((await used.get('/api/account/me')).status).toBe(401);
  });
});

describe('on https', () => {
  test('no other host can set the secrets', async () => {
    const browser = secure.visitor();
    await assemble(browser, secureWorld, sensor);
    await logIn(browser, await addPerson(secure));
    expect([...browser.cookies.keys()].toSorted()).toEqual(['__Host-known', '__Host-session', '__Host-sid']);
  });

  test('a secret with its former name counts once and is replaced, and beside the new one for nothing', async () => {
    const browser = secure.visitor();
    await assemble(browser, secureWorld, sensor);
    const sid = browser.cookies.get('__Host-sid');
    const old = withCookie(secure, 'sid', sid);
    const first = await old.get('/api/solutions/current');
    expect(first.body.lines).toHaveLength(1);
    const set = first.headers.getSetCookie();
    expect(set).toContainEqual(expect.stringMatching(new RegExp(`^__Host-sid=${sid}; .*Secure`)));
    expect(set).toContainEqual(expect.stringMatching(/^sid=; .*Expires=Thu, 01 Jan 1970/));
    const other = secure.visitor();
    await assemble(other, secureWorld, [{ product: 'motor', quantity: 1 }]);
    other.cookies.set('sid', sid ?? '');
    const both = await other.get('/api/solutions/current');
    expect(both.body.lines).toMatchObject([{ product: { id: secureWorld.products.motor } }]);
    expect(both.headers.getSetCookie().join()).toMatch(/^sid=;/);
  });
});
