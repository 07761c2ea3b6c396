import { describe, expect, test } from 'vitest';
import { answer, answerTo, codesOf, dayFrom, linkPath } from '../answers.ts';
import { setUpRequests } from '../setup.ts';

const { service, world, vendor, readLink, sendRequest } = await setUpRequests();

const hourMs = 3_600_000;

describe('an answer', () => {
  test('an answer becomes a version with exact sums, and the enquiry is answered', async () => {
    const { link, enquiryOf } = await sendRequest();
    const token = await link(world.mail.sever);
    const until = dayFrom(service, 14);
    const sent = await answer(
      vendor,
      token,
      [
        { price: '4499.9999', days: 5 },
        { decision: 'decline', reason: 'Sold out' },
      ],
      { validUntil: until, message: 'As discussed' },
    );
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({
      version: 1,
      status: 'current',
      currency: 'RSD',
      validUntil: until,
      answeredBy: 'Elektro Sever',
      message: 'As discussed',
      total: { amount: '45000.00', currency: 'RSD' },
      lines: [
        {
          decision: 'offer',
          unitPrice: { amount: '4499.9999', currency: 'RSD' },
          quantity: 10,
          leadTimeDays: 5,
          lineTotal: { amount: '45000.00', currency: 'RSD' },
        },
        { decision: 'decline', reason: 'Sold out' },
      ],
    });
    const enquiry = await enquiryOf(world.vendors.sever);
    expect(enquiry.status).toBe('answered');
    const { warnings, ...quote } = sent.body;
    expect(enquiry.quotes).toEqual([quote]);
    expect(warnings).toEqual([]);
  });

  test('a repeated answer is the same version, a corrected one the next, and the first stays as it was', async () => {
    const { link, enquiryOf } = await sendRequest();
    const token = await link(world.mail.brandt);
    const first = await answer(vendor, token, [{ price: '34.10' }]);
    const again = await answer(vendor, token, [{ price: '34.1' }]);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body.id).toBe(first.body.id);
    const second = await answer(vendor, await link(world.mail.katrin), [{ price: '33.00' }]);
    expect(second.body).toMatchObject({ version: 2, answeredBy: 'Katrin Vogel' });
    const { quotes } = await enquiryOf(world.vendors.brandt);
    expect(quotes.map(({ version, status, total }) => [version, status, total.amount])).toEqual([
      [2, 'current', '330.00'],
      [1, 'superseded', '341.00'],
    ]);
    await expect(
      service.ctx.sql`update quotes set message = 'other' where id = ${first.body.id}`,
    ).rejects.toThrow(/never change/);
  });

  test('answers of colleagues at the same moment become versions in order, none lost', async () => {
    const { link, enquiryOf } = await sendRequest();
    const tokens = [await link(world.mail.sever), await link(world.mail.milan), await link(world.mail.ivana)];
    const sent = await Promise.all(
      [...tokens, ...tokens].map((token, index) => answer(vendor, token, [{ price: `${4000 + index}` }])),
    );
    expect(sent.map((reply) => reply.status)).toEqual(Array(6).fill(201));
    expect(sent.map((reply) => reply.body.version).toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await enquiryOf(world.vendors.sever)).quotes).toHaveLength(6);
  });

  test('the same answer sent eight times at once is one version', async () => {
    const { link, enquiryOf } = await sendRequest();
    const token = await link(world.mail.sever);
    const sent = await Promise.all(
      Array.from({ length: 8 }, () => answer(vendor, token, [{ price: '4001' }])),
    );
    expect(sent.map((reply) => reply.status).toSorted()).toEqual([...Array(7).fill(200), 201]);
    expect((await enquiryOf(world.vendors.sever)).quotes).toHaveLength(1);
  });

  test('an answer that declines every line declines the enquiry, until a later answer offers something', async () => {
    const { link, enquiryOf } = await sendRequest();
    const token = await link(world.mail.brandt);
    await answer(vendor, token, [{ decision: 'decline', reason: 'No stock' }]);
    expect((await enquiryOf(world.vendors.brandt)).status).toBe('declined');
    await answer(vendor, token, [{ price: '36' }]);
    expect((await enquiryOf(world.vendors.brandt)).status).toBe('answered');
  });

  test('an answer may offer another product, in words or by the vendor’s own SKU', async () => {
    const { link } = await sendRequest();
    const token = await link(world.mail.sever);
    const asks = await readLink(token);
    const body = answerTo(asks, [
      { decision: 'alternative' },
      { decision: 'alternative', alternative: 'MOT-8' },
    ]);
    const nothing = await vendor.post(linkPath(token, 'answer'), body);
    expect([nothing.status, ...codesOf(nothing)]).toEqual([422, 'lines.0.alternative required']);
    const withSku = (alternativeSku: string) => ({
      ...body,
      lines: body.lines.map((line, index) => (index === 0 ? { ...line, alternativeSku } : line)),
    });
    const foreign = await vendor.post(linkPath(token, 'answer'), withSku('BI-100'));
    expect([foreign.status, foreign.body.code, ...codesOf(foreign)]).toEqual([
      422,
      'alternative_unknown',
      'lines.0.alternativeSku alternative_unknown',
    ]);
    const sent = await vendor.post(linkPath(token, 'answer'), withSku('ES-M7'));
    expect(sent.body.lines).toMatchObject([
      { alternative: 'Servo motor 0.75 kW (MOT-7)', alternativeProduct: { sku: 'ES-M7', code: 'MOT-7' } },
      { alternative: 'MOT-8' },
    ]);
  });

  test('an answer with a price of 0 or far from the list price is taken, with a warning at each such price', async () => {
    const { link } = await sendRequest();
    const token = await link(world.mail.sever);
    const warned = async (prices: string[], currency = 'RSD') => {
      const given = prices.map((price) => ({ price }));
      const sent = await answer(vendor, token, given, { currency });
      return [
        sent.status,
        ...sent.body.warnings.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`),
      ];
    };
    const far = (line: number) => `lines.${line}.unitPrice price_far_from_list`;
    // The list prices are 4,500 and 52,000 dinars; a euro is 117.20.
    expect(await warned(['6750', '26000'])).toEqual([201]);
    expect(await warned(['6750.0001', '25999.9999'])).toEqual([201, far(0), far(1)]);
    expect(await warned(['0', '52000'])).toEqual([201, far(0)]);
    expect(await warned(['0', '52000'])).toEqual([200, far(0)]);
    expect(await warned(['38.40', '443.69'], 'EUR')).toEqual([201]);
    expect(await warned(['4500', '52000'], 'EUR')).toEqual([201, far(0), far(1)]);
    // There is no rate to compare it by.
    expect(await warned(['4500', '52000'], 'CHF')).toEqual([201]);
  });

  test('a check names everything that sending would refuse and warn of, and writes nothing', async () => {
    const { link, enquiryOf } = await sendRequest();
    const token = await link(world.mail.sever);
    const asks = await readLink(token);
    const body = answerTo(asks, [{ price: '1' }, { decision: 'alternative' }], { validUntil: '2020-01-01' });
    const checked = await vendor.post(linkPath(token, 'answer/check'), body);
    expect([checked.status, ...codesOf(checked)]).toEqual([
      200,
      'lines.1.alternative required',
      'validUntil validity_past',
    ]);
    expect(checked.body.warnings).toEqual([{ path: 'lines.0.unitPrice', code: 'price_far_from_list' }]);
    expect((await enquiryOf(world.vendors.sever)).quotes).toEqual([]);
  });

  test('an invalid answer is refused with every wrong field at once and writes nothing', async () => {
    const { link, enquiryOf } = await sendRequest();
    const token = await link(world.mail.sever);
    const asks = await readLink(token);
    const [sensor, motor] = asks.lines.map((line) => line.id);
    const post = (body: unknown) => vendor.post(linkPath(token, 'answer'), body);
    const offer = { decision: 'offer', unitPrice: { amount: '1', currency: 'RSD' } };
    const valid = { currency: 'RSD', validUntil: dayFrom(service, 10) };
    const wrong = await post({
      ...valid,
      validUntil: dayFrom(service, -2),
      lines: [
        { lineId: sensor, decision: 'offer' },
        { lineId: sensor, ...offer },
        { lineId: 'nobody', ...offer },
        { lineId: motor, decision: 'confirm', unitPrice: { amount: '1', currency: 'EUR' } },
      ],
    });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'invalid_input']);
    expect(codesOf(wrong)).toEqual([
      'lines.0.unitPrice required',
      'lines.1.lineId line_repeated',
      'lines.2.lineId line_not_of_enquiry',
      'lines.3.decision decision_not_allowed',
      'lines.3.unitPrice.currency currency_mixed',
      'lines.3.unitPrice confirm_changes_terms',
      'validUntil validity_past',
    ]);
    const missing = await post({ ...valid, lines: [{ lineId: sensor, ...offer }] });
    expect([missing.status, missing.body.code, ...codesOf(missing)]).toEqual([
      422,
      'line_missing',
      'lines line_missing',
    ]);
    const both = [sensor, motor].map((lineId) => ({ lineId, ...offer }));
    const odd = await post({ ...valid, currency: 'XTS', lines: both });
    expect(codesOf(odd)).toContain('currency currency_not_supported');
    const float = await post({
      ...valid,
      lines: both.map((line) => ({ ...line, unitPrice: { amount: 12.5, currency: 'RSD' } })),
    });
    expect([float.status, ...codesOf(float)]).toEqual([
      422,
      'lines.0.unitPrice.amount wrong_type',
      'lines.1.unitPrice.amount wrong_type',
    ]);
    const enquiry = await enquiryOf(world.vendors.sever);
    expect(enquiry.quotes).toEqual([]);
    expect(enquiry.status).toBe('opened');
  });

  test('an answer after the deadline is refused until the buyer gives the time that the vendor asks for', async () => {
    const deadline = new Date(service.clock.now().getTime() + hourMs).toISOString();
    const { buyer, request, link, enquiryOf } = await sendRequest({ deadline });
    const token = await link(world.mail.sever);
    service.clock.advance(2 * hourMs);
    const late = await answer(vendor, token);
    expect([late.status, late.body.code]).toEqual([409, 'deadline_over']);
    expect((await readLink(token)).can).toEqual({
      answer: false,
      askMoreTime: true,
      message: true,
      why: 'deadline_over',
    });
    const until = dayFrom(service, 3);
    const plea = await vendor.post(linkPath(token, 'more-time'), { until, text: 'The factory is closed' });
    expect([plea.status, plea.body.kind, plea.body.text]).toEqual([
      201,
      'more_time',
      `${until}\nThe factory is closed`,
    ]);
    const enquiry = await enquiryOf(world.vendors.sever);
    expect(enquiry.messages).toMatchObject([{ kind: 'more_time', author: 'vendor' }]);
    await buyer.post(`/api/requests/${request.id}/deadline`, {
      enquiryId: enquiry.id,
      deadline: new Date(service.clock.now().getTime() + hourMs).toISOString(),
    });
    expect((await answer(vendor, token)).status).toBe(201);
  });

  test('one answer to a requested change is taken after the deadline', async () => {
    const deadline = new Date(service.clock.now().getTime() + hourMs).toISOString();
    const { buyer, request, link, enquiryOf } = await sendRequest({ deadline });
    const token = await link(world.mail.brandt);
    await answer(vendor, token, [{ price: '34' }], { validUntil: dayFrom(service, 5) });
    service.clock.advance(2 * hourMs);
    const { id: enquiryId } = await enquiryOf(world.vendors.brandt);
    await buyer.post(`/api/requests/${request.id}/revision`, { enquiryId, message: 'Cheaper by 10?' });
    const same = await answer(vendor, token, [{ price: '34' }], { validUntil: dayFrom(service, 5) });
    expect([same.status, same.body.version]).toEqual([201, 2]);
    expect((await answer(vendor, token, [{ price: '30' }])).body.code).toBe('deadline_over');
  });
});
