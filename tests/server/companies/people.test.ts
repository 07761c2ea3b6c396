import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { start, type TestService } from '../../harness.ts';
import { addPerson, logIn } from '../buyers/people.ts';
import { tokensTo, verified } from '../accounts/registrants.ts';
import { colleague, companyOf, founder, join, type Person, person, threeColleagues } from './colleagues.ts';

let service: TestService;

beforeAll(async () => {
  service = await start({ leaveJobs: true });
});
afterAll(() => service.end());

const rolesOf = async (of: Person) =>
  Object.fromEntries((await companyOf(of)).people.map(({ id, role }) => [id, role]));

describe('a company', () => {
  test('has its founder as admin, and nobody else sees it', async () => {
    const admin = await founder(service, ' Morava\nPack ');
    expect(await companyOf(admin)).toMatchObject({
      ...{ name: 'Morava Pack', role: 'admin', timeZone: 'UTC', invitations: [] },
      people: [{ id: admin.id, email: admin.email, role: 'admin', limits: [], isYou: true }],
    });
    expect((await (await person(service)).browser.get('/api/company')).status).toBe(403);
    expect((await service.visitor().get('/api/company')).status).toBe(401);
  });

  test('is one per person, also when two are made at once', async () => {
    const { browser } = await person(service);
    const made = await Promise.all(
      ['One', 'Two', 'Three'].map((name) => browser.post('/api/company', { name })),
    );
    expect(made.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  test('is renamed by its admins only', async () => {
    const { admin, approver, requester } = await threeColleagues(service);
    for (const { browser } of [approver, requester])
      expect((await browser.patch('/api/company', { name: 'Mine' })).status).toBe(403);
    const changed = await admin.browser.patch('/api/company', { name: 'Morava', timeZone: 'Europe/Prague' });
    expect(changed.body).toMatchObject({ name: 'Morava', timeZone: 'Europe/Prague' });
    const wrong = await admin.browser.patch('/api/company', { name: ' ', timeZone: 'Moon' });
    expect(wrong.body.errors.map(({ path }: { path: string }) => path)).toEqual(['name', 'timeZone']);
  });

  test('refuses changes of people, limits and invitations by others than admins', async () => {
    const { admin, approver } = await threeColleagues(service);
    const { body: open } = await admin.browser.post('/api/company/people', { email: 'new@morava.example' });
    for (const answer of [
      await approver.browser.post('/api/company/people', { email: 'a@b.example' }),
      await approver.browser.patch(`/api/company/people/${approver.id}`, { role: 'admin' }),
      await approver.browser.delete(`/api/company/people/${admin.id}`),
      await approver.browser.delete(`/api/company/invitations/${open.id}`),
      await approver.browser.put(`/api/company/people/${admin.id}/stand-in`, {
        ...{ id: approver.id, from: '2099-01-01', until: '2099-01-02' },
      }),
    ])
      expect(answer.status).toBe(403);
    expect((await companyOf(approver)).invitations).toEqual([]);
  });

  test('answers for a person or invitation of another company as for one that does not exist', async () => {
    const [one, other] = [await founder(service), await founder(service)];
    const { body: foreign } = await other.browser.post('/api/company/people', { email: 'x@other.example' });
    for (const id of [other.id, crypto.randomUUID(), 'no-id']) {
      expect((await one.browser.patch(`/api/company/people/${id}`, {})).status).toBe(404);
      expect((await one.browser.delete(`/api/company/people/${id}`)).status).toBe(404);
    }
    expect((await one.browser.delete(`/api/company/invitations/${foreign.id}`)).status).toBe(404);
    expect((await companyOf(other)).invitations).toHaveLength(1);
  });
});

describe('an invitation', () => {
  test('is mailed to its address and accepted by the account that registers with it', async () => {
    const admin = await founder(service);
    const email = 'Petra@Morava.example';
    const { status, body } = await admin.browser.post('/api/company/people', { email, role: 'approver' });
    expect([status, body]).toMatchObject([
      201,
      { email: 'petra@morava.example', role: 'approver', state: 'open' },
    ]);
    const [token = ''] = await tokensTo(service, 'petra@morava.example', 'invitation');
    const seen = await service.outsider().get(`/api/invitations/${token}`);
    expect(seen.body).toMatchObject({ company: 'Morava Pack', email: 'petra@morava.example', state: 'open' });
    const browser = await verified(service, 'petra@morava.example');
    const { items } = (await browser.get('/api/account/invitations')).body;
    expect(items).toMatchObject([{ id: body.id, role: 'approver' }]);
    expect((await browser.post(`/api/account/invitations/${body.id}/acceptance`)).body.role).toBe('approver');
    expect((await browser.post(`/api/account/invitations/${body.id}/acceptance`)).status).toBe(200);
    expect((await companyOf(admin)).invitations).toEqual([]);
  });

  test('is nobody else’s, whoever has its link', async () => {
    const admin = await founder(service);
    const { body } = await admin.browser.post('/api/company/people', { email: 'some@morava.example' });
    const stranger = await person(service);
    const path = `/api/account/invitations/${body.id}`;
    expect((await stranger.browser.post(`${path}/acceptance`)).status).toBe(404);
    expect((await stranger.browser.delete(path)).status).toBe(404);
    expect((await service.visitor().post(`${path}/acceptance`)).status).toBe(401);
  });

  test('sent again has a new link and says what was said last', async () => {
    const [admin, invited] = [await founder(service), await person(service)];
    const { email } = invited;
    const first = (await admin.browser.post('/api/company/people', { email })).body;
    await service.drain();
    const limits = [{ amount: '500.00', currency: 'EUR' }];
    const again = await admin.browser.post('/api/company/people', { email, role: 'admin', limits });
    expect(again.body).toMatchObject({ id: first.id, role: 'admin', limits });
    const [old = '', fresh = ''] = await tokensTo(service, email, 'invitation');
    expect((await service.outsider().get(`/api/invitations/${old}`)).status).toBe(404);
    expect((await service.outsider().get(`/api/invitations/${fresh}`)).status).toBe(200);
    const joined = await invited.browser.post(`/api/account/invitations/${first.id}/acceptance`);
    const own = joined.body.people.find(({ isYou }: { isYou: boolean }) => isYou);
    expect(own).toMatchObject({ role: 'admin', limits });
  });

  test('ends when it is withdrawn, declined or expired', async () => {
    const [admin, invited] = [await founder(service), await person(service)];
    const invite = async () =>
      (await admin.browser.post('/api/company/people', { email: invited.email })).body.id as string;
    const accept = (id: string) => invited.browser.post(`/api/account/invitations/${id}/acceptance`);
    const withdrawn = await invite();
    expect((await admin.browser.delete(`/api/company/invitations/${withdrawn}`)).status).toBe(204);
    expect((await accept(withdrawn)).body.code).toBe('invitation_over');
    const declined = await invite();
    expect((await invited.browser.delete(`/api/account/invitations/${declined}`)).status).toBe(204);
    expect((await accept(declined)).body.code).toBe('invitation_over');
    const expired = await invite();
    service.clock.advance(15 * 86_400_000);
    // Their sessions are over, too.
    for (const { browser, email } of [admin, invited]) await logIn(browser, email);
    expect((await accept(expired)).body.code).toBe('invitation_over');
    expect((await companyOf(admin)).invitations).toMatchObject([{ id: expired, state: 'expired' }]);
  });

  test('of a member of another company is refused, and one of a colleague at its field', async () => {
    const [one, other] = [await founder(service), await founder(service)];
    const { body } = await one.browser.post('/api/company/people', { email: other.email });
    const accepted = await other.browser.post(`/api/account/invitations/${body.id}/acceptance`);
    expect(accepted.body.code).toBe('in_company');
    const own = await one.browser.post('/api/company/people', { email: one.email.toUpperCase() });
    expect(own.body).toMatchObject({ code: 'already_colleague', errors: [{ path: 'email' }] });
  });

  test('of two companies is accepted once, at the same time too', async () => {
    const [one, other, invited] = [await founder(service), await founder(service), await person(service)];
    const ids = await Promise.all(
      [one, other].map(
        async ({ browser }) => (await browser.post('/api/company/people', { email: invited.email })).body.id,
      ),
    );
    const accepted = await Promise.all(
      ids.map((id) => invited.browser.post(`/api/account/invitations/${id}/acceptance`)),
    );
    expect(accepted.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('carries the limits with which its person begins, also of credits', async () => {
    const [admin, joining] = [await founder(service), await person(service)];
    const limits = [{ amount: '1000.00', currency: 'EUR' }];
    const invited = await admin.browser.post('/api/company/people', {
      ...{ email: joining.email, limits, monthlyCredits: '20.5' },
    });
    expect(invited.body).toMatchObject({ limits, monthlyLimits: [], monthlyCredits: '20.50' });
    await joining.browser.post(`/api/account/invitations/${invited.body.id}/acceptance`);
    const { people } = await companyOf(admin);
    expect(people.find(({ id }) => id === joining.id)).toMatchObject({ limits, monthlyCredits: '20.50' });
    const wrong = await admin.browser.post('/api/company/people', {
      ...{ email: 'other@morava.example', monthlyCredits: '-1' },
    });
    expect(wrong.body.errors).toMatchObject([{ path: 'monthlyCredits' }]);
    const open = await admin.browser.post('/api/company/people', { email: 'other@morava.example' });
    expect(open.body).toMatchObject({ monthlyCredits: null });
  });

  test('names all wrong fields', async () => {
    const admin = await founder(service);
    const euro = { amount: '1.00', currency: 'EUR' };
    const { body } = await admin.browser.post('/api/company/people', {
      ...{ email: 'nobody', limits: [euro, euro], monthlyLimits: [{ amount: '1.00', currency: 'XXX' }] },
    });
    expect(body.errors.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`)).toEqual([
      'email format',
      'limits.1.currency limit_repeated',
      'monthlyLimits.0.currency limit_currency',
    ]);
    const own = await admin.browser.post('/api/company/people', { email: 'a@b.example', companyId: 'x' });
    expect(own.status).toBe(422);
  });
});

describe('the people of a company', () => {
  test('get roles and limits from an admin, and an empty list takes a limit away', async () => {
    const { admin, requester } = await threeColleagues(service);
    const path = `/api/company/people/${requester.id}`;
    const limits = [
      { amount: '1000.00', currency: 'EUR' },
      { amount: '0.00', currency: 'RSD' },
    ];
    const monthlyLimits = [{ amount: '5000.00', currency: 'EUR' }];
    await admin.browser.patch(path, { role: 'approver', limits, monthlyLimits, monthlyCredits: '20' });
    const find = async () => (await companyOf(requester)).people.find(({ id }) => id === requester.id);
    expect(await find()).toMatchObject({ role: 'approver', limits, monthlyLimits, monthlyCredits: '20.00' });
    await admin.browser.patch(path, { limits: [], monthlyCredits: null });
    expect(await find()).toMatchObject({ limits: [], monthlyLimits, monthlyCredits: null });
  });

  test('always have an admin: the last one can neither leave nor become something else', async () => {
    const { admin, approver } = await threeColleagues(service);
    expect((await admin.browser.delete(`/api/company/people/${admin.id}`)).body.code).toBe('last_admin');
    const demoted = await admin.browser.patch(`/api/company/people/${admin.id}`, { role: 'requester' });
    expect(demoted.body.code).toBe('last_admin');
    await admin.browser.patch(`/api/company/people/${approver.id}`, { role: 'admin' });
    expect((await admin.browser.delete(`/api/company/people/${admin.id}`)).status).toBe(204);
    expect((await admin.browser.get('/api/company')).status).toBe(403);
    expect(Object.values(await rolesOf(approver)).sort()).toEqual(['admin', 'requester']);
  });

  test('keep an admin when all admins leave at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const one = await founder(service);
      const other = await colleague(service, one, { role: 'admin' });
      const third = await colleague(service, one);
      const left = await Promise.all([
        one.browser.delete(`/api/company/people/${one.id}`),
        other.browser.patch(`/api/company/people/${other.id}`, { role: 'approver' }),
      ]);
      expect(left.filter(({ status }) => status === 409)).toHaveLength(1);
      expect(Object.values(await rolesOf(third)).filter((role) => role === 'admin')).toHaveLength(1);
    }
  });

  test('lose access with the next request when they leave, and may join another company', async () => {
    const { admin, requester } = await threeColleagues(service);
    expect((await admin.browser.delete(`/api/company/people/${requester.id}`)).status).toBe(204);
    expect((await requester.browser.get('/api/company')).status).toBe(403);
    await join(await founder(service), requester);
    expect((await companyOf(requester)).role).toBe('requester');
  });

  test('have a stand-in of an approver only, for days that are not over', async () => {
    const { admin, approver, requester } = await threeColleagues(service);
    const [from, until] = ['2199-01-01', '2199-01-07'];
    const path = `/api/company/people/${approver.id}/stand-in`;
    const named = await approver.browser.put(path, { id: requester.id, from, until });
    const seen = named.body.people.find(({ id }: { id: string }) => id === approver.id);
    expect(seen.standIn).toEqual({ id: requester.id, name: 'Person', from, until });
    const codes = [
      await approver.browser.put(path, { id: approver.id, from, until }),
      await approver.browser.put(path, { id: requester.id, from: until, until: from }),
      await admin.browser.put(`/api/company/people/${requester.id}/stand-in`, { id: admin.id, from, until }),
      await approver.browser.put(path, { id: crypto.randomUUID(), from, until }),
    ].map(({ body }) => body.code);
    expect(codes).toEqual(['stand_in_self', 'stand_in_days', 'not_an_approver', 'not_found']);
    await admin.browser.delete(`/api/company/people/${requester.id}`);
    const after = (await companyOf(approver)).people.find(({ id }) => id === approver.id);
    expect(after?.standIn).toBeNull();
  });

  test('are buyers: people of vendors and staff have no company', async () => {
    const email = await addPerson(service, 'staff');
    const staff = service.visitor();
    await staff.post('/api/account/login', { email, password: 'a long enough password' });
    expect((await staff.post('/api/company', { name: 'Mine' })).status).toBe(403);
  });
});
