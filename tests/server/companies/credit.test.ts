import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { confirm, openShop, topUp } from '../credits/shop.ts';
import { colleague, founder, type Person, threeColleagues } from './colleagues.ts';

const shop = await openShop();
const { service } = shop;
afterAll(() => service.drain({ includeLater: true }));

const availableTo = async ({ browser }: Person): Promise<string> =>
  (await browser.get('/api/credits')).body.available;

async function buy({ browser }: Person, reference: string): Promise<string> {
  const { id, amount } = (await topUp(browser)).body;
  await confirm(shop, id, amount.amount, reference);
  return id;
}

test('a company’s people share its credit, which stays with it when its buyer leaves', async () => {
  const admin = await founder(service);
  const member = await colleague(service, admin);
  const id = await buy(member, 'company');
  for (const person of [admin, member]) {
    expect(await availableTo(person)).toBe('60.00');
    expect((await person.browser.get(`/api/credits/top-ups/${id}`)).status).toBe(200);
    expect((await person.browser.get('/api/credits/top-ups')).body.total).toBe(1);
  }
  await admin.browser.delete(`/api/company/people/${member.id}`);
  expect(await availableTo(member)).toBe('0.00');
  expect((await member.browser.get(`/api/credits/top-ups/${id}`)).status).toBe(404);
  expect(await availableTo(admin)).toBe('60.00');
});

test('credit that a person bought before joining stays their own, also when its payment comes later', async () => {
  const admin = await founder(service);
  const joining = await colleague(service, await founder(service));
  await joining.browser.delete(`/api/company/people/${joining.id}`);
  const { id, amount } = (await topUp(joining.browser)).body;
  const invited = await admin.browser.post('/api/company/people', { email: joining.email });
  await joining.browser.post(`/api/account/invitations/${invited.body.id}/acceptance`);
  await confirm(shop, id, amount.amount, 'late');
  expect(await availableTo(admin)).toBe('0.00');
  await joining.browser.delete(`/api/company/people/${joining.id}`);
  expect(await availableTo(joining)).toBe('60.00');
});

test('a top-up of a company is cancelled by its buyer, approvers and admins, not by other requesters', async () => {
  const { admin, approver, requester } = await threeColleagues(service);
  const cancel = async ({ browser }: Person, buyer: Person) =>
    (await browser.delete(`/api/credits/top-ups/${(await topUp(buyer.browser)).body.id}`)).status;
  expect(await cancel(requester, admin)).toBe(403);
  for (const by of [requester, approver, admin]) expect(await cancel(by, requester)).toBe(200);
});

test('a top-up is of no company that does not exist', async () => {
  const { id } = (await topUp((await founder(service)).browser)).body;
  const move = service.ctx.sql`update top_ups set company_id = ${randomUUID()} where id = ${id}`;
  await expect(move).rejects.toThrow('foreign key');
});
