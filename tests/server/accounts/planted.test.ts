import { describe, expect, test } from 'vitest';
import { sha256 } from '#server/platform/tokens.ts';
import { startWithWorld } from '../../world.ts';
import { chosen, login, verified } from './registrants.ts';

const env = {
  ...{ LIMIT_REGISTRATIONS_PER_HOUR: '100', LIMIT_LOGINS_PER_QUARTER_HOUR: '3' },
  TRUST_PROXY: '127.0.0.1',
};
const { service, world } = await startWithWorld({ env });
const rowOf = async (email: string) =>
  (await service.ctx.sql`select * from accounts where email = ${email}`)[0];

describe('a planted session', () => {
  test('is never taken over by a login, and the new one is random', async () => {
    const email = 'fixed@planted.example';
    await verified(service, email);
    const planted = 'a'.repeat(40);
    const victim = service.visitor();
    victim.cookies.set('session', planted);
    expect((await login(victim, email)).status).toBe(200);
    const first = victim.cookies.get('session');
    expect(first).not.toBe(planted);
    const attacker = service.visitor();
    attacker.cookies.set('session', planted);
    expect((await attacker.get('/api/account/me')).status).toBe(401);
    await login(victim, email);
    expect(victim.cookies.get('session')).not.toBe(first);
    attacker.cookies.set('session', first ?? '');
    expect((await attacker.get('/api/account/me')).status).toBe(401);
  });

  test('in a form that no session has is a guest’s', async () => {
    const email = 'forms@planted.example';
    const browser = await verified(service, email);
    const id = browser.cookies.get('session') ?? '';
    for (const session of [
      id.toUpperCase(),
      `${id}0`,
      id.slice(0, -1),
      sha256(id).toString('base64url'),
      "' or 1=1 --",
      'x'.repeat(5_000),
      '%00',
    ]) {
      const attacker = service.visitor();
      attacker.cookies.set('session', session);
      expect((await attacker.get('/api/account/me')).status, session.slice(0, 60)).toBe(401);
    }
  });
});

describe('guesses at a password', () => {
  test('count for the network that sent them, whatever the sender claims to have forwarded', async () => {
    const email = 'spoofed@planted.example';
    await verified(service, email);
    const guess = (forwarded: string) =>
      service.outsider().request(
        'POST',
        '/api/account/login',
        { email, password: 'a guess' },
        {
          ...{ origin: service.config.publicUrl, 'x-forwarded-for': forwarded },
        },
      );
    const statuses = [];
    for (let host = 1; host <= 4; host += 1)
      statuses.push((await guess(`203.0.113.${host}, 198.51.100.7`)).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
    const inOneNetwork = [];
    for (let host = 1; host <= 4; host += 1)
      inOneNetwork.push((await guess(`2001:db8:1:1:${host}::${host}`)).status);
    expect(inOneNetwork).toEqual([401, 401, 401, 429]);
  });
});

describe('fields that are not the sender’s to set', () => {
  const rights = {
    role: 'staff',
    vendorId: '1',
    agentId: '1',
    buyerId: '1',
    companyId: '1',
    credits: '100.00',
  };

  test('change nothing of an account, whichever operation gets them', async () => {
    const email = 'rights@planted.example';
    const browser = await verified(service, email);
    const before = await rowOf(email);
    await browser.post('/api/account/login', { email, password: chosen, ...rights });
    for (const answer of [
      await browser.patch('/api/account/me', { name: 'Mira', ...rights }),
      await browser.put('/api/account/password', { current: chosen, password: 'meadow clouds', ...rights }),
      await browser.post('/api/account/passkey-challenges', { password: chosen, ...rights }),
    ])
      expect(answer.status).toBe(422);
    expect(await rowOf(email)).toEqual(before);
    expect((await browser.get('/api/credits')).body).toMatchObject({ posted: '0.00' });
  });

  test('change neither the owner nor the state of what somebody makes', async () => {
    const [browser, victim] = [service.visitor(), await verified(service, 'target@planted.example')];
    const { buyer_id: victimsBuyer } = (await rowOf('target@planted.example'))!;
    const others = { ...rights, buyerId: victimsBuyer as string, id: crypto.randomUUID(), isCurrent: true };
    const made = await browser.post('/api/solutions', { name: 'Mine', ...others });
    const line = { productId: world.products.sensor, quantity: 1 };
    await browser.post('/api/solutions/current/lines', { ...line, ...others, unitPrice: '0.01' });
    const { id: solutionId } = (await browser.get('/api/solutions/current')).body;
    const contact = { name: 'Ana', email: 'ana@planted.example' };
    const sent = await browser.post(
      '/api/requests',
      { solutionId, kind: 'quote', contact, ...others, number: 'R-1', status: 'accepted', state: 'accepted' },
      { 'idempotency-key': crypto.randomUUID() },
    );
    expect([201, 422]).toContain(sent.status);
    const items = async (path: string) => (await victim.get(path)).body.items as { id: string }[];
    const seen = [...(await items('/api/solutions')), ...(await items('/api/requests'))].map(({ id }) => id);
    for (const id of [made.body.id, solutionId, sent.body.id]) expect(seen).not.toContain(id);
    if (sent.status === 201)
      expect(sent.body).toMatchObject({ status: expect.not.stringMatching('accepted') });
    await service.drain();
  });

  test('a parameter that is sent twice is refused or counts once, and never breaks anything', async () => {
    const browser = service.visitor();
    for (const path of [
      '/api/products?q=sensor&q=motor',
      '/api/products?page=1&page=2',
      '/api/products?currency=EUR&currency=RSD',
      '/api/suggestions?q=a&q=b',
      '/api/products?q[$ne]=x',
      '/api/products?__proto__[x]=1',
    ])
      expect([200, 422], path).toContain((await browser.get(path)).status);
  });
});
