import { describe, expect, test } from 'vitest';
import { jana, tokenFor, type WantedLine } from '../people.ts';
import { answer, dayFrom, linkOf } from '../answers.ts';
import { setUpRequests, threeVendors } from '../setup.ts';

const { service, world, vendor, sendAnswered, mailsAbout } = await setUpRequests();

describe('the comparison', () => {
  test('the comparison has a row for each line, in few statements, by cookie and by follow link alike', async () => {
    const { request, buyer, path, quote, first, second } = await sendAnswered({
      brandt: [
        { price: '34', days: 4 },
        { price: '0.0019', days: 9 },
      ],
      sever: [{ price: '3900.50', days: 2 }],
    });
    const query = `?choose=price&pick=${second}:${quote('brandt').quoteId}&currency=EUR`;
    let body;
    const statements = await service.countStatements(async () => {
      body = (await buyer.get(`${path}/comparison${query}`)).body;
    });
    expect(statements).toBeLessThanOrEqual(8);
    const token = service.ctx.links.issue('follow', request.id, 1);
    expect((await vendor.get(`/api/follow/${token}/comparison${query}`)).body).toEqual(body);
    expect(body).toMatchObject({
      currency: 'EUR',
      ratesOf: '2025-11-21',
      rows: [
        {
          lineId: first,
          cells: expect.arrayContaining([expect.objectContaining({ lowest: true, chosen: true })]),
        },
        { lineId: second },
      ],
      choice: {
        lines: 2,
        openLines: 0,
        totals: [
          { amount: '39005.00', currency: 'RSD' },
          { amount: '0.19', currency: 'EUR' },
        ],
        convertedTotal: { amount: '333.00', currency: 'EUR' },
        longestLeadTimeDays: 9,
      },
    });
  });
});

describe('the statements of answering and accepting', () => {
  test('many lines take as many statements as few', async () => {
    const many: WantedLine[] = Array.from({ length: 40 }, () => threeVendors).flat();
    const counts = [];
    for (const lines of [threeVendors, many]) {
      const { request, buyer, path } = await sendAnswered({}, lines);
      const token = await linkOf(service, request.id, world.mail.brandt);
      let quoteId = '';
      const answering = await service.countStatements(async () => {
        quoteId = (await answer(vendor, token, [], { validUntil: dayFrom(service, 9) })).body.id;
      });
      const accepting = await service.countStatements(() =>
        buyer.post(`${path}/acceptance`, { quotes: [{ quoteId }] }),
      );
      counts.push({ answering, accepting });
    }
    expect(counts[1]).toEqual(counts[0]);
  });
});

describe('the buyer’s digest', () => {
  test('one mail lists the answers that come close together, and the next those that came since', async () => {
    const { request } = await sendAnswered({ sever: [], brandt: [] });
    const digests = () => mailsAbout(request, 'answer-digest');
    const waiting = async () =>
      (
        await service.ctx.sql`
          select 1 from pgboss.job where name = 'answer-digest' and state = 'created'
            and singleton_key = ${request.id} and start_after > now() + interval '30 seconds'`
      ).length;
    expect(await waiting()).toBe(1);
    await service.drain({ includeLater: true });
    expect((await digests()).map((mail) => (mail.content['quoteIds'] as string[]).length)).toEqual([2]);
    const token = await linkOf(service, request.id, world.mail.sever);
    const second = await answer(vendor, token, [{ price: '4100' }]);
    const third = await answer(vendor, token, [{ price: '4000' }]);
    expect(second.status).toBe(201);
    await service.drain({ includeLater: true });
    expect((await digests()).map((mail) => mail.content['quoteIds']).slice(1)).toEqual([[third.body.id]]);
    await service.ctx.db.transaction((tx) =>
      service.ctx.jobs.enqueue(tx, { name: 'answer-digest' } as never, [{ requestId: request.id }]),
    );
    await service.drain({ includeLater: true });
    expect(await digests()).toHaveLength(2);
    expect(service.mail.to(jana.email).length).toBeGreaterThanOrEqual(2);
  });

  test('answers that the buyer has decided about meanwhile are no news', async () => {
    const { request, accept, quote } = await sendAnswered({ sever: [], brandt: [], wisla: [] });
    expect((await accept(quote('brandt'))).status).toBe(200);
    await service.drain({ includeLater: true });
    expect(await mailsAbout(request, 'answer-digest')).toEqual([]);
  });
});

describe('the thread', () => {
  test('a vendor’s message is mailed to the buyer and opens the enquiry', async () => {
    const { request, enquiryOf } = await sendAnswered({});
    const token = await linkOf(service, request.id, world.mail.katrin);
    const sent = await vendor.post(`/api/enquiry-links/${token}/messages`, {
      text: ' With or\r\nwithout cable? ',
    });
    expect(sent.status).toBe(201);
    const enquiry = await enquiryOf('brandt');
    expect(enquiry.status).toBe('opened');
    expect(enquiry.messages).toEqual([sent.body]);
    expect(sent.body).toMatchObject({
      author: 'vendor',
      authorName: 'Katrin Vogel',
      text: 'With or\nwithout cable?',
    });
    expect((await mailsAbout(request, 'buyer-message')).map((mail) => [mail.to_email, mail.content])).toEqual(
      [[jana.email, { messageId: sent.body.id }]],
    );
    const other = await enquiryOf('wisla');
    expect(other.messages).toEqual([]);
  });
});

describe('a later mail', () => {
  test('a later mail to a person holds their first link, and the draft behind it is kept', async () => {
    const { buyer, request, path, enquiryOf } = await sendAnswered({ brandt: [] });
    const link = await linkOf(service, request.id, world.mail.katrin);
    await vendor.put(`/api/enquiry-links/${link}/draft`, { 'lines.0.unitPrice': '31,' });
    await service.drain();
    const { id: enquiryId } = await enquiryOf('brandt');
    await buyer.post(`${path}/revision`, { enquiryId, message: 'Cheaper?' });
    await service.drain();
    const mail = service.mail.to(world.mail.katrin).at(-1);
    expect(mail?.text).toContain('Cheaper?');
    expect(tokenFor(service, world.mail.katrin, 'e')).toBe(link);
    expect((await vendor.get(`/api/enquiry-links/${link}`)).body).toMatchObject({
      status: 'revision_asked',
      recipient: { name: 'Katrin Vogel' },
      draft: { body: { 'lines.0.unitPrice': '31,' } },
    });
  });
});
