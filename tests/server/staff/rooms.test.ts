import { beforeEach, describe, expect, test } from 'vitest';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { withAuthenticator } from '../accounts/authenticator.ts';
import { login } from '../accounts/registrants.ts';
import { logIn } from '../presence/staff.ts';

const { service } = await startWithWorld({ leaveJobs: true, env: { LIMIT_LOGINS_PER_QUARTER_HOUR: '3' } });
const person = (role: 'buyer' | 'staff', name: string) =>
  logIn(service, {
    ...{ email: `${name}@rooms.example`, name, role, locale: 'en', vendorId: null, agentId: null },
  });
const staff = await person('staff', 'marija');
let buyer: Awaited<ReturnType<typeof person>>;
let id: string;
beforeEach(async () => {
  await service.ctx.sql`delete from limit_counters`;
  buyer = await person('buyer', 'ana');
  const { body } = await staff.get('/api/staff/people?q=ANA%40rooms');
  id = body.items[0].id;
});

const noted = async (action: string) =>
  (await service.ctx.sql`select * from audit_entries where action = ${action} and subject_id = ${id}`).length;

describe('people in the rooms of staff', () => {
  test('are found by a part of their address, and the look is noted once, without the name in the search', async () => {
    await person('buyer', 'ana.two');
    const looks = () => service.ctx.sql<{ detail: object }[]>`
      select subject_id, detail from audit_entries where action = 'person.found' order by id`;
    const before = await looks();
    const { body } = await staff.get('/api/staff/people?q=ana%40rooms');
    expect(body.items).toMatchObject([{ name: 'ana', email: 'ana@rooms.example', role: 'buyer' }]);
    const found = (await staff.get('/api/staff/people?q=ana')).body.items.map(
      (one: { id: string }) => one.id,
    );
    expect(found).toHaveLength(2);
    expect((await looks()).slice(before.length)).toEqual([
      { subject_id: 'people', detail: { page: 1, shown: id, search: 'an…@rooms' } },
      { subject_id: 'people', detail: { page: 1, shown: found.join(' '), search: 'an…' } },
    ]);
  });

  test('lose all sessions at once', async () => {
    expect((await staff.get(`/api/staff/people/${id}`)).body.sessions).toBeGreaterThan(0);
    const { body } = await staff.request('DELETE', `/api/staff/people/${id}/sessions`);
    expect(body.sessions).toBe(0);
    expect((await buyer.get('/api/account/me')).status).toBe(401);
    expect(await noted('person.sessions-ended')).toBe(1);
  });

  test('log in again after wrong passwords once staff let them', async () => {
    const login = (password: string) =>
      service.visitor().post('/api/account/login', { email: 'ana@rooms.example', password });
    for (let count = 0; count < 4; count += 1) await login('a wrong password');
    expect((await login('a long enough password')).status).toBe(429);
    expect((await staff.get(`/api/staff/people/${id}`)).body.isThrottled).toBe(true);
    const { body } = await staff.post(`/api/staff/people/${id}/unlocking`);
    expect(body.isThrottled).toBe(false);
    expect((await login('a long enough password')).status).toBe(200);
  });

  test('get a lost second factor reset for a reason that is noted, are logged out and get a mail', async () => {
    const reset = (of: string, reason: string) =>
      staff.post(`/api/staff/people/${of}/second-factor-reset`, { reason });
    expect((await reset(id, 'Lost phone')).body.code).toBe('no_second_factor');
    await withAuthenticator(service, buyer);
    const email = 'ana@rooms.example';
    const logInAgain = (browser: Client) => login(browser, email, 'a long enough password');
    const waiting = service.visitor();
    expect((await logInAgain(waiting)).body.code).toBe('second_factor_required');
    expect((await reset(id, '  ')).body.errors).toMatchObject([{ path: 'reason', code: 'required' }]);
    expect((await staff.get(`/api/staff/people/${id}`)).body.hasSecondFactor).toBe(true);

    const done = await reset(id, 'Showed a passport in a video call');
    expect(done).toMatchObject({ status: 200, body: { sessions: 0, hasSecondFactor: false } });
    expect((await buyer.get('/api/account/me')).status).toBe(401);
    expect((await waiting.get('/api/account/second-step')).status).toBe(401);
    expect((await logInAgain(service.visitor())).status).toBe(200);
    expect(await noted('person.second-factor-reset')).toBe(1);
    const { items } = (await staff.get(`/api/staff/audit?subject=${id}`)).body;
    expect(items).toContainEqual(
      expect.objectContaining({
        action: 'person.second-factor-reset',
        detail: { reason: 'Showed a passport in a video call' },
      }),
    );
    await service.drain();
    const subjects = service.mail.to(email).map(({ subject }) => subject);
    expect(subjects).toContain('Your second factor was reset');
  });

  test('of the staff get theirs reset by a colleague, never by themselves', async () => {
    const { body } = await staff.get('/api/account/me');
    await withAuthenticator(service, staff);
    for (const own of [body.id, body.id.toUpperCase()])
      expect(
        await staff.post(`/api/staff/people/${own}/second-factor-reset`, { reason: 'Mine' }),
      ).toMatchObject({ status: 409, body: { code: 'own_second_factor' } });
    expect((await staff.get('/api/account/two-factor')).body.totpSince).not.toBeNull();
    const colleague = await person('staff', 'jelena');
    const path = `/api/staff/people/${body.id}/second-factor-reset`;
    expect((await buyer.post(path, { reason: 'Lost phone' })).status).toBe(403);
    expect((await colleague.post(path, { reason: 'Lost phone' })).status).toBe(200);
    expect((await staff.get('/api/account/me')).status).toBe(401);
    await login(staff, 'marija@rooms.example', 'a long enough password');
  });

  test('are nothing to others, and unknown ones to staff', async () => {
    for (const path of [
      '/api/staff/people?q=a',
      `/api/staff/people/${id}`,
      '/api/staff/audit',
      '/api/staff/deliveries',
    ])
      expect((await buyer.get(path)).status, path).toBe(403);
    expect((await staff.get('/api/staff/people/01926d3a-7b1c-7def-8123-456789abcdef')).status).toBe(404);
  });
});

describe('mails in the rooms of staff', () => {
  test('are sent once more under their own Message-ID', async () => {
    await service.visitor().post('/api/account/password-resets', { email: 'ana@rooms.example' });
    await service.drain();
    const { body } = await staff.get('/api/staff/deliveries?q=ana%40rooms&state=sent');
    const [mail] = body.items;
    expect(mail).toMatchObject({ kind: 'password-reset', status: 'sent', canResend: true });
    const again = await staff.post(`/api/staff/deliveries/${mail.id}/resending`);
    expect([again.status, again.body.status]).toEqual([200, 'queued']);
    expect((await staff.post(`/api/staff/deliveries/${mail.id}/resending`)).body.code).toBe('not_resendable');
    await service.drain();
    const sent = service.mail
      .to('ana@rooms.example')
      .filter(({ subject }) => subject === 'Set a new password');
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(1);
  });
});

test('the audit log is read by staff, and altered by nobody', async () => {
  await staff.get(`/api/staff/people/${id}`);
  const { body } = await staff.get(`/api/staff/audit?subject=${id}`);
  expect(body.items[0]).toMatchObject({
    actor: 'marija',
    action: 'person.read',
    subject: { type: 'account', id },
  });
  const { sql } = service.ctx;
  await expect(sql`update audit_entries set action = 'x'`).rejects.toThrow();
  await expect(sql`delete from audit_entries`).rejects.toThrow();
  await expect(sql`truncate audit_entries`).rejects.toThrow();
});
