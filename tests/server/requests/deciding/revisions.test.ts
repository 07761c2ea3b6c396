import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Request, RequestList } from '#server/requests/schema.ts';
import { answer, codesOf, dayFrom, linkOf } from '../answers.ts';
import { setUpRequests, type Vendor } from '../setup.ts';

const { service, world, vendor, sendRequest, sendAnswered, mailsAbout } = await setUpRequests();

describe('asking for a change', () => {
  test('a requested change is mailed to everybody at that vendor and waits for a new version', async () => {
    const { request, buyer, path, enquiryOf, quote, accept } = await sendAnswered({ brandt: [] });
    const { id: enquiryId } = await enquiryOf('brandt');
    const asked = await buyer.post(`${path}/revision`, { enquiryId, message: 'Cheaper from 20 pieces?' });
    expect(asked.status).toBe(200);
    const enquiry = await enquiryOf('brandt');
    expect(enquiry).toMatchObject({
      status: 'revision_asked',
      messages: [{ kind: 'revision', text: 'Cheaper from 20 pieces?' }],
    });
    expect((await mailsAbout(request, 'revision-asked')).map((mail) => mail.to_email)).toEqual([
      world.mail.brandt,
      world.mail.katrin,
    ]);
    const token = await linkOf(service, request.id, world.mail.brandt);
    await answer(vendor, token, [{ price: '32' }], { validUntil: dayFrom(service, 5) });
    expect((await enquiryOf('brandt')).status).toBe('answered');
    expect((await accept(quote('brandt'))).body.code).toBe('quote_superseded');
  });

  test('a change cannot be asked for before there is an answer, nor after the decision', async () => {
    const { buyer, path, enquiryOf, accept, quote } = await sendAnswered({ brandt: [] });
    const ask = async (name: Vendor) =>
      buyer.post(`${path}/revision`, { enquiryId: (await enquiryOf(name)).id, message: 'Please' });
    expect((await ask('wisla')).body.code).toBe('revision_not_possible');
    await accept(quote('brandt'));
    expect((await ask('brandt')).body.code).toBe('revision_not_possible');
    expect((await buyer.post(`${path}/revision`, { enquiryId: 'nobody', message: 'x' })).status).toBe(404);
    const blank = await buyer.post(`${path}/revision`, { enquiryId: 'nobody', message: '  ' });
    expect(codesOf(blank)).toEqual(['message format']);
  });

  test('a vendor that declined everything is offered more time only once it asks for it', async () => {
    const decline = [{ decision: 'decline' }, { decision: 'decline' }];
    const deadline = new Date(service.clock.now().getTime() + 86_400_000).toISOString();
    const { request, buyer, path, enquiryOf } = await sendAnswered(
      { brandt: decline, wisla: [] },
      undefined,
      { deadline },
    );
    const { id: enquiryId } = await enquiryOf('brandt');
    const later = new Date(service.clock.now().getTime() + 2 * 86_400_000).toISOString();
    const ask = () => buyer.post(`${path}/revision`, { enquiryId, message: 'Any at all?' });
    const wait = () => buyer.post(`${path}/deadline`, { enquiryId, deadline: later });
    const can = async (name: Vendor) => (await enquiryOf(name)).can;
    expect(await can('wisla')).toMatchObject({ askRevision: true, giveMoreTime: true });
    expect(await can('brandt')).toMatchObject({ askRevision: false, giveMoreTime: false, message: true });
    const outcomes = async () =>
      (await Promise.all([ask(), wait()])).map(({ status, body }) => [status, body.code]);
    expect(await outcomes()).toEqual([
      [409, 'revision_not_possible'],
      [409, 'enquiry_closed'],
    ]);
    expect((await enquiryOf('brandt')).messages).toEqual([]);
    const token = await linkOf(service, request.id, world.mail.brandt);
    await vendor.post(`/api/enquiry-links/${token}/more-time`, { text: 'We may find some after all' });
    expect(await can('brandt')).toMatchObject({ askRevision: false, giveMoreTime: true });
    expect(await outcomes()).toEqual([
      [409, 'revision_not_possible'],
      [200, undefined],
    ]);
  });

  describe('after the deadline', () => {
    const day = 86_400_000;
    let now: Date;
    beforeAll(() => {
      now = service.clock.now();
    });
    afterEach(() => service.clock.set(now));

    /** Returns a request whose deadline is tomorrow, with one answer that is valid today. */
    async function answeredInTime() {
      const asked = await sendRequest({ deadline: new Date(now.getTime() + day).toISOString() });
      const token = await asked.link(world.mail.brandt);
      expect((await answer(vendor, token)).status).toBe(201);
      const { id: enquiryId } = await asked.enquiryOf(world.vendors.brandt);
      const path = `/api/requests/${asked.request.id}/revision`;
      const ask = () => asked.buyer.post(path, { enquiryId, message: 'Until spring?' });
      return { ...asked, token, ask };
    }

    test('a requested change keeps the links alive for 90 days more, so that the vendor can answer', async () => {
      const { token, ask } = await answeredInTime();
      service.clock.set(new Date(now.getTime() + 80 * day));
      expect((await ask()).status).toBe(200);
      service.clock.set(new Date(now.getTime() + 169 * day));
      const behindLink = await vendor.get(`/api/enquiry-links/${token}`);
      expect([behindLink.status, behindLink.body.can?.answer]).toEqual([200, true]);
      service.clock.set(new Date(now.getTime() + 171 * day));
      expect((await vendor.get(`/api/enquiry-links/${token}`)).status).toBe(404);
    });

    test('a change cannot be asked for once the links have expired', async () => {
      const { ask, enquiryOf } = await answeredInTime();
      service.clock.set(new Date(now.getTime() + 120 * day));
      expect((await enquiryOf(world.vendors.brandt)).can.askRevision).toBe(false);
      const late = await ask();
      expect([late.status, late.body.code]).toEqual([409, 'revision_not_possible']);
    });
  });

  test('a request counts as answered while the answer that is to be changed can be accepted', async () => {
    const { request, buyer, path, enquiryOf } = await sendAnswered({ brandt: [] }, [
      { product: 'cable', quantity: 100, ask: ['cableBrandt'] },
    ]);
    const { id: enquiryId } = await enquiryOf('brandt');
    await buyer.post(`${path}/revision`, { enquiryId, message: 'Cheaper?' });
    const statuses = async () => {
      const { items } = (await buyer.get<RequestList>('/api/requests')).body;
      const { status } = (await buyer.get<Request>(path)).body;
      return [items.find(({ id }) => id === request.id)?.status, status];
    };
    expect(await statuses()).toEqual(['answered', 'answered']);
    const now = service.clock.now();
    service.clock.set(new Date(now.getTime() + 15 * 86_400_000));
    expect(await statuses()).toEqual(['sent', 'sent']);
    service.clock.set(now);
  });
});
