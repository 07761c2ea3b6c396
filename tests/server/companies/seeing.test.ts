import { describe, expect, test } from 'vitest';
import type { Request } from '#server/requests/schema.ts';
import { answer, dayFrom, linkOf } from '../requests/answers.ts';
import { assemble, jana, sendUsual, tokenFor, type WantedLine } from '../requests/people.ts';
import { setUpRequests } from '../requests/setup.ts';
import { founder, join, type Person, person, threeColleagues } from './colleagues.ts';

const { service, world, vendor } = await setUpRequests();

const sendAs = (sender: Person, email = sender.email) =>
  sendUsual(sender.browser, world, [{ product: 'sensor', quantity: 10, ask: ['sensorBrandt'] }], {
    contact: { ...jana, email },
  });

const quoteFor = async (request: Request): Promise<string> => {
  const token = await linkOf(service, request.id, world.mail.brandt);
  return (await answer(vendor, token, [{ price: '10.00' }], { validUntil: dayFrom(service, 5) })).body.id;
};

const statusFor = async ({ browser }: Person, id: string) =>
  (await browser.get(`/api/requests/${id}`)).status;

const listedBy = async ({ browser }: Person): Promise<string[]> =>
  (await browser.get('/api/requests')).body.items.map(({ id }: { id: string }) => id);

describe('the requests of a company', () => {
  test('are seen by all of its people and by nobody else', async () => {
    const { admin, approver, requester } = await threeColleagues(service);
    const request = await sendAs(requester);
    for (const colleagueOfTheirs of [admin, approver, requester]) {
      expect(await statusFor(colleagueOfTheirs, request.id)).toBe(200);
      expect(await listedBy(colleagueOfTheirs)).toEqual([request.id]);
    }
    for (const stranger of [await person(service), await founder(service)]) {
      expect(await statusFor(stranger, request.id)).toBe(404);
      expect(await listedBy(stranger)).toEqual([]);
    }
    expect((await service.visitor().get(`/api/requests/${request.id}`)).status).toBe(404);
  });

  test('are only read by requesters who did not send them', async () => {
    const { admin, approver, requester } = await threeColleagues(service);
    const request = await sendAs(admin);
    const quoteId = await quoteFor(request);
    const [enquiry] = request.enquiries;
    const path = `/api/requests/${request.id}`;
    const acts = ({ browser }: Person) => [
      () => browser.post(`${path}/acceptance`, { quotes: [{ quoteId }] }),
      () => browser.post(`${path}/decline`, { quoteId }),
      () => browser.post(`${path}/revision`, { enquiryId: enquiry?.id, message: 'Cheaper?' }),
      () => browser.post(`/api/enquiries/${enquiry?.id}/messages`, { text: 'Hello' }),
      () => browser.post(`${path}/follow-link`),
      () => browser.delete(`/api/enquiries/${enquiry?.id}/links/${enquiry?.deliveries[0]?.id}`),
    ];
    for (const act of acts(requester)) expect((await act()).status).toBe(403);
    const stranger = await person(service);
    for (const act of acts(stranger)) expect((await act()).status).toBe(404);
    const seen = (await requester.browser.get<Request>(path)).body;
    expect(Object.values(seen.enquiries[0]?.can ?? {})).not.toContain(true);
    expect((await acts(approver)[0]?.())?.status).toBe(200);
  });

  test('are those sent from joining on: what was sent before stays personal', async () => {
    const admin = await founder(service);
    const joining = await person(service);
    const before = await sendAs(joining);
    await join(admin, joining);
    expect(await statusFor(admin, before.id)).toBe(404);
    expect(await statusFor(joining, before.id)).toBe(200);
    const after = await sendAs(joining);
    expect(await statusFor(admin, after.id)).toBe(200);
  });

  test('stay with the company when their sender leaves, whose access by login and by link ends', async () => {
    const { admin, requester } = await threeColleagues(service);
    const request = await sendAs(requester);
    await service.drain({ includeLater: true });
    const follow = tokenFor(service, requester.email, 'f');
    expect((await service.outsider().get(`/api/follow/${follow}`)).status).toBe(200);
    await admin.browser.delete(`/api/company/people/${requester.id}`);
    expect(await statusFor(requester, request.id)).toBe(404);
    expect(await listedBy(requester)).toEqual([]);
    expect((await service.outsider().get(`/api/follow/${follow}`)).status).toBe(404);
    expect(await statusFor(admin, request.id)).toBe(200);
    await quoteFor(request);
    await service.drain({ includeLater: true });
    const [digest] = await service.ctx.sql<{ to_email: string }[]>`
      select to_email from deliveries where kind = 'answer-digest' and subject_id = ${request.id}`;
    expect(digest?.to_email).toBe(admin.email);
  });

  test('prefill neither orders of who has left the company nor, from before, orders of the company', async () => {
    const [admin, joining] = [await founder(service), await person(service)];
    const cable: WantedLine = { product: 'cable', quantity: 100, ask: ['cableBrandt'] };
    const solution = await assemble(joining.browser, world, [cable]);
    const prefilled = async () => {
      const { last } = (await joining.browser.get(`/api/solutions/${solution}/specification`)).body;
      return last?.contact.email ?? null;
    };
    await sendAs(joining);
    expect(await prefilled()).toBe(joining.email);
    await join(admin, joining);
    expect(await prefilled()).toBeNull();
    await sendAs(joining, 'orders@morava.example');
    expect(await prefilled()).toBe('orders@morava.example');
    await admin.browser.delete(`/api/company/people/${joining.id}`);
    expect(await prefilled()).toBe(joining.email);
  });

  test('leave solutions personal', async () => {
    const { admin, requester } = await threeColleagues(service);
    await requester.browser.post('/api/solutions/current/lines', {
      ...{ productId: world.products.sensor, quantity: 10, offerIds: [world.offers.sensorBrandt] },
    });
    const { id } = (await requester.browser.get('/api/solutions/current')).body;
    expect((await admin.browser.get(`/api/solutions/${id}`)).status).toBe(404);
  });
});
