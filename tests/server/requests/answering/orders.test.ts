import { describe, expect, test } from 'vitest';
import type { Request } from '#server/requests/schema.ts';
import { brno, sendUsual } from '../people.ts';
import { answer, codesOf, dayFrom, linkOf, linkPath } from '../answers.ts';
import { setUpRequests } from '../setup.ts';

const { service, world, vendor, readLink } = await setUpRequests();

describe('an order', () => {
  const lines = [
    { product: 'sensor' as const, quantity: 4, ask: ['sensorSever' as const] },
    { product: 'service' as const, quantity: 8, ask: ['serviceBrandt' as const] },
  ];
  async function ordered() {
    const buyer = service.visitor();
    const request = await sendUsual(buyer, world, lines, { kind: 'order' });
    const token = await linkOf(service, request.id, world.mail.sever);
    const seen = async () => (await buyer.get<Request>(`/api/requests/${request.id}`)).body;
    return { buyer, request, token, seen };
  }

  test('a line that is confirmed as ordered is accepted at once', async () => {
    const { request, token, seen } = await ordered();
    const asks = await readLink(token);
    const lineIds = asks.lines.map((line) => line.id);
    const changed = await vendor.post(linkPath(token, 'answer'), {
      currency: 'RSD',
      validUntil: dayFrom(service, 3),
      lines: [{ lineId: lineIds[0], decision: 'confirm', quantity: 3 }],
    });
    expect(codesOf(changed)).toEqual(['lines.0.quantity confirm_changes_terms']);
    const sent = await vendor.post(linkPath(token, 'answer'), {
      currency: 'RSD',
      validUntil: dayFrom(service, 3),
      lines: [{ lineId: lineIds[0], decision: 'confirm', leadTimeDays: 2 }],
    });
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({
      status: 'accepted',
      total: { amount: '18000.00', currency: 'RSD' },
      lines: [{ decision: 'confirm', accepted: true }],
    });
    const after = await seen();
    expect(after.status).toBe('partly_accepted');
    expect(after.lines[0]?.acceptedQuoteId).toBe(sent.body.id);
    expect((await readLink(token)).acceptedLineIds).toEqual(lineIds);
    const closed = await answer(vendor, token, [{ price: '1' }]);
    expect([closed.status, closed.body.code]).toEqual([409, 'enquiry_closed']);
    // A line without a list price can't be confirmed: the buyer hasn't seen its price.
    const other = await linkOf(service, request.id, world.mail.brandt);
    const [hours] = (await readLink(other)).lines;
    const unpriced = await vendor.post(linkPath(other, 'answer'), {
      currency: 'EUR',
      validUntil: dayFrom(service, 3),
      lines: [{ lineId: hours?.id, decision: 'confirm', unitPrice: { amount: '80.00', currency: 'EUR' } }],
    });
    expect(codesOf(unpriced)).toEqual(['lines.0.decision confirm_changes_terms']);
  });

  test('a confirmation with a longer lead time than ordered is a change that waits for the buyer', async () => {
    await service.ctx.sql`update offers set lead_time_days = 3 where id = ${world.offers.sensorSever}`;
    const { request, token, seen } = await ordered();
    await service.ctx.sql`update offers set lead_time_days = null where id = ${world.offers.sensorSever}`;
    const confirmed = (leadTimeDays: number) =>
      answer(vendor, token, [{ decision: 'confirm', days: leadTimeDays }]);
    const late = await confirmed(90);
    expect(late.body).toMatchObject({ status: 'current', lines: [{ decision: 'offer', accepted: false }] });
    const after = await seen();
    expect(after.lines[0]).toMatchObject({
      ...{ orderState: 'changed', acceptedQuoteId: null },
      asked: [{ leadTimeDays: 3 }],
    });
    await service.drain({ includeLater: true });
    const subject = `An answer to your order ${request.number}`;
    const mail = service.mail.to('jana@morava.example').find((one) => one.subject === subject);
    expect(mail?.text).toContain('1 for you to decide');
    const inTime = await confirmed(3);
    expect(inTime.body).toMatchObject({ lines: [{ decision: 'confirm', accepted: true }] });
  });

  test('a confirmation that comes after the day of need is a change where no lead time was listed', async () => {
    const buyer = service.visitor();
    const request = await sendUsual(buyer, world, lines.slice(0, 1), {
      kind: 'order',
      delivery: { ...brno, neededBy: dayFrom(service, 10) },
    });
    const token = await linkOf(service, request.id, world.mail.sever);
    const late = await answer(vendor, token, [{ decision: 'confirm', days: 12 }]);
    expect(late.body.lines).toMatchObject([{ decision: 'offer', accepted: false }]);
    const inTime = await answer(vendor, token, [{ decision: 'confirm', days: 9 }]);
    expect(inTime.body.lines).toMatchObject([{ decision: 'confirm', accepted: true }]);
  });

  test('the mail about a confirmed order of one line speaks of one line', async () => {
    const buyer = service.visitor();
    const request = await sendUsual(buyer, world, lines.slice(0, 1), { kind: 'order' });
    await answer(vendor, await linkOf(service, request.id, world.mail.sever), [{ decision: 'confirm' }]);
    await service.drain({ includeLater: true });
    const subject = `An answer to your order ${request.number}`;
    const mail = service.mail.to('jana@morava.example').find((one) => one.subject === subject);
    expect(mail?.text).toContain('The line is confirmed');
    expect(mail?.text).not.toContain('All 1');
  });

  test('an order that the vendor changes waits for the buyer', async () => {
    const { buyer, request, token, seen } = await ordered();
    const sent = await answer(vendor, token, [{ price: '4600' }]);
    expect(sent.body.status).toBe('current');
    const accepted = await buyer.post(`/api/requests/${request.id}/acceptance`, {
      quotes: [{ quoteId: sent.body.id }],
    });
    expect(accepted.status).toBe(200);
    expect((await seen()).enquiries.map((enquiry) => enquiry.status)).toContain('accepted');
  });

  const twoLines = [
    { product: 'sensor' as const, quantity: 4, ask: ['sensorSever' as const] },
    { product: 'motor' as const, quantity: 2, ask: ['motorSever' as const] },
  ];
  async function partlyConfirmed() {
    const buyer = service.visitor();
    const request = await sendUsual(buyer, world, twoLines, { kind: 'order' });
    const token = await linkOf(service, request.id, world.mail.sever);
    const sent = await answer(vendor, token, [{ decision: 'confirm' }, { price: '53000' }]);
    expect(sent.status).toBe(201);
    const path = `/api/requests/${request.id}`;
    const seen = async () => (await buyer.get<Request>(path)).body;
    return { buyer, request, token, path, seen, quoteId: sent.body.id as string };
  }

  test('a confirmed line is ordered at once, although another line is changed', async () => {
    const { seen, token, quoteId } = await partlyConfirmed();
    const request = await seen();
    expect(request).toMatchObject({ status: 'partly_accepted' });
    expect(request.lines.map(({ orderState, acceptedQuoteId }) => [orderState, acceptedQuoteId])).toEqual([
      ['confirmed', quoteId],
      ['changed', null],
    ]);
    const [enquiry] = request.enquiries;
    expect(enquiry).toMatchObject({
      status: 'answered',
      orderLines: { confirmed: 1, changed: 1, waiting: 0 },
      can: { accept: true, decline: true, askRevision: true },
    });
    expect(request.ordered).toMatchObject([
      {
        enquiryId: enquiry?.id,
        vendor: { name: 'Elektro Sever' },
        lineIds: [request.lines[0]?.id],
        totals: [{ amount: '18000.00', currency: 'RSD' }],
      },
    ]);
    expect((await readLink(token)).acceptedLineIds).toEqual([request.lines[0]?.id]);
    await service.drain({ includeLater: true });
    const subject = `An answer to your order ${request.number}`;
    const mail = service.mail.to('jana@morava.example').find((one) => one.subject === subject);
    expect(mail?.text).toContain('1 confirmed and 1 for you to decide');
  });

  test('declining what a vendor changed leaves the confirmed lines ordered', async () => {
    const { buyer, path, seen, quoteId, request } = await partlyConfirmed();
    expect((await buyer.post(`${path}/decline`, { quoteId, reason: 'Too dear' })).status).toBe(200);
    expect((await buyer.post(`${path}/decline`, { quoteId })).status).toBe(200);
    const after = await seen();
    expect(after.lines.map((line) => line.orderState)).toEqual(['confirmed', 'rejected']);
    expect(after.enquiries[0]).toMatchObject({
      status: 'partly_accepted',
      can: { accept: false, decline: false, askRevision: false },
    });
    const late = await buyer.post(`${path}/acceptance`, { quotes: [{ quoteId }] });
    expect([late.status, late.body.code]).toEqual([409, 'quote_declined']);
    await service.drain();
    const subject = `${request.number}: Vaše izmene nisu prihvaćene (Morava Pack)`;
    const mail = service.mail.to(world.mail.sever).find((one) => one.subject === subject);
    expect(mail?.text).toContain('1 stavka');
    expect(mail?.text).toContain('6ES-100');
    expect(mail?.text).not.toContain('MOT-7');
  });

  test('the buyer accepts a change, and then every line is ordered', async () => {
    const { buyer, path, request, quoteId } = await partlyConfirmed();
    const { status, body } = await buyer.post<Request>(`${path}/acceptance`, { quotes: [{ quoteId }] });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'accepted',
      lines: [{ orderState: 'confirmed' }, { orderState: 'accepted' }],
      enquiries: [{ status: 'accepted' }],
      ordered: [
        {
          lineIds: request.lines.map((line) => line.id),
          totals: [{ amount: '124000.00', currency: 'RSD' }],
        },
      ],
    });
  });

  test('a later version keeps the confirmed lines, and may confirm the rest', async () => {
    const { token, seen, quoteId } = await partlyConfirmed();
    const undone = await answer(vendor, token, [{ price: '4600' }, { decision: 'confirm' }]);
    expect(codesOf(undone)).toEqual(['lines.0.decision line_confirmed']);
    const withdrawn = await answer(vendor, token, [{ decision: 'decline' }, { decision: 'decline' }]);
    expect(codesOf(withdrawn)).toEqual(['lines.0.decision line_confirmed']);
    const all = await answer(vendor, token, [{ decision: 'confirm' }, { decision: 'confirm' }]);
    expect(all.body.lines).toMatchObject([{ accepted: true }, { accepted: true }]);
    const request = await seen();
    expect(request).toMatchObject({ status: 'accepted', enquiries: [{ status: 'confirmed' }] });
    expect(request.lines.map((line) => line.acceptedQuoteId)).toEqual([quoteId, all.body.id]);
  });
});
