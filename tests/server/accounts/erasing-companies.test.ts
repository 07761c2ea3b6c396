import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { ofHouse } from '#server/credits/account-names.ts';
import { forgettings } from '#server/forgetting.ts';
import * as ledger from '#server/ledger/service.ts';
import { type Client, stillClock } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { loggedIn } from '../buyers/people.ts';
import { euro } from '../companies/asking.ts';
import { founder, join, type Person, person } from '../companies/colleagues.ts';
import { file } from '../complaints/people.ts';
import { confirm, openShopOf, payee, topUp } from '../credits/shop.ts';
import { answer, dayFrom, linkOf } from '../requests/answers.ts';
import { assemble, jana, send, sendBody, sendUsual } from '../requests/people.ts';

const { service, world } = await startWithWorld({
  leaveJobs: true,
  env: payee,
  clock: stillClock(new Date('2026-12-02T10:00:00Z')),
});
afterAll(() => service.drain({ includeLater: true }));
const shop = await openShopOf(service);
const { sql, db } = service.ctx;
const password = 'a long enough password';
const sixty = [{ unit: 'credit', amount: '60.00' }];

const erase = (browser: Client, more: object = {}) =>
  browser.request<{ code?: string; errors?: { code: string; message: string }[] }>(
    'DELETE',
    '/api/account/me',
    { password, endCompany: true, ...more },
  );
const erasure = async ({ browser }: Person) => (await browser.get('/api/account/erasure')).body;
const copy = async ({ browser }: Person) => (await browser.get('/api/account/export')).body;

async function companyIdOf({ id }: Person): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    select m.company_id as id from company_members m join accounts a on a.buyer_id = m.buyer_id where a.id = ${id}`;
  return row!.id;
}

const buyerIdOf = async ({ id }: Person): Promise<string> =>
  (await sql<{ buyer: string }[]>`select buyer_id as buyer from accounts where id = ${id}`)[0]!.buyer;

/** A request that a person sent for their company and Brandt has answered. */
async function answered({ browser, email }: Person) {
  const request = await sendUsual(
    browser,
    world,
    [{ product: 'sensor', quantity: 10, ask: ['sensorBrandt'] }],
    { contact: { ...jana, email } },
  );
  const token = await linkOf(service, request.id, world.mail.brandt);
  const quote = await answer(service.outsider(), token, [{ price: '100.00' }], {
    validUntil: dayFrom(service, 10),
  });
  const accept = (by: Person) =>
    by.browser.post(`/api/requests/${request.id}/acceptance`, { quotes: [{ quoteId: quote.body.id }] });
  return { request, token, accept };
}

/** Buys 60 credits for whom a person buys. Returns the top-up. */
async function bought({ browser }: Person): Promise<string> {
  const { id, amount } = (await topUp(browser)).body;
  const staff = await shop.newStaff();
  expect((await confirm({ ...shop, staff }, id, amount.amount, `bought ${id}`)).status).toBe(200);
  return id;
}

const creditOf = async (one: Person): Promise<ledger.AccountName> => ({
  ...{ owner: { type: 'company', id: await companyIdOf(one) }, unit: 'credit' },
});

describe('the last person of a company', () => {
  test('is not erased while an order is open that a colleague sent before leaving', async () => {
    const admin = await founder(service);
    const colleague = await join(admin, await person(service), { role: 'requester' });
    const { request, accept } = await answered(colleague);
    expect((await accept(admin)).status).toBe(200);
    await admin.browser.delete(`/api/company/people/${colleague.id}`);
    expect((await erasure(admin)).open).toEqual([{ code: 'open_order', number: request.number }]);
    expect((await erase(admin.browser)).body).toMatchObject({
      code: 'still_open',
      errors: [{ code: 'open_order' }],
    });
    expect((await erase(colleague.browser)).status).toBe(204);
    service.clock.advance(31 * 864e5);
    expect((await erase(await loggedIn(service, admin.email))).status).toBe(204);
  });

  test('ends what partners could still answer, and withdraws invitations', async () => {
    const admin = await founder(service);
    const { token } = await answered(admin);
    const invited = await person(service);
    const { body } = await admin.browser.post('/api/company/people', { email: invited.email });
    expect((await erase(admin.browser)).status).toBe(204);
    expect((await service.outsider().get(`/api/enquiry-links/${token}`)).body.status).toBe('lost');
    expect((await invited.browser.get('/api/account/invitations')).body.items).toEqual([]);
    const late = await invited.browser.post(`/api/account/invitations/${body.id}/acceptance`);
    expect([late.status, late.body.code]).toEqual([409, 'invitation_over']);
  });

  test('gives up its credit word for word, once nothing is held or owed; colleagues keep it', async () => {
    const admin = await founder(service);
    const colleague = await join(admin, await person(service));
    const topUpId = await bought(colleague);
    expect(await erasure(colleague)).toMatchObject({ open: [], leftovers: [] });
    expect((await erase(colleague.browser)).status).toBe(204);
    expect((await admin.browser.get('/api/credits')).body.available).toBe('60.00');

    const account = await creditOf(admin);
    const at = service.clock.now();
    const hold = await db.transaction((tx) =>
      ledger.hold(tx, {
        ...{ account, amount: 100n, subject: { type: 'call', id: randomUUID() } },
        ...{ operationId: randomUUID(), at, expiresAt: new Date(at.getTime() + 864e5) },
      }),
    );
    expect((await erasure(admin)).open).toEqual([{ code: 'open_hold' }]);
    await db.transaction((tx) => ledger.release(tx, hold!.id, at));
    await sql`update top_ups set owed_credits = 100 where id = ${topUpId}`;
    expect((await erasure(admin)).open).toMatchObject([{ code: 'open_top_up' }]);
    await sql`update top_ups set owed_credits = 0 where id = ${topUpId}`;

    const waiting = (await topUp(admin.browser)).body.id;
    expect((await erase(admin.browser)).body.code).toBe('credit_left');
    expect((await erase(admin.browser, { giveUp: sixty })).status).toBe(204);
    expect((await ledger.balancesOf(db, account)).posted).toBe(0n);
    expect(await sql`select 1 from top_ups where id = ${waiting} and cancelled_at is not null`).toHaveLength(
      1,
    );
  });

  test('is erased as a whole or not at all, if its credit cannot be given up', async () => {
    const admin = await founder(service);
    const account = await creditOf(admin);
    const posting = {
      ...{ kind: 'adjustment', actor: 'system', text: 'a former one', at: service.clock.now() },
      operationId: `erasure:${account.owner.id}`,
      entries: [
        { account, amount: 6000n },
        { account: ofHouse('issued'), amount: -6000n },
      ],
    };
    await db.transaction((tx) => ledger.post(tx, posting));
    expect((await erase(admin.browser, { giveUp: sixty })).status).toBe(500);
    expect((await admin.browser.get('/api/company')).body.people).toHaveLength(1);
  });
});

test('a person’s copy has nothing of a company that they have left', async () => {
  const admin = await founder(service);
  const colleague = await join(admin, await person(service), {
    ...{ role: 'requester', limits: [euro('1.00')] },
  });
  const { request, accept } = await answered(colleague);
  expect((await accept(colleague)).status).toBe(202);
  await bought(colleague);
  const about = { type: 'enquiry', id: request.enquiries[0]!.id };
  expect((await file(colleague.browser, about, { category: 'late', wish: 'answer' })).status).toBe(201);
  const all = { requests: [{}], approvals: [{}], topUps: [{}], complaints: [{}] };
  expect(await copy(colleague)).toMatchObject(all);
  await admin.browser.delete(`/api/company/people/${colleague.id}`);
  const none = { requests: [], approvals: [], topUps: [], complaints: [] };
  expect(await copy(colleague)).toMatchObject(none);
});

test('a person who is erased again after a restore has no order that waits for approval', async () => {
  const admin = await founder(service);
  const colleague = await join(admin, await person(service), {
    ...{ role: 'requester', limits: [euro('0.01')] },
  });
  const solution = await assemble(colleague.browser, world, [
    { product: 'sensor', quantity: 10, ask: ['sensorBrandt'] },
  ]);
  const body = sendBody(solution, { kind: 'order', contact: { ...jana, email: colleague.email } });
  const sent = await send(colleague.browser, body);
  expect(sent.status).toBe(202);
  const buyerId = await buyerIdOf(colleague);
  const forgetting = forgettings.find(({ kind }) => kind === 'erased accounts');
  await db.transaction(async (tx) => forgetting?.again(tx, buyerId));
  const [approval] = await sql<{ status: string; input: object }[]>`
    select status, input from approvals where requester_id = ${buyerId}`;
  expect(approval?.status).toBe('withdrawn');
  expect(JSON.stringify(approval)).not.toMatch(new RegExp(`${jana.name}|${colleague.email}`));
});
