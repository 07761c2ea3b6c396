import { afterAll, describe, expect, test } from 'vitest';
import { forgetRegistrations } from '#server/accounts/jobs.ts';
import { forgettings } from '#server/forgetting.ts';
import { type Client, stillClock } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { furnish } from '../belongings.ts';
import { addPerson, loggedIn } from '../buyers/people.ts';
import { founder, join, person } from '../companies/colleagues.ts';
import { payee } from '../credits/shop.ts';
import { answer, dayFrom, linkOf } from '../requests/answers.ts';
import { jana, sendUsual } from '../requests/people.ts';
import { withAuthenticator } from './authenticator.ts';

const { service, world } = await startWithWorld({
  leaveJobs: true,
  env: payee,
  clock: stillClock(new Date('2026-12-02T10:00:00Z')),
});
afterAll(() => service.drain({ includeLater: true }));
const { sql, db } = service.ctx;
const password = 'a long enough password';

const erase = (browser: Client, more: object = {}) =>
  browser.request<{ code?: string; errors?: { path: string; code: string; message: string }[] }>(
    'DELETE',
    '/api/account/me',
    { password, endCompany: true, ...more },
  );
const erasure = async (browser: Client) => (await browser.get('/api/account/erasure')).body;
const copy = async (browser: Client) => (await browser.get('/api/account/export')).body;

/** A person whose name, address and numbers occur nowhere else. */
const mark = 'Zarathustra';
async function marked() {
  const email = await addPerson(service);
  await sql`update accounts set name = ${`${mark} Canary`}, company = ${`${mark} Ltd`} where email = ${email}`;
  const browser = await loggedIn(service, email);
  const [row] = await sql<{ id: string; buyer: string }[]>`
    select id, buyer_id as buyer from accounts where email = ${email}`;
  return { email, browser, id: row!.id, buyerId: row!.buyer };
}

/** Returns the columns of all tables in which a text occurs. */
async function occurrences(text: string): Promise<string[]> {
  const columns = await sql<{ table: string; column: string }[]>`
    select c.table_name as "table", c.column_name as "column" from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'jsonb', 'ARRAY')`;
  const found: string[] = [];
  for (const { table, column } of columns) {
    const rows = await sql.unsafe(
      `select 1 from "${table}" where strpos(lower("${column}"::text), lower($1)) > 0 limit 1`,
      [text],
    );
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  return found.sort();
}

/** A request of a person that Brandt has answered, and what accepts it. */
async function answered({ browser, email }: { browser: Client; email: string }) {
  const contact = { ...jana, name: `${mark} Canary`, email, phone: '+381601234567' };
  const request = await sendUsual(
    browser,
    world,
    [{ product: 'sensor', quantity: 10, ask: ['sensorBrandt'] }],
    { contact, message: `Call ${mark}` },
  );
  const token = await linkOf(service, request.id, world.mail.brandt);
  const quote = await answer(service.outsider(), token, [{ price: '100.00' }], {
    validUntil: dayFrom(service, 10),
  });
  const accept = () =>
    browser.post(`/api/requests/${request.id}/acceptance`, { quotes: [{ quoteId: quote.body.id }] });
  return { request, token, accept };
}

describe('an account is erased', () => {
  test('only once nothing is open, and credit that is left was given up word for word', async () => {
    const { browser } = await marked();
    const { complaint } = await furnish(service, world, browser);
    const [filed] = await sql<{ number: string }[]>`select number from complaints where id = ${complaint}`;
    expect(await erasure(browser)).toEqual({
      open: [{ code: 'open_complaint', number: filed!.number }],
      leftovers: [{ unit: 'credit', amount: '60.00' }],
      endsCompany: false,
      asksCode: false,
    });
    const open = await erase(browser);
    expect([open.status, open.body.code, open.body.errors?.map(({ code }) => code)]).toEqual([
      409,
      'still_open',
      ['open_complaint'],
    ]);
    await browser.post(`/api/complaints/${complaint}/withdrawal`);
    for (const giveUp of [[], [{ unit: 'credit', amount: '59.00' }]])
      expect((await erase(browser, { giveUp })).body.code).toBe('credit_left');
    const wrong = await erase(browser, { password: 'a guess' });
    expect([wrong.status, wrong.body.errors?.[0]?.path]).toEqual([401, 'password']);
    const leftovers = [{ unit: 'credit', amount: '60.00' }];
    expect((await erase(browser, { giveUp: leftovers })).status).toBe(204);
    const [sum] =
      await sql`select coalesce(sum(posted), 0)::int as sum from ledger_accounts where unit = 'credit'`;
    expect(sum).toEqual({ sum: 0 });
  });

  test('and its person is found nowhere but on what was invoiced', async () => {
    const one = await marked();
    const owned = await furnish(service, world, one.browser);
    await answered(one);
    await one.browser.put(`/api/wishes/${world.products.sensor}`, {});
    await one.browser.post(`/api/complaints/${owned.complaint}/withdrawal`);
    await service.drain();
    const { leftovers } = await erasure(one.browser);
    expect((await occurrences(one.email)).length).toBeGreaterThan(2);
    expect((await erase(one.browser, { giveUp: leftovers })).status).toBe(204);

    expect((await one.browser.get('/api/account/me')).status).toBe(401);
    expect((await service.visitor().post('/api/account/login', { email: one.email, password })).status).toBe(
      401,
    );
    await service.drain();
    const [mail] = service.mail.to(one.email).slice(-1);
    expect(mail?.subject).toBe('Your account was erased');
    await service.ctx.jobs.enqueue(db, forgetRegistrations, [{}]);
    await service.drain();
    expect(await occurrences(one.email)).toEqual([]);
    expect(await occurrences('+381601234567')).toEqual([]);
    expect((await occurrences(mark)).filter((column) => !column.endsWith('.bill_to'))).toEqual([]);
    const rows = await sql`
      select (select count(*) from wishes where buyer_id = ${one.buyerId})::int as wishes,
        (select count(*) from account_sessions where account_id = ${one.id})::int as sessions,
        (select count(*) from uploads where owner = ${`buyer:${one.buyerId}`} and removed_at is null)::int as files,
        (select count(*) from calls where buyer_id = ${one.buyerId} and phone is not null)::int as numbers`;
    expect(rows).toEqual([{ wishes: 0, sessions: 0, files: 0, numbers: 0 }]);
  });

  test('and partners who could still answer are told that the request is over', async () => {
    const one = await marked();
    const { request, token } = await answered(one);
    expect((await erase(one.browser)).status).toBe(204);
    const seen = await service.outsider().get(`/api/enquiry-links/${token}`);
    expect(seen.body.status).toBe('lost');
    expect(JSON.stringify(seen.body)).not.toContain(mark);
    await service.drain();
    const subjects = service.mail.to(world.mail.brandt).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject?.startsWith(`${request.number}: Erased `)).length).toBe(1);
  });

  test('once, if it is asked for twice at the same time', async () => {
    const one = await marked();
    const answers = await Promise.all([erase(one.browser), erase(one.browser), erase(one.browser)]);
    expect(answers.some(({ status }) => status === 204)).toBe(true);
    for (const { status } of answers) expect([204, 401]).toContain(status);
    const mails =
      await sql`select 1 from deliveries where kind = 'account-erased' and subject_id = ${one.id}`;
    expect(mails.length).toBe(1);
  });

  test('or an order is placed, whichever comes first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const one = await marked();
      const { accept, request } = await answered(one);
      const [accepted, erased] = await Promise.all([accept(), erase(one.browser)]);
      const [order] = await sql`
        select 1 from enquiries where request_id = ${request.id} and status = 'accepted'`;
      expect([accepted.status === 200, erased.status === 409]).toEqual([
        order !== undefined,
        order !== undefined,
      ]);
      if (order) expect(erased.body.errors).toMatchObject([{ code: 'open_order' }]);
    }
  });

  test('not while an order counts as open, and then it keeps what the partner’s books need', async () => {
    const one = await marked();
    const { accept, request } = await answered(one);
    expect((await accept()).status).toBe(200);
    expect((await erase(one.browser)).body.code).toBe('still_open');
    service.clock.advance(31 * 864e5);
    const again = await loggedIn(service, one.email);
    expect((await erase(again)).status).toBe(204);
    const [row] =
      await sql`select contact_name, contact_phone, message from requests where id = ${request.id}`;
    expect(row).toMatchObject({ contact_name: expect.stringMatching(/^Erased /), contact_phone: null });
  });

  test('with a code of its second factor, if it has one', async () => {
    const browser = await loggedIn(service, await addPerson(service));
    const app = await withAuthenticator(service, browser);
    expect((await erasure(browser)).asksCode).toBe(true);
    expect((await erase(browser)).body.code).toBe('second_factor_required');
    expect((await erase(browser, { code: '000000' })).status).toBe(401);
    expect((await erase(browser, { code: app.code() })).status).toBe(204);
  });

  test('also after it met something open with more right codes than may be guessed', async () => {
    const admin = await founder(service);
    const colleague = await join(admin, await person(service));
    const app = await withAuthenticator(service, admin.browser);
    for (let times = 0; times < 11; times += 1)
      expect((await erase(admin.browser, { code: app.code() })).body.code).toBe('still_open');
    expect((await erase(colleague.browser)).status).toBe(204);
    expect((await erase(admin.browser, { code: app.code() })).status).toBe(204);
  });

  test('without touching what another account has at an address that it had before', async () => {
    const one = await marked();
    const former = await addPerson(service);
    await sql`
      insert into email_changes (account_id, former_email, email, created_at, proven_at)
      values (${one.id}, ${former}, ${one.email}, ${service.clock.now()}, ${service.clock.now()})`;
    const admin = await founder(service);
    await admin.browser.post('/api/company/people', { email: former });
    expect((await copy(one.browser)).invitations).toEqual([]);
    expect((await erase(one.browser)).status).toBe(204);
    const { items } = (await (await loggedIn(service, former)).get('/api/account/invitations')).body;
    expect(items).toMatchObject([{ email: former }]);
  });
});

describe('a person of a company', () => {
  test('is not erased as the last admin of colleagues; its only person ends the company by saying so', async () => {
    const admin = await founder(service);
    const colleague = await join(admin, await person(service), { role: 'requester' });
    expect((await erase(admin.browser)).body).toMatchObject({
      code: 'still_open',
      errors: [{ code: 'last_admin' }],
    });
    expect((await erase(colleague.browser)).status).toBe(204);
    expect((await admin.browser.get('/api/account/erasure')).body).toMatchObject({
      endsCompany: true,
      open: [],
    });
    expect((await erase(admin.browser, { endCompany: false })).body).toMatchObject({
      code: 'still_open',
      errors: [{ code: 'last_admin' }],
    });
    expect((await erase(admin.browser)).status).toBe(204);
  });

  test('leaves it, and colleagues see what they sent under a pseudonym', async () => {
    const admin = await founder(service);
    const colleague = await join(admin, await person(service), { role: 'requester' });
    const { request } = await answered(colleague);
    expect((await erase(colleague.browser)).status).toBe(204);
    const { people } = (await admin.browser.get('/api/company')).body;
    expect(people.map(({ id }: { id: string }) => id)).toEqual([admin.id]);
    const seen = await admin.browser.get(`/api/requests/${request.id}`);
    expect([seen.status, seen.body.status]).toEqual([200, 'answered']);
    expect(JSON.stringify(seen.body)).not.toContain(colleague.email);
    expect(await occurrences(colleague.email)).toEqual(['deliveries.to_email']);
  });
});

test('people are erased again after a restore, whatever was open at its time', async () => {
  const one = await marked();
  await furnish(service, world, one.browser);
  const { accept } = await answered(one);
  await accept();
  const mails = await sql`select 1 from deliveries where kind in ('account-erased', 'outcome')`;
  const forgetting = forgettings.find(({ kind }) => kind === 'erased accounts');
  await db.transaction(async (tx) => forgetting?.again(tx, one.buyerId));
  await db.transaction(async (tx) => forgetting?.again(tx, one.buyerId));
  expect(await occurrences(one.email)).toEqual([]);
  expect(await sql`select 1 from deliveries where kind in ('account-erased', 'outcome')`).toEqual(mails);
});

test('an erasure is noted for restores without naming anybody', async () => {
  const one = await marked();
  await erase(one.browser);
  expect(
    await sql`select key from forgotten where kind = 'erased accounts' and key = ${one.buyerId}`,
  ).toEqual([{ key: one.buyerId }]);
});

test('a person gets a copy of all that is kept of them', async () => {
  const one = await marked();
  await furnish(service, world, one.browser);
  await answered(one);
  await one.browser.put(`/api/wishes/${world.products.sensor}`, {});
  const answerOf = await one.browser.get('/api/account/export');
  expect(answerOf.headers.get('content-disposition')).toContain('attachment');
  expect(await copy(one.browser)).toMatchObject({
    account: { email: one.email, name: `${mark} Canary` },
    sessions: [{ beganAt: expect.any(String) }],
    requests: [{}, {}, { message: `Call ${mark}`, phone: '+381601234567', partners: [{ quotes: [{}] }] }],
    complaints: [{ messages: [{ text: 'It crackled' }] }],
    topUps: [{ billTo: `${mark} Ltd` }],
    credits: [{ unit: 'EUR' }, { unit: 'credit', available: '60.00', entries: [{ kind: 'top_up' }] }],
    uploads: [{ name: 'note.txt' }],
    wishes: [{ name: expect.any(String) }],
    calls: [{}],
    callBacks: [{}],
  });
  const other = await copy((await marked()).browser);
  expect([other.requests, other.calls, other.uploads]).toEqual([[], [], []]);
});
