import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../harness.ts';
import { addPerson, loggedIn } from '../buyers/people.ts';
import { founder, join, type Person, person, threeColleagues } from '../companies/colleagues.ts';
import { jana, sendUsual } from '../requests/people.ts';
import { setUpRequests } from '../requests/setup.ts';
import { pdf, uploadFile } from '../uploads/files.ts';
import { chargedCall, file } from './people.ts';

const { service, world } = await setUpRequests();
const staff = await loggedIn(service, await addPerson(service, 'staff'));

/** Sends a request of a person to Elektro Sever. Returns the enquiry, as what a complaint is about. */
async function enquiryOf({ browser, email }: Person) {
  const lines = [{ product: 'sensor' as const, quantity: 4, ask: ['sensorSever' as const] }];
  const request = await sendUsual(browser, world, lines, { contact: { ...jana, email } });
  return { type: 'enquiry', id: request.enquiries[0]!.id };
}

const complain = async (by: Person, subject: { type: string; id: string }, body: object = {}) => {
  const filed = await file(by.browser, subject, { category: 'late', wish: 'answer', ...body });
  if (filed.status !== 201) throw new Error(JSON.stringify(filed.body));
  return filed.body.id as string;
};

const pathOf = (id: string) => `/api/complaints/${id}`;
const statusFor = async ({ browser }: Person, id: string) => (await browser.get(pathOf(id))).status;
const listedBy = async ({ browser }: Person): Promise<string[]> =>
  (await browser.get('/api/complaints')).body.items.map(({ id }: { id: string }) => id);
const remove = ({ browser }: Person, { id }: Person) => browser.delete(`/api/company/people/${id}`);

describe("a company's complaint", () => {
  test('does not exist for its filer once they have left, and does not keep them from erasing', async () => {
    const { admin, requester } = await threeColleagues(service);
    const id = await complain(requester, await enquiryOf(requester));
    const { number } = (await requester.browser.get(pathOf(id))).body;
    expect((await requester.browser.get('/api/account/erasure')).body.open).toEqual([
      { code: 'open_complaint', number },
    ]);
    await remove(admin, requester);
    expect(await statusFor(requester, id)).toBe(404);
    expect(await listedBy(requester)).toEqual([]);
    const { browser } = requester;
    expect((await browser.post(`${pathOf(id)}/messages`, { text: 'Still me' })).status).toBe(404);
    expect((await browser.post(`${pathOf(id)}/withdrawal`)).status).toBe(404);
    expect((await browser.get('/api/account/erasure')).body.open).toEqual([]);
    expect(await listedBy(admin)).toEqual([id]);
  });

  test('is filed by who may act for its sender, and no more by a sender who has left', async () => {
    const { admin, approver, requester } = await threeColleagues(service);
    const subject = await enquiryOf(requester);
    const form = ({ browser }: Person, { type, id } = subject) =>
      browser.get(`/api/complaint-subjects?type=${type}&id=${id}`);
    expect((await form(approver)).status).toBe(200);
    expect(await statusFor(requester, await complain(approver, subject))).toBe(200);
    const ofAdmin = await enquiryOf(admin);
    expect((await form(requester, ofAdmin)).status).toBe(403);
    expect((await file(requester.browser, ofAdmin)).status).toBe(403);
    await remove(admin, requester);
    expect((await form(requester)).status).toBe(404);
    expect((await file(requester.browser, subject)).status).toBe(404);
  });

  test('is about what is of the company, and anything else stays with its filer', async () => {
    const admin = await founder(service);
    const joining = await person(service);
    const before = await enquiryOf(joining);
    await join(admin, joining);
    const [{ id: buyerId }] = await service.ctx.sql<[{ id: string }]>`
      select buyer_id as id from accounts where id = ${joining.id}`;
    const callOf = async (charge: bigint) => ({
      ...{ type: 'call', id: await chargedCall(service, world, buyerId, charge) },
    });
    const product = { type: 'product', id: world.products.motor };
    for (const own of [before, product, await callOf(0n)])
      expect(await statusFor(admin, await complain(joining, own))).toBe(404);
    for (const ofCompany of [await enquiryOf(joining), await callOf(100n)])
      expect(await statusFor(admin, await complain(joining, ofCompany))).toBe(200);
    const call = await callOf(100n);
    await remove(admin, joining);
    expect((await file(joining.browser, call)).status).toBe(404);
  });

  test('is mailed to the first admin once its filer has left', async () => {
    const { admin, requester } = await threeColleagues(service);
    const id = await complain(requester, await enquiryOf(requester));
    const answer = async (text: string) => {
      await staff.post(`${pathOf(id)}/messages`, { text });
      await service.drain();
      const textsTo = ({ email }: Person) => service.mail.to(email).map((mail) => mail.text ?? '');
      return [admin, requester].map((one) => textsTo(one).some((mail) => mail.includes(text)));
    };
    expect(await answer('To its filer')).toEqual([false, true]);
    await remove(admin, requester);
    expect(await answer('To its company')).toEqual([true, false]);
  });

  test('names who of the company wrote, as their account does, also once that is erased', async () => {
    const { admin, approver, requester } = await threeColleagues(service);
    const rename = ({ browser }: Person, name: string) => browser.patch('/api/account/me', { name });
    await rename(requester, 'Rada Requester');
    await rename(approver, 'Ana Approver');
    const id = await complain(requester, await enquiryOf(requester));
    await approver.browser.post(`${pathOf(id)}/messages`, { text: 'We still wait' });
    await staff.post(`${pathOf(id)}/messages`, { text: 'We ask the partner' });
    const names = async (reader: Client) =>
      (await reader.get(pathOf(id))).body.messages.map(({ name }: { name: string }) => name);
    const [filer, colleague, ofStaff] = await names(staff);
    expect([filer, colleague]).toEqual(['Rada Requester', 'Ana Approver']);
    expect(await names(admin.browser)).toEqual([filer, colleague, ofStaff]);
    const password = 'a long enough password';
    expect((await approver.browser.request('DELETE', '/api/account/me', { password })).status).toBe(204);
    const [, erased] = await names(staff);
    expect(erased).not.toMatch(/Ana|Rada/);
  });

  test('gives its files to everybody in the company, as long as they are', async () => {
    const { admin, approver, requester } = await threeColleagues(service);
    const fileId = (await uploadFile(requester.browser, service.url, { name: 'a.pdf', content: pdf })).body
      .id;
    await complain(requester, await enquiryOf(requester), { uploads: [fileId] });
    const statusesFor = (...people: Person[]) =>
      Promise.all(people.map(async ({ browser }) => (await browser.get(`/api/uploads/${fileId}`)).status));
    const stranger = await founder(service);
    expect(await statusesFor(admin, approver, requester, stranger)).toEqual([200, 200, 200, 404]);
    await remove(admin, requester);
    expect(await statusesFor(admin, requester)).toEqual([200, 404]);
  });

  test('is withdrawn by its filer, approvers and admins, not by other requesters', async () => {
    const { admin, approver, requester } = await threeColleagues(service);
    const mayWithdraw = async ({ browser }: Person, id: string) =>
      (await browser.get(pathOf(id))).body.can.withdraw;
    const withdraw = async ({ browser }: Person, id: string) =>
      (await browser.post(`${pathOf(id)}/withdrawal`)).status;
    const ofAdmin = await complain(admin, await enquiryOf(admin));
    expect(await mayWithdraw(requester, ofAdmin)).toBe(false);
    expect(await withdraw(requester, ofAdmin)).toBe(403);
    for (const by of [requester, approver, admin]) {
      const id = await complain(requester, await enquiryOf(requester));
      expect(await mayWithdraw(by, id)).toBe(true);
      expect(await withdraw(by, id)).toBe(200);
    }
  });

  test('is of no company that does not exist, nor is the request', async () => {
    const admin = await founder(service);
    await complain(admin, await enquiryOf(admin));
    const { sql } = service.ctx;
    for (const table of ['complaints', 'requests']) {
      const move = sql`update ${sql(table)} set company_id = ${randomUUID()} where company_id is not null`;
      await expect(move).rejects.toThrow('foreign key');
    }
  });
});

test('of two complaints of a buyer about the same that are written at once the database keeps one', async () => {
  const buyer = await person(service);
  const id = await complain(buyer, await enquiryOf(buyer));
  const { sql } = service.ctx;
  const again = (number: string) => sql`
    insert into complaints (number, buyer_id, vendor_id, subject_type, subject_id, subject, category, wish, status_at,
      created_at)
    select ${number}, buyer_id, vendor_id, subject_type, subject_id, subject, category, wish, status_at, created_at
    from complaints where id = ${id}`;
  await expect(again('C-1')).rejects.toThrow('complaints_open_key');
  await buyer.browser.post(`${pathOf(id)}/withdrawal`);
  const [first, second] = await Promise.allSettled([again('C-2'), again('C-3')]);
  expect([first.status, second.status].toSorted()).toEqual(['fulfilled', 'rejected']);
});
