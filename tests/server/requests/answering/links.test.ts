import { describe, expect, test } from 'vitest';
import { start, stillClock } from '../../../harness.ts';
import { createWorld } from '../../../world.ts';
import { sendUsual } from '../people.ts';
import { answer, dayFrom, linkOf, linkPath } from '../answers.ts';
import { setUpRequests } from '../setup.ts';

const { service, world, vendor, readLink, sendRequest } = await setUpRequests();

const hourMs = 3_600_000;

describe('the page of an answer link', () => {
  test('a vendor sees exactly its own lines, with its own list prices', async () => {
    const { request, link } = await sendRequest({ message: 'Partial delivery is fine' });
    const sever = await readLink(await link(world.mail.sever));
    expect(sever).toMatchObject({
      vendor: { id: world.vendors.sever, name: 'Elektro Sever' },
      recipient: { role: 'vendor' },
      request: { number: request.number, kind: 'quote', message: 'Partial delivery is fine' },
      status: 'sent',
      currency: 'RSD',
      lines: [
        { product: { code: '6ES-100' }, sku: 'ES-S1', quantity: 10, note: 'Same batch' },
        { product: { code: 'MOT-7' }, sku: 'ES-M7', quantity: 2 },
      ],
      can: { answer: true, message: true, why: null },
    });
    expect(sever.lines.map((line) => line.listPrice)).toEqual([
      { amount: '4500.00', currency: 'RSD' },
      { amount: '52000.00', currency: 'RSD' },
    ]);
    expect(sever.colleagues).toEqual(['Milan Petrović', 'Ivana Kostić']);
    const brandt = await readLink(await link(world.mail.katrin));
    expect(brandt.lines).toMatchObject([{ sku: 'BI-100', listPrice: { amount: '35.00', currency: 'EUR' } }]);
    expect(JSON.stringify(brandt)).not.toMatch(/Sever|Wis|MOT-7|4500|52000/);
    expect(brandt.recipient).toEqual({ name: 'Katrin Vogel', role: 'agent' });
  });

  test.each(['.', ',', ')', '%20', '%E2%80%8B'])(
    'a link with %s behind it opens what the link does',
    async (more) => {
      const { link } = await sendRequest();
      const token = await link(world.mail.sever);
      const looked = await vendor.get(`/api/enquiry-links/${token}${more}`);
      expect([looked.status, looked.body]).toEqual([200, await readLink(token)]);
      expect((await vendor.get(`/api/enquiry-links/${token}%ZZ`)).status).toBe(404);
    },
  );

  test('a look by GET or HEAD changes nothing and is never cached', async () => {
    const { link, enquiryOf } = await sendRequest();
    const token = await link(world.mail.brandt);
    const statements = await service.countStatements(() => vendor.get(linkPath(token)));
    expect(statements).toBeLessThanOrEqual(8);
    const looked = await vendor.get(linkPath(token));
    const headed = await vendor.request('HEAD', linkPath(token));
    for (const reply of [looked, headed]) {
      expect(reply.status).toBe(200);
      expect(reply.headers.get('cache-control')).toBe('no-store');
      expect(reply.headers.get('referrer-policy')).toBe('no-referrer');
      expect(reply.headers.getSetCookie()).toEqual([]);
    }
    const enquiry = await enquiryOf(world.vendors.brandt);
    expect(enquiry.status).toBe('sent');
    expect(enquiry.deliveries.map((delivery) => delivery.status)).not.toContain('read');
  });

  test("a person's first action opens the enquiry and marks their own mail alone as read", async () => {
    const { link, enquiryOf } = await sendRequest();
    const token = await link(world.mail.katrin);
    await service.drain();
    expect((await vendor.post(linkPath(token, 'reading'))).status).toBe(204);
    expect((await vendor.post(linkPath(token, 'reading'))).status).toBe(204);
    const enquiry = await enquiryOf(world.vendors.brandt);
    expect(enquiry.status).toBe('opened');
    expect(enquiry.deliveries.filter((delivery) => delivery.status === 'read')).toMatchObject([
      { to: 'agent', name: 'Katrin Vogel' },
    ]);
  });

  test('a draft of up to 1 MB is kept as typed, per person, until that person answers', async () => {
    const { link } = await sendRequest();
    const official = await link(world.mail.sever);
    const milan = await link(world.mail.milan);
    const typed = { 'lines.0.price': '12,5o', note: '“half”', nested: { a: [1, null] } };
    const saved = await vendor.put(linkPath(milan, 'draft'), typed);
    expect(saved.status).toBe(200);
    expect((await readLink(milan)).draft).toEqual({ body: typed, savedAt: saved.body.savedAt });
    expect((await readLink(official)).draft).toBeUndefined();
    await answer(vendor, official);
    expect((await readLink(milan)).draft?.body).toEqual(typed);
    await answer(vendor, milan, [{ price: '4400' }]);
    expect((await readLink(milan)).draft).toBeUndefined();
    const huge = await vendor.put(linkPath(milan, 'draft'), { text: 'x'.repeat(1_100_000) });
    expect(huge.status).toBe(413);
  });
});

describe('an answer link', () => {
  test('a forged, altered, cut, revoked or expired link, or one of another kind, gets the same 404', async () => {
    const { request, link } = await sendRequest();
    const good = await link(world.mail.sever);
    const altered = `${good.slice(0, 30)}${good[30] === 'A' ? 'B' : 'A'}${good.slice(31)}`;
    const brandts = await link(world.mail.brandt);
    const revoked = await link(world.mail.wisla);
    await service.ctx.sql`
      update enquiries set link_version = 2
      where request_id = ${request.id} and vendor_id = ${world.vendors.wisla}`;
    const [copy] = await service.ctx.sql<{ id: string }[]>`
      select id from deliveries where subject_id = ${request.id} and kind = 'request-copy'`;
    const bad = {
      altered,
      cut: good.slice(0, -1),
      longer: `${good}A`,
      nonsense: 'nonsense',
      spliced: good.slice(0, 21) + brandts.slice(21),
      follow: service.ctx.links.issue('follow', request.id, 1),
      followAsAnswer: service.ctx.links.issue('answer', request.id, 1),
      buyersCopy: service.ctx.links.issue('answer', copy?.id ?? '', 1),
      revoked,
    };
    const bodies = new Set<string>();
    for (const token of Object.values(bad)) {
      const replies = [
        await vendor.get(linkPath(token)),
        await vendor.put(linkPath(token, 'draft'), {}),
        await vendor.post(linkPath(token, 'answer'), { nonsense: true }),
        await vendor.post(linkPath(token, 'messages'), {}),
        await vendor.post(linkPath(token, 'more-time'), { until: 5 }),
        await vendor.post(linkPath(token, 'reading')),
        await vendor.request('POST', linkPath(token, 'answer'), undefined, {
          'content-type': 'application/json',
        }),
      ];
      for (const reply of replies) {
        expect(reply.status).toBe(404);
        bodies.add(JSON.stringify(reply.body));
      }
    }
    expect((await vendor.get(linkPath(good))).status).toBe(200);
    const { linkExpiresAt } = await readLink(good);
    const now = service.clock.now();
    service.clock.set(new Date(Date.parse(linkExpiresAt) + 1));
    bodies.add(JSON.stringify((await vendor.get(linkPath(good))).body));
    bodies.add(
      JSON.stringify(
        (await answer(vendor, good).catch(() => vendor.post(linkPath(good, 'answer'), {}))).body,
      ),
    );
    service.clock.set(now);
    expect([...bodies].map((body) => JSON.parse(body).code)).toEqual(['link_not_valid']);
  });

  test('a link lives 90 days past the validity of the last quote', async () => {
    const { link } = await sendRequest();
    const token = await link(world.mail.sever);
    await answer(vendor, token, [], { validUntil: dayFrom(service, 200) });
    const { quotes, linkExpiresAt } = await readLink(token);
    const expiresAt = Date.parse(quotes[0]?.expiresAt ?? '');
    expect(Date.parse(linkExpiresAt) - expiresAt).toBe(90 * 24 * hourMs);
  });
});

describe('the hourly limit of answers and messages', () => {
  test('an IP address past the limit is refused with a time to retry', async () => {
    const strict = await start({
      env: { LIMIT_ANSWERS_PER_HOUR: '3' },
      leaveJobs: true,
      clock: stillClock(),
    });
    try {
      const cast = await createWorld(strict.ctx.db);
      const request = await sendUsual(strict.visitor(), cast);
      const token = await linkOf(strict, request.id, cast.mail.sever);
      const path = linkPath(token, 'messages');
      const send = () => strict.outsider().post(path, { text: 'Hello' });
      const statuses = [await send(), await send(), await send()].map((reply) => reply.status);
      expect(statuses).toEqual([201, 201, 201]);
      const refused = await send();
      expect([refused.status, refused.body.code]).toEqual([429, 'too_many']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await strict.end();
    }
  });
});
