import { describe, expect, test } from 'vitest';
import { hashPassword } from '#server/platform/auth/passwords.ts';
import { startWithWorld } from '../../world.ts';
import { login, register, tokensTo, verify } from './registrants.ts';

const { service } = await startWithWorld({ env: { LIMIT_REGISTRATIONS_PER_HOUR: '100' } });

const person = { name: 'Mira Petrović', company: 'Morava Pack s.r.o.' };
const wrongOf = async (password: string, email = 'mira.petrovic@people.example') => {
  const { status, body } = await register(service.visitor(), { ...person, email, password });
  return `${status} ${body?.code ?? ''} ${body?.errors?.[0]?.path ?? ''}`.trim();
};

describe('new passwords', () => {
  test('common passwords are refused at their field, whatever their case, digits and signs around them', async () => {
    const common = [
      'password1',
      'PASSWORD',
      'Qwertyuiop',
      '12345678',
      'monkey123456',
      '!!iloveyou2026',
      'trustno1',
    ];
    for (const password of common)
      expect(`${password}: ${await wrongOf(password)}`).toBe(`${password}: 422 password_too_common password`);
  });

  test('common Serbian, Polish, Czech and Russian words are refused in either script and without their marks', async () => {
    const words = [
      'lozinka123',
      'Šifra-2026',
      'шифра2026',
      'CrvenaZvezda1',
      'hasło1234',
      'Heslo2024!',
      'пароль123',
      'qwertz12',
    ];
    for (const password of words)
      expect(`${password}: ${await wrongOf(password)}`).toBe(`${password}: 422 password_too_common password`);
  });

  test('passwords made of the name, the address or the company are refused', async () => {
    const own = ['mirapetrovic', 'Petrović.1987', 'mira_people_2026', 'MoravaPack1', 'quoteline2026'];
    for (const password of own)
      expect(`${password}: ${await wrongOf(password)}`).toBe(`${password}: 422 password_too_common password`);
  });

  test('repeated passwords are refused', async () => {
    for (const password of ['aaaaaaaaaa', 'abcabcabc', 'lozinkalozinka'])
      expect(`${password}: ${await wrongOf(password)}`).toBe(`${password}: 422 password_too_common password`);
  });

  test('other passwords are taken, also those that hold such a word', async () => {
    const taken = [
      'forest rain under',
      'Mira drives a red van',
      'k7!vTz0p',
      'lozinka za most',
      '49182736450',
    ];
    for (const [index, password] of taken.entries())
      expect(`${password}: ${await wrongOf(password, `taken-${index}@other.example`)}`).toBe(
        `${password}: 202`,
      );
    await service.drain();
  });

  test('a common password is named beside other wrong fields', async () => {
    const { body } = await register(service.visitor(), {
      name: '',
      email: 'x@y.example',
      password: 'password',
    });
    expect(body).toMatchObject({
      code: 'invalid_input',
      errors: [
        { path: 'name', code: 'required' },
        { path: 'password', code: 'password_too_common' },
      ],
    });
  });

  test('passwords are compared as they were typed: in case, marks and every sign to the last', async () => {
    const email = 'exact@other.example';
    const password = `Žuti kišobran ${'x'.repeat(113)}!`;
    const browser = service.visitor();
    await register(browser, { email, password });
    await verify(browser, (await tokensTo(service, email))[0] ?? '');
    for (const other of [
      password.toLowerCase(),
      password.replace('Ž', 'Z'),
      password.slice(0, -1),
      `${password} `,
    ])
      expect((await login(service.visitor(), email, other)).status).toBe(401);
    expect((await login(service.visitor(), email, password)).status).toBe(200);
  });
});

describe('hashing', () => {
  test('a hundred wait for their turn, and the next is refused with 503', async () => {
    const crowd = await Promise.allSettled(
      Array.from({ length: 110 }, () => hashPassword('forest rain under')),
    );
    const refused = crowd.filter((end) => end.status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(8);
    expect(refused.length).toBeLessThanOrEqual(10);
    for (const { reason } of refused)
      expect(reason).toMatchObject({ code: 'unavailable', status: 503, retryAfterSeconds: 5 });
    expect((await login(service.visitor(), 'nobody@other.example')).status).toBe(401);
  });
});
