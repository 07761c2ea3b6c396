import { beforeEach, describe, expect, test } from 'vitest';
import { forgetOldChanges } from '#server/accounts/addresses/service.ts';
import { type Client, stillClock } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { requestsIn } from '../buyers/people.ts';
import { jana, sendUsual } from '../requests/people.ts';
import { chosen, login, register, tokensTo, verified, verify } from './registrants.ts';

const env = { LIMIT_REGISTRATIONS_PER_HOUR: '100', LIMIT_LOGINS_PER_QUARTER_HOUR: '5' };
const { service, world } = await startWithWorld({ env, clock: stillClock(new Date()) });
const hourMs = 3_600_000;
beforeEach(() => service.clock.advance(hourMs));

const change = (browser: Client, email: string, password = chosen) =>
  browser.post('/api/account/email-changes', { email, password });
const undo = (token: string) => service.visitor().post('/api/account/email-change-undos', { token });
const emailOf = async (browser: Client) => (await browser.get('/api/account/me')).body.email;
const subjectsTo = (email: string) => service.mail.to(email).map(({ subject }) => subject);

/** Changes an account's address and returns the token that undoes it. */
async function changed(browser: Client, from: string, to: string): Promise<string> {
  await change(browser, to);
  const [token = ''] = await tokensTo(service, to);
  const { status } = await verify(browser, token);
  if (status !== 200) throw new Error(`the address was not changed: ${status}`);
  return (await tokensTo(service, from, 'undo')).at(-1) ?? '';
}

describe('changing the address', () => {
  test('the present address stays until the new one is proven; then its owner gets a mail and all others are logged out', async () => {
    const [from, to] = ['before@change.example', 'after@change.example'];
    const browser = await verified(service, from);
    const other = service.visitor();
    await login(other, from);
    expect(await change(browser, 'After@Change.example')).toMatchObject({ status: 202, body: null });
    const [token = ''] = await tokensTo(service, to);
    expect(await emailOf(browser)).toBe(from);
    expect((await login(service.visitor(), to)).status).toBe(401);
    expect(await verify(browser, token)).toMatchObject({ status: 200, body: { email: to, isNew: false } });
    expect([await emailOf(browser), await emailOf(other)]).toEqual([to, undefined]);
    expect((await login(service.visitor(), to)).status).toBe(200);
    expect((await login(service.visitor(), from)).status).toBe(401);
    expect((await verify(browser, token)).body.code).toBe('link_not_valid');
    await service.drain();
    expect(subjectsTo(from)).toContain('Your e-mail address was changed');
  });

  test('the password is asked, and an address that can’t be one is refused at its field', async () => {
    const browser = await verified(service, 'asked@change.example');
    const refused = await change(browser, 'new@change.example', 'a guess');
    expect(refused).toMatchObject({ status: 401, body: { errors: [{ path: 'password' }] } });
    for (const [email, code] of [
      ['no address', 'format'],
      [' ', 'required'],
    ] as const) {
      const wrong = await change(browser, email);
      expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'email', code }] } });
    }
    await service.drain();
    expect(service.mail.to('new@change.example')).toEqual([]);
  });

  test('another browser needs the password of the account', async () => {
    const browser = await verified(service, 'one@change.example');
    await change(browser, 'other@change.example');
    const [token = ''] = await tokensTo(service, 'other@change.example');
    const other = await verified(service, 'somebody@change.example');
    for (const wrong of [undefined, 'a guess']) expect((await verify(other, token, wrong)).status).toBe(401);
    expect(await verify(other, token, chosen)).toMatchObject({ status: 200, body: { isNew: false } });
  });

  test('an address with an account gets the same answer and no link', async () => {
    const browser = await verified(service, 'wants@change.example');
    await verified(service, 'taken@change.example');
    const before = (await tokensTo(service, 'taken@change.example')).length;
    const free = await change(browser, 'free@change.example');
    const taken = await change(browser, 'taken@change.example');
    expect(taken.body).toEqual(free.body);
    expect(taken.status).toBe(free.status);
    expect(await tokensTo(service, 'taken@change.example')).toHaveLength(before);
    expect(subjectsTo('taken@change.example')).toContain('You already have an account');
  });

  test('an address that got an account meanwhile isn’t taken from it', async () => {
    const browser = await verified(service, 'slow@change.example');
    await change(browser, 'wanted@change.example');
    const [token = ''] = await tokensTo(service, 'wanted@change.example');
    await verified(service, 'wanted@change.example');
    expect((await verify(browser, token)).body.code).toBe('link_not_valid');
    expect(await emailOf(browser)).toBe('slow@change.example');
  });

  test('what guests sent with the new address joins at its proof, and registrations of it end', async () => {
    const to = 'joins@change.example';
    const guest = service.visitor();
    const motor = [{ product: 'motor' as const, quantity: 1 }];
    const sent = await sendUsual(guest, world, motor, { contact: { ...jana, email: to } });
    const attacker = service.visitor();
    await register(attacker, { email: to });
    const [registration = ''] = await tokensTo(service, to);
    const browser = await verified(service, 'joiner@change.example');
    await change(browser, to);
    expect(await requestsIn(browser)).toEqual([]);
    const token = (await tokensTo(service, to)).find((one) => one !== registration) ?? '';
    expect((await verify(browser, token)).status).toBe(200);
    expect(await requestsIn(browser)).toEqual([sent.id]);
    expect((await verify(attacker, registration)).body.code).toBe('link_not_valid');
    await service.drain({ includeLater: true });
  });

  test('a link works for a day, and forgotten changes are deleted', async () => {
    const browser = await verified(service, 'day@change.example');
    await change(browser, 'late@change.example');
    const [token = ''] = await tokensTo(service, 'late@change.example');
    service.clock.advance(24 * hourMs);
    expect((await verify(browser, token)).body.code).toBe('link_not_valid');
    service.clock.advance(1);
    await forgetOldChanges(service.ctx);
    expect(await service.ctx.sql`select id from email_changes where email = 'late@change.example'`).toEqual(
      [],
    );
  });
});

describe('undoing a change of the address', () => {
  test('the former address gets the account back, and the person who changed it is out', async () => {
    const [from, to] = ['owner@undo.example', 'thief@undo.example'];
    const thief = await verified(service, from);
    const token = await changed(thief, from, to);
    expect((await undo(token)).status).toBe(204);
    expect(await emailOf(thief)).toBeUndefined();
    for (const email of [from, to]) expect((await login(thief, email)).status).toBe(401);
    expect((await undo(token)).body.code).toBe('link_not_valid');
    const [reset = ''] = await tokensTo(service, from, 'reset');
    const password = 'meadow clouds over rails';
    const owner = service.visitor();
    expect((await owner.put(`/api/account/password-resets/${reset}`, { password })).status).toBe(204);
    expect((await login(owner, from, password)).status).toBe(200);
    await service.drain();
  });

  test('a link works for 7 days, and only as it was sent', async () => {
    const from = 'week@undo.example';
    const browser = await verified(service, from);
    const token = await changed(browser, from, 'week2@undo.example');
    const id = service.ctx.links.claimedId(token) ?? '';
    for (const wrong of [service.ctx.links.issue('change address', id, 1), token.slice(1), 'x'])
      expect((await undo(wrong)).body.code).toBe('link_not_valid');
    service.clock.advance(7 * 24 * hourMs);
    expect((await undo(token)).body.code).toBe('link_not_valid');
    service.clock.advance(-1_000);
    expect((await undo(token)).status).toBe(204);
    await service.drain();
  });
});
