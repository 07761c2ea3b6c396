import { describe, expect, test } from 'vitest';
import type { NoticeList } from '#server/notices/schema.ts';
import type { Overview } from '#server/overview/schema.ts';
import type { Client } from '../../harness.ts';
import { addPerson, loggedIn } from '../buyers/people.ts';
import { colleague, founder, type Person, threeColleagues } from '../companies/colleagues.ts';
import { addCall, addCallBack } from '../desk/desks.ts';
import { answer, dayFrom, linkOf, linkPath } from '../requests/answers.ts';
import { sendUsual } from '../requests/people.ts';
import { setUpRequests } from '../requests/setup.ts';

const { service, world, vendor } = await setUpRequests();

async function newBuyer(): Promise<{ browser: Client; buyerId: string }> {
  const email = await addPerson(service);
  const [account] = await service.ctx.sql<{ id: string }[]>`
    select buyer_id as id from accounts where email = ${email}`;
  return { browser: await loggedIn(service, email), buyerId: account!.id };
}
const listed = async (browser: Client) => (await browser.get<NoticeList>('/api/notices')).body;
const unread = async (browser: Client) =>
  (await browser.get<{ unread: number }>('/api/notices/unread')).body.unread;
const needsOf = async (browser: Client) =>
  (await browser.get<Overview>('/api/account/overview')).body.needs.map(({ kind, total }) => [kind, total]);

describe('notices and the overview', () => {
  test('what partners do is noticed, until it is read, by the owner alone', async () => {
    const [{ browser }, other] = [await newBuyer(), await newBuyer()];
    const request = await sendUsual(browser, world);
    expect([(await listed(browser)).items, await unread(browser)]).toEqual([[], 0]);
    const token = await linkOf(service, request.id, world.mail.sever);
    await answer(vendor, token, [{}, {}], { validUntil: dayFrom(service, 10) });
    await vendor.post(linkPath(token, 'messages'), { text: 'Is Friday early enough?' });
    const list = await listed(browser);
    expect(list.items.map(({ kind, read }) => [kind, read])).toEqual([
      ['message', false],
      ['quote', false],
    ]);
    expect(list.items[0]).toMatchObject({
      ...{ vendor: { name: 'Elektro Sever' }, request: { id: request.id, number: request.number } },
    });
    expect([list.unread, await unread(browser), await unread(other.browser)]).toEqual([2, 2, 0]);
    const oldest = list.items[1]?.id ?? '';
    expect((await browser.post(`/api/notices/reading?upTo=${oldest}`)).body).toEqual({ unread: 1 });
    const presses = await Promise.all([0, 1].map(() => browser.post('/api/notices/reading')));
    expect(presses.map(({ body }) => body)).toEqual([{ unread: 0 }, { unread: 0 }]);
    // An earlier one, sent late by another tab, makes nothing unread.
    expect((await browser.post(`/api/notices/reading?upTo=${oldest}`)).body).toEqual({ unread: 0 });
    expect((await listed(browser)).items.map(({ read }) => read)).toEqual([true, true]);
    expect((await listed(other.browser)).total).toBe(0);
    expect((await service.visitor().get('/api/notices')).status).toBe(401);
  });

  test('what the buyer does is no notice', async () => {
    const { browser } = await newBuyer();
    const { enquiries } = await sendUsual(browser, world);
    await browser.post(`/api/enquiries/${enquiries[0]!.id}/messages`, { text: 'Hello' });
    expect((await listed(browser)).total).toBe(0);
  });

  test('the overview names what waits, the most urgent first, and forgets what was done', async () => {
    const { browser, buyerId } = await newBuyer();
    expect(await needsOf(browser)).toEqual([]);
    const request = await sendUsual(browser, world);
    const token = await linkOf(service, request.id, world.mail.sever);
    const sent = await answer(vendor, token, [{}, {}], { validUntil: dayFrom(service, 10) });
    await vendor.post(linkPath(token, 'messages'), { text: 'Is Friday early enough?' });
    const about = {
      vendorId: world.vendors.sever,
      offerId: world.offers.sensorSever,
      at: service.clock.now(),
    };
    await addCallBack(service.ctx.db, about, { buyerId });
    const at = service.clock.now();
    const talk = {
      state: 'closed',
      outcome: 'completed',
      answeredAt: at,
      endedAt: at,
      talkSeconds: 9,
    } as const;
    const call = await addCall(
      service.ctx.db,
      about,
      { ...talk, buyerId, agentId: Number(world.agents.milan) },
      [],
    );
    expect(await needsOf(browser)).toEqual([
      ['decide', 1],
      ['question', 1],
      ['call_back', 1],
      ['rate', 1],
    ]);

    await browser.post(`/api/calls/${call}/rating`, { line: 5, agent: 5 });
    await browser.post(`/api/enquiries/${request.enquiries[0]!.id}/messages`, { text: 'Yes' });
    const own = request.enquiries.find(({ vendor: { id } }) => id === world.vendors.sever);
    await browser.post(`/api/enquiries/${own!.id}/messages`, { text: 'Yes' });
    expect(await needsOf(browser)).toEqual([
      ['decide', 1],
      ['call_back', 1],
    ]);
    await browser.post(`/api/requests/${request.id}/acceptance`, { quotes: [{ quoteId: sent.body.id }] });
    expect(await needsOf(browser)).toEqual([['call_back', 1]]);
    expect(await needsOf((await newBuyer()).browser)).toEqual([]);
  });

  test('a quote that ends within three days is more urgent', async () => {
    const { browser } = await newBuyer();
    const request = await sendUsual(browser, world);
    const token = await linkOf(service, request.id, world.mail.sever);
    await answer(vendor, token, [{}, {}], { validUntil: dayFrom(service, 2) });
    expect(await needsOf(browser)).toEqual([['expiring', 1]]);
  });
});

describe('what a company sees', () => {
  const kindsOf = async ({ browser }: Person) => (await listed(browser)).items.map(({ kind }) => kind);

  test('answers to a request are noticed by all of its people, and wait for those who may decide', async () => {
    const { admin, approver, requester } = await threeColleagues(service);
    const other = await colleague(service, admin, { role: 'requester' });
    const request = await sendUsual(requester.browser, world);
    const token = await linkOf(service, request.id, world.mail.sever);
    await answer(vendor, token, [{}, {}], { validUntil: dayFrom(service, 10) });
    for (const person of [admin, approver, requester, other])
      expect([await kindsOf(person), await unread(person.browser)]).toEqual([['quote'], 1]);
    for (const person of [admin, approver, requester])
      expect(await needsOf(person.browser)).toEqual([['decide', 1]]);
    expect(await needsOf(other.browser)).toEqual([]);
    // Each reads for themselves.
    await admin.browser.post('/api/notices/reading');
    expect([await unread(admin.browser), await unread(approver.browser)]).toEqual([0, 1]);
    expect(await kindsOf(await founder(service))).toEqual([]);
  });

  test('stays with it when somebody leaves', async () => {
    const { admin, requester } = await threeColleagues(service);
    const request = await sendUsual(requester.browser, world);
    const token = await linkOf(service, request.id, world.mail.sever);
    await answer(vendor, token, [{}, {}], { validUntil: dayFrom(service, 10) });
    await admin.browser.delete(`/api/company/people/${requester.id}`);
    expect([await kindsOf(requester), await needsOf(requester.browser)]).toEqual([[], []]);
    expect(await kindsOf(admin)).toEqual(['quote']);
  });
});
