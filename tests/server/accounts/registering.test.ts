import { beforeEach, describe, expect, test } from 'vitest';
import { forgetExpired } from '#server/accounts/registering/service.ts';
import { stillClock } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { addPerson } from '../buyers/people.ts';
import { chosen, login, register, tokensTo, verify } from './registrants.ts';

const env = { LIMIT_MAILS_PER_UNPROVEN_ADDRESS: '3', TRUST_PROXY: '127.0.0.1' };
const { service } = await startWithWorld({ env, clock: stillClock(new Date()) });
beforeEach(() => service.clock.advance(3_600_000));

const hourMs = 3_600_000;
const hashes = async () => {
  const text = (await service.outsider().get<string>('/metrics')).body;
  return Number(/^quoteline_password_hashes_total (\d+)$/m.exec(text)?.[1]);
};
const kindsTo = (email: string) =>
  service.mail.to(email).map(({ headers }) => headers.find(({ key }) => key === 'x-quoteline-kind')?.value);

describe('registering', () => {
  test('a known and an unknown address get the same answer, for the same statements, hashes and mails', async () => {
    const known = await addPerson(service);
    const measured = [];
    for (const email of [known, 'unknown@people.example']) {
      const browser = service.visitor();
      await browser.get('/api/solutions/current');
      const before = await hashes();
      let answer: Awaited<ReturnType<typeof register>> | undefined;
      const statements = await service.countStatements(async () => {
        answer = await register(browser, { email });
      });
      const { status, body, headers } = answer!;
      const names = [...headers.keys()].filter((name) => name !== 'date').sort();
      await service.drain();
      const mails = service.mail.to(email).length;
      measured.push({ status, body, names, statements, mails, hashes: (await hashes()) - before });
    }
    expect(measured[0]).toEqual(measured[1]);
    expect(measured[0]).toMatchObject({ status: 202, body: null, mails: 1, hashes: 1 });
    expect(kindsTo(known)).toEqual(['already-registered']);
    expect(kindsTo('unknown@people.example')).toEqual(['verify-address']);
  });

  test('the mail to an address that nobody proved says nothing that was typed', async () => {
    const email = 'target@people.example';
    const typed = { name: 'WIN at evil.example', company: 'Evil Ltd' };
    expect((await register(service.visitor(), { email, ...typed })).status).toBe(202);
    await service.drain();
    const [mail] = service.mail.to(email);
    expect(mail?.raw).not.toMatch(/evil/i);
    expect(mail?.links).toEqual([expect.stringContaining('/account/verify/')]);
    expect(mail?.to).toEqual([{ address: email, name: '' }]);
  });

  test('a registration is no account: its login is refused as a wrong password', async () => {
    const email = 'unproven@people.example';
    const browser = service.visitor();
    await register(browser, { email });
    const refused = await login(browser, email);
    expect(refused).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    expect(refused.body).toEqual((await login(browser, 'nobody@people.example')).body);
    expect(await service.ctx.sql`select id from accounts where email = ${email}`).toHaveLength(0);
    await service.drain();
  });

  test('a language that is no language tag is refused at its field', async () => {
    for (const locale of ['!!', 'e', 'en-', 'en-u-ca-gregory', 'english-language']) {
      const refused = await register(service.visitor(), { email: 'odd@people.example', locale });
      const errors = [{ path: 'locale', code: 'format' }];
      expect(refused, locale).toMatchObject({ status: 422, body: { code: 'invalid_input', errors } });
    }
    for (const locale of ['cs', 'de-AT', 'sr-Latn-RS', 'es-419'])
      expect((await register(service.visitor(), { email: `${locale}@tag.example`, locale })).status).toBe(
        202,
      );
    await service.drain();
  });

  test('all wrong fields are named at once, and a field that is not theirs to set is refused', async () => {
    const refused = await register(service.visitor(), {
      name: ' ',
      email: 'no address',
      password: 'short12',
    });
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
    expect(refused.body.errors.map(({ path, code }: Record<string, string>) => `${path} ${code}`)).toEqual([
      'name required',
      'email format',
      'password too_short',
    ]);
    const long = await register(service.visitor(), {
      email: 'long@people.example',
      password: 'x'.repeat(129),
    });
    expect(long.body.errors).toMatchObject([{ path: 'password', code: 'too_long' }]);
    for (const field of ['role', 'vendorId', 'credits', 'emailProvenAt', 'buyerId']) {
      const body = { name: 'M', email: 'mass@people.example', password: chosen, [field]: 'staff' };
      const answer = await service.visitor().post('/api/account/registrations', body);
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: field, code: 'not_allowed' }] } });
    }
  });

  test('passwords of 8 and of 128 characters of any script are taken', async () => {
    for (const [index, password] of [
      'šuma k🌲š',
      'žuti most ',
      'forest rain under '.repeat(8).slice(0, 128),
    ].entries()) {
      const email = `length-${index}@people.example`;
      const browser = service.visitor();
      expect((await register(browser, { email, password })).status).toBe(202);
      await verify(browser, (await tokensTo(service, email))[0]!);
      expect((await login(service.visitor(), email, password)).status).toBe(200);
    }
  });

  test('registrations are limited per network, and per address from one network, with an account or without', async () => {
    const from = (address: string, email: string) =>
      service
        .visitor()
        .post(
          '/api/account/registrations',
          { name: 'M', email, password: chosen },
          { 'x-forwarded-for': address },
        );
    const known = await addPerson(service);
    for (const email of [known, 'many@people.example']) {
      const statuses = [];
      for (let times = 0; times < 4; times += 1)
        statuses.push((await from('198.51.100.1', email.toUpperCase())).status);
      expect(statuses).toEqual([202, 202, 202, 429]);
      // A network that has used up its own limit can't keep the owner of the address out.
      expect((await from('198.51.100.2', email)).status).toBe(202);
    }
    const ofNetwork = [];
    for (let number = 0; number < 31; number += 1)
      ofNetwork.push((await from('203.0.113.7', `office-${number}@people.example`)).status);
    expect(ofNetwork.slice(0, 30).every((status) => status === 202)).toBe(true);
    expect(ofNetwork[30]).toBe(429);
    await service.drain();
    expect(service.mail.to('many@people.example')).toHaveLength(4);
  });
});

test('registrations of an address from all networks are limited too', async () => {
  const from = (address: string) => {
    const body = { name: 'M', email: 'bombed@people.example', password: chosen };
    return service.visitor().post('/api/account/registrations', body, { 'x-forwarded-for': address });
  };
  const statuses = [];
  for (let number = 0; number < 61; number += 1) statuses.push((await from(`192.0.2.${number}`)).status);
  expect(statuses.slice(0, 60).every((status) => status === 202)).toBe(true);
  expect(statuses[60]).toBe(429);
});

describe('proving an address', () => {
  test('opening the link changes nothing; the browser that registered logs in by its button alone', async () => {
    const email = 'Mira.P@People.example';
    const browser = service.visitor();
    await register(browser, { email, company: 'Morava Pack', locale: 'sr' });
    const [token = ''] = await tokensTo(service, 'mira.p@people.example');
    const answer = await verify(browser, token);
    const own = { name: 'Mira Petrović', email: 'mira.p@people.example', company: 'Morava Pack' };
    expect(answer).toMatchObject({ status: 200, body: { ...own, role: 'buyer', locale: 'sr' } });
    const { isNew, ...me } = answer.body;
    expect(isNew).toBe(true);
    expect((await browser.get('/api/account/me')).body).toEqual(me);
    expect((await login(service.visitor(), email)).status).toBe(200);
    expect(await service.ctx.sql`select id from registrations where email = ${own.email}`).toHaveLength(0);
  });

  test('another browser needs the password of that registration', async () => {
    const email = 'elsewhere@people.example';
    await register(service.visitor(), { email });
    const [token = ''] = await tokensTo(service, email);
    const other = service.visitor();
    for (const wrong of [undefined, '', 'another long password']) {
      const refused = await verify(other, token, wrong);
      expect(refused).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
      expect(other.cookies.get('session')).toBeUndefined();
    }
    expect((await verify(other, token, chosen)).status).toBe(200);
  });

  test('the next person at the same computer is not who registered there', async () => {
    const email = 'shared@people.example';
    const browser = service.visitor();
    await register(browser, { email });
    const [token = ''] = await tokensTo(service, email);
    await login(browser, await addPerson(service), 'a long enough password');
    await browser.post('/api/account/logout');
    expect((await verify(browser, token)).status).toBe(401);
  });

  test('guesses at the password of a registration are limited', async () => {
    const email = 'guessed@people.example';
    await register(service.visitor(), { email });
    const [token = ''] = await tokensTo(service, email);
    const statuses = [];
    for (let times = 0; times < 31; times += 1)
      statuses.push((await verify(service.visitor(), token, 'a guess of mine')).status);
    expect([statuses.at(29), statuses.at(30)]).toEqual([401, 429]);
  });

  test('a link works once, for a day, and only as it was sent', async () => {
    const email = 'once@people.example';
    const browser = service.visitor();
    await register(browser, { email });
    const [token = ''] = await tokensTo(service, email);
    const foreign = service.ctx.links.issue('follow', crypto.randomUUID(), 1);
    const bent = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const wrong of [foreign, bent, token.slice(1), '', 'x'.repeat(200)]) {
      expect(await verify(browser, wrong)).toMatchObject({ status: 404, body: { code: 'link_not_valid' } });
    }
    service.clock.advance(24 * hourMs);
    expect((await verify(browser, token)).body.code).toBe('link_not_valid');
    service.clock.advance(-1_000);
    expect((await verify(browser, token)).status).toBe(200);
    expect((await verify(browser, token)).body.code).toBe('link_not_valid');
  });

  test('who registers a stranger’s address first gains nothing', async () => {
    const email = 'victim@people.example';
    const attacker = service.visitor();
    await register(attacker, { email, name: 'Attacker', password: 'the attacker knows this' });
    const [toAttacker = ''] = await tokensTo(service, email);
    const victim = service.visitor();
    await register(victim, { email, name: 'Victim' });
    const [, toVictim = ''] = await tokensTo(service, email);
    // The victim opens the wrong mail first.
    expect((await verify(victim, toAttacker)).status).toBe(401);
    expect((await verify(victim, toAttacker, chosen)).status).toBe(401);
    expect(await verify(victim, toVictim)).toMatchObject({ status: 200, body: { name: 'Victim' } });
    expect((await login(attacker, email, 'the attacker knows this')).status).toBe(401);
    expect((await verify(attacker, toAttacker)).body.code).toBe('link_not_valid');
    expect((await login(service.visitor(), email)).status).toBe(200);
  });

  test('of two proofs at the same time one makes the account', async () => {
    const email = 'twice@people.example';
    const browsers = [service.visitor(), service.visitor()];
    const tokens: string[] = [];
    for (const browser of browsers) {
      await register(browser, { email });
      tokens.push((await tokensTo(service, email)).at(-1) ?? '');
    }
    const answers = await Promise.all([
      ...browsers.map((browser, index) => verify(browser, tokens[index] ?? '')),
      ...browsers.map((browser, index) => verify(browser, tokens[index] ?? '')),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    // A repeat in the same browser may come when its guest has just joined the account.
    expect(statuses.filter((status) => ![200, 401, 404].includes(status))).toEqual([]);
    expect(await service.ctx.sql`select id from accounts where email = ${email}`).toHaveLength(1);
  });

  test('registrations that nobody proves are deleted with the end of their link', async () => {
    const email = 'late@people.example';
    await register(service.visitor(), { email });
    await service.drain();
    const left = () => service.ctx.sql`select id from registrations where email = ${email}`;
    service.clock.advance(23 * hourMs);
    await forgetExpired(service.ctx);
    expect(await left()).toHaveLength(1);
    service.clock.advance(hourMs + 1);
    await forgetExpired(service.ctx);
    expect(await left()).toHaveLength(0);
  });
});
