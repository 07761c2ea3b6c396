import { afterAll, describe, expect, test } from 'vitest';
import { type Client, stillClock } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { add, Device, finishWith, startAdding, startUsing, withPasskey } from './passkey-device.ts';
import { chosen, login, verified } from './registrants.ts';

const { service } = await startWithWorld({
  env: { LIMIT_REGISTRATIONS_PER_HOUR: '100' },
  clock: stillClock(),
});
afterAll(() => service.drain());

const minuteMs = 60_000;
const me = async (browser: Client) => (await browser.get('/api/account/me')).status;
const factorsOf = async (browser: Client) => (await browser.get('/api/account/two-factor')).body;
const subjectsTo = async (email: string) => {
  await service.drain();
  return service.mail.to(email).map(({ subject }) => subject);
};
/** Returns a browser whose login waits for the second factor. */
async function waiting(email: string): Promise<Client> {
  const browser = service.visitor();
  expect((await login(browser, email)).body.code).toBe('second_factor_required');
  return browser;
}
const refused = {
  status: 401,
  body: {
    code: 'second_factor_required',
    errors: [{ path: 'passkey', code: 'wrong_passkey' }],
  },
};

describe('adding a passkey', () => {
  test('the first one has recovery codes, logs other browsers out and mails the owner', async () => {
    const email = 'first@passkey.example';
    const browser = await verified(service, email);
    const other = service.visitor();
    await login(other, email);
    const options = await startAdding(browser);
    expect(options).toMatchObject({
      rp: { name: 'Quoteline', id: 'quoteline.test' },
      user: { name: email },
      attestation: 'none',
    });
    const added = await add(browser, new Device().create(options), '  Office laptop ');
    expect(added).toMatchObject({ status: 201, body: { name: 'Office laptop', usedAt: null } });
    expect(added.body.recoveryCodes).toHaveLength(10);
    expect([await me(browser), await me(other)]).toEqual([200, 401]);
    const { id } = added.body;
    expect(await factorsOf(browser)).toMatchObject({
      totpSince: null,
      passkeys: [{ id, name: 'Office laptop', usedAt: null }],
      recoveryCodesLeft: 10,
    });
    expect(await subjectsTo(email)).toContain('A passkey was added');
  });

  test('a second one adds no recovery codes, and none may be of an authenticator that has one', async () => {
    const browser = await verified(service, 'second@passkey.example');
    const first = new Device();
    await withPasskey(browser, first);
    const second = new Device();
    expect((await withPasskey(browser, second, 'Phone')).recoveryCodes).toEqual([]);
    const { excludeCredentials } = await startAdding(browser);
    expect(excludeCredentials?.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect((await add(browser, first.create(await startAdding(browser)))).body.code).toBe('wrong_passkey');
  });

  test('the password is asked for before, and a name is needed', async () => {
    const browser = await verified(service, 'asked@passkey.example');
    const wrong = await browser.post('/api/account/passkey-challenges', { password: 'a guess' });
    expect(wrong).toMatchObject({ status: 401, body: { errors: [{ path: 'password' }] } });
    const credential = new Device().create(await startAdding(browser));
    expect(await add(browser, credential, ' \n ')).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'name', code: 'required' }] },
    });
    expect((await add(browser, credential, 'Key')).status).toBe(201);
  });

  test('a challenge counts once, for five minutes, for its account, and only as it was given out', async () => {
    const browser = await verified(service, 'once@passkey.example');
    const stranger = await verified(service, 'stranger@passkey.example');
    const options = await startAdding(browser);
    const wrong = { status: 422, body: { code: 'wrong_passkey' } };
    expect(await add(stranger, new Device().create(options))).toMatchObject(wrong);
    expect(await add(browser, new Device().create({ ...options, challenge: 'bWFkZSB1cA' }))).toMatchObject(
      wrong,
    );
    const device = new Device();
    expect((await add(browser, device.create(options))).status).toBe(201);
    expect(await add(browser, new Device().create(options))).toMatchObject(wrong);
    const late = await startAdding(browser);
    service.clock.advance(5 * minuteMs);
    expect(await add(browser, new Device().create(late))).toMatchObject(wrong);
    const replaced = await startAdding(browser);
    await startAdding(browser);
    expect(await add(browser, new Device().create(replaced))).toMatchObject(wrong);
    expect((await factorsOf(browser)).passkeys).toHaveLength(1);
  });

  test.each([
    ['another origin', { origin: 'https://quoteline.test' }],
    ['a host that looks alike', { origin: 'http://quoteline.test.evil.example' }],
    ['a passkey of another host', { rpId: 'evil.example' }],
    ['a login in place of a creation', { type: 'webauthn.get' }],
    ['an authenticator that nobody touched', { flags: 0 }],
  ])('%s is refused, and the challenge used up', async (what, said) => {
    const browser = await verified(service, `${what.replaceAll(/\W/g, '')}@passkey.example`);
    const options = await startAdding(browser);
    expect((await add(browser, new Device().create(options, said))).body.code).toBe('wrong_passkey');
    expect((await add(browser, new Device().create(options))).body.code).toBe('wrong_passkey');
    expect((await factorsOf(browser)).passkeys).toEqual([]);
  });

  test('a malformed credential is refused like a wrong one', async () => {
    const browser = await verified(service, 'malformed@passkey.example');
    const options = await startAdding(browser);
    const good = new Device().create(options);
    for (const credential of [
      { id: 'x', response: {} },
      { ...good, response: { ...good.response, clientDataJSON: 7 } },
      { ...good, response: { clientDataJSON: Buffer.from('[null]').toString('base64url') } },
      { ...good, response: { ...good.response, attestationObject: 'AAAA' } },
    ])
      expect((await add(browser, credential)).body.code).toBe('wrong_passkey');
  });

  test('an account has at most twenty', async () => {
    const email = 'many@passkey.example';
    const browser = await verified(service, email);
    const last = new Device().create(await startAdding(browser));
    await service.ctx.sql`
      insert into passkeys (account_id, credential_id, public_key, counter, transports, name, created_at)
      select id, 'many ' || n, '', 0, '{}', 'x', now() from accounts, generate_series(1, 20) n where email = ${email}`;
    expect(await add(browser, last)).toMatchObject({ status: 409, body: { code: 'too_many_passkeys' } });
    const again = await browser.post('/api/account/passkey-challenges', { password: chosen });
    expect(again.body.code).toBe('too_many_passkeys');
  });
});

describe('logging in with a passkey', () => {
  test('it finishes a login whose password was right, and its last use is noted', async () => {
    const email = 'uses@passkey.example';
    const own = await verified(service, email);
    const device = new Device();
    await withPasskey(own, device);
    service.clock.advance(minuteMs);
    const browser = await waiting(email);
    expect((await browser.get('/api/account/second-step')).body).toEqual({ totp: false, passkey: true });
    const options = await startUsing(browser);
    expect(options).toMatchObject({ rpId: 'quoteline.test', allowCredentials: [{ id: device.id }] });
    expect(await finishWith(browser, device.get(options))).toMatchObject({ status: 200, body: { email } });
    expect(await me(browser)).toBe(200);
    const [passkey] = (await factorsOf(browser)).passkeys;
    expect(passkey.usedAt).toBe(service.clock.now().toISOString());
  });

  test('no challenge is given out, and no passkey counts, without the password', async () => {
    const email = 'password@passkey.example';
    const device = new Device();
    await withPasskey(await verified(service, email), device);
    const options = await startUsing(await waiting(email));
    const browser = service.visitor();
    for (const answer of [
      await browser.post('/api/account/second-step/passkey-challenges'),
      await finishWith(browser, device.get(options)),
    ])
      expect(answer).toMatchObject({ status: 401, body: { code: 'login_step_over' } });
    expect((await login(service.visitor(), email, 'a wrong password')).body.code).toBe('invalid_credentials');
  });

  test('an answer counts once, for five minutes, and for the login that asked for it', async () => {
    const email = 'replay@passkey.example';
    const device = new Device();
    await withPasskey(await verified(service, email), device);
    const [first, second] = [await waiting(email), await waiting(email)];
    const answer = device.get(await startUsing(first));
    expect(await finishWith(second, answer)).toMatchObject(refused);
    expect((await finishWith(first, answer)).status).toBe(200);
    expect(await finishWith(second, answer)).toMatchObject(refused);
    const late = await startUsing(second);
    service.clock.advance(5 * minuteMs);
    expect(await finishWith(second, device.get(late))).toMatchObject(refused);
    expect((await finishWith(second, device.get(await startUsing(second)))).status).toBe(200);
    expect(await finishWith(second, device.get(late))).toMatchObject({ body: { code: 'login_step_over' } });
  });

  test('of two browsers that send one answer at once, one is logged in', async () => {
    const email = 'race@passkey.example';
    const device = new Device();
    await withPasskey(await verified(service, email), device);
    const browser = await waiting(email);
    const copy = service.visitor();
    copy.cookies.set('step', browser.cookies.get('step') ?? '');
    const answer = device.get(await startUsing(browser));
    const tries = await Promise.all([finishWith(browser, answer), finishWith(copy, answer)]);
    expect(tries.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  test.each([
    ['another origin', { origin: 'http://localhost' }],
    ['another host', { rpId: 'evil.example' }],
    ['a creation in place of a login', { type: 'webauthn.create' }],
    ['a challenge that nobody gave out', { challenge: 'bWFkZSB1cA' }],
  ])('an answer for %s is refused, and another try of the same login accepted', async (what, said) => {
    const email = `${what.replaceAll(/\W/g, '')}.login@passkey.example`;
    const device = new Device();
    await withPasskey(await verified(service, email), device);
    const browser = await waiting(email);
    expect(await finishWith(browser, device.get(await startUsing(browser), said))).toMatchObject(refused);
    expect(await me(browser)).toBe(401);
    expect((await finishWith(browser, device.get(await startUsing(browser)))).status).toBe(200);
  });

  test('a passkey of another account is refused', async () => {
    const [email, foreign] = ['victim@passkey.example', new Device()];
    await withPasskey(await verified(service, email), new Device());
    await withPasskey(await verified(service, 'foreign@passkey.example'), foreign);
    const browser = await waiting(email);
    expect(await finishWith(browser, foreign.get(await startUsing(browser)))).toMatchObject(refused);
  });

  test('a counter that does not rise is refused, as somebody has a copy of the passkey', async () => {
    const email = 'counter@passkey.example';
    const device = new Device();
    await withPasskey(await verified(service, email), device);
    const browser = await waiting(email);
    expect((await finishWith(browser, device.get(await startUsing(browser), { counter: 9 }))).status).toBe(
      200,
    );
    for (const counter of [9, 8, 0]) {
      const next = await waiting(email);
      expect(await finishWith(next, device.get(await startUsing(next), { counter }))).toMatchObject(refused);
    }
  });

  test('a removed passkey no longer counts, even for a login that has begun', async () => {
    const email = 'removed@passkey.example';
    const own = await verified(service, email);
    const [lost, kept] = [new Device(), new Device()];
    const { id } = await withPasskey(own, lost);
    await withPasskey(own, kept, 'Kept');
    const browser = await waiting(email);
    const options = await startUsing(browser);
    expect((await own.delete(`/api/account/passkeys/${id}`, { password: chosen })).status).toBe(204);
    expect(await finishWith(browser, lost.get(options))).toMatchObject(refused);
    expect((await finishWith(browser, kept.get(await startUsing(browser)))).status).toBe(200);
    expect(await subjectsTo(email)).toContain('A passkey was removed');
  });

  test('wrong answers are limited like wrong codes', async () => {
    const email = 'guessed@passkey.example';
    await withPasskey(await verified(service, email), new Device());
    const browser = await waiting(email);
    const statuses = [];
    for (let times = 0; times < 11; times += 1)
      statuses.push((await finishWith(browser, { id: 'x', response: {} })).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
  });
});
