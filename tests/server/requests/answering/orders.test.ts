import { describe, expect, test } from 'vitest';
import type { Request } from '#server/requests/schema.ts';
import { sendUsual } from '../people.ts';
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
});
