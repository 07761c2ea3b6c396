import { describe, expect, test } from 'vitest';
import { followLink } from '#server/requests/access.ts';
import { keepApprovals } from '#server/requests/approvals/events.ts';
import { acceptQuotes } from '#server/requests/deciding/decisions.ts';
import { tokenFor } from '../requests/people.ts';
import { euro, setUpApprovals } from './asking.ts';
import { person, threeColleagues } from './colleagues.ts';

const { service, world, readLink, answered, decide, approvalOf, mailsOf, limited } = await setUpApprovals();

describe('an acceptance above a limit', () => {
  test('waits for an approver and is then carried out exactly', async () => {
    const { admin, approver, requester } = await limited();
    const { accept, seen, token, request } = await answered(requester);
    const { status, body } = await accept(requester);
    expect([status, Object.keys(body)]).toEqual([202, ['approvalId']]);
    expect(await approvalOf(requester, body.approvalId)).toMatchObject({
      ...{ kind: 'acceptance', status: 'waiting', amounts: [euro('1100.00')] },
      exceeded: [{ period: 'request', limit: euro('1000.00'), total: euro('1100.00'), rateDate: null }],
      ...{ request: { id: request.id, number: request.number }, can: { decide: false, withdraw: true } },
      parts: [
        { vendor: { id: world.vendors.brandt }, lines: [{ quantity: 10, total: euro('1000.00') }, {}] },
      ],
    });
    expect(await seen(requester)).toMatchObject({ status: 'answered', approvals: [{ id: body.approvalId }] });
    expect(await readLink(token)).toMatchObject({ awaitsApproval: true, acceptedLineIds: [] });
    expect(JSON.stringify(await readLink(token))).not.toMatch(/1000\.00.*limit|exceeded/);
    expect(await mailsOf('approval-requested', body.approvalId)).toEqual(
      [admin.email, approver.email].sort(),
    );
    expect((await decide(approver, body.approvalId, 'approve', 'Fine')).body).toMatchObject({
      ...{ status: 'approved', decidedBy: 'Person', note: 'Fine', can: { decide: false } },
    });
    expect(await seen(requester)).toMatchObject({ status: 'accepted', approvals: [] });
    expect(await readLink(token)).toMatchObject({ awaitsApproval: false, status: 'accepted' });
    expect(await mailsOf('approval-decided', body.approvalId)).toEqual([requester.email]);
    expect((await decide(approver, body.approvalId)).status).toBe(200);
    expect((await decide(admin, body.approvalId)).body.code).toBe('approval_over');
  });

  test('is accepted at once up to the limit, and without one', async () => {
    const { requester, approver } = await limited('1100.00');
    for (const sender of [requester, approver]) {
      const { accept } = await answered(sender, sender === requester ? '100.00' : '9000.00');
      expect((await accept(sender)).status).toBe(200);
    }
  });

  test('pressed again is the same approval, and other lines of it are refused meanwhile', async () => {
    const { requester } = await limited();
    const { accept, quoteId, request } = await answered(requester, '200.00');
    const ids = await Promise.all([accept(requester), accept(requester), accept(requester)]);
    expect(new Set(ids.map(({ body }) => body.approvalId)).size).toBe(1);
    const [first] = request.lines;
    const part = await accept(requester, { quotes: [{ quoteId, lineIds: [first?.id] }] });
    expect(part.body.code).toBe('approval_waiting');
  });

  test('asked again with other addresses replaces the former one, and orders to the corrected ones', async () => {
    const { requester, approver } = await limited();
    const { accept, quoteId, seen } = await answered(requester);
    const to = (place: string) => ({ quotes: [{ quoteId }], delivery: { place, country: 'CZ' } });
    const first = (await accept(requester, to('Vídeňská 5'))).body.approvalId;
    expect((await accept(requester, to(' Vídeňská 5 '))).body.approvalId).toBe(first);
    const corrections = await Promise.all([1, 2].map(() => accept(requester, to('Vídeňská 50'))));
    const [second, ...others] = new Set(corrections.map(({ body }) => body.approvalId));
    expect([second === first, others]).toEqual([false, []]);
    expect((await approvalOf(requester, first)).status).toBe('withdrawn');
    expect((await decide(approver, first)).body.code).toBe('approval_over');
    expect(await mailsOf('approval-requested', second)).toContain(approver.email);
    const billing = { billing: { place: 'Brno', country: 'CZ' } };
    const third = (await accept(requester, { ...to('Vídeňská 50'), ...billing })).body.approvalId;
    expect(third).not.toBe(second);
    expect((await decide(approver, third)).status).toBe(200);
    const { orderDetails } = await seen(requester);
    expect(orderDetails).toMatchObject({ delivery: { place: 'Vídeňská 50' }, ...billing });
  });

  test('counts what was accepted of the same request before', async () => {
    const { requester } = await limited();
    const { accept, quoteId, request } = await answered(requester, '95.00');
    const [sensor, cable] = request.lines;
    const of = (line: typeof sensor) => ({ quotes: [{ quoteId, lineIds: [line?.id] }] });
    expect((await accept(requester, of(sensor))).status).toBe(200);
    const { status, body } = await accept(requester, of(cable));
    expect(status).toBe(202);
    const { exceeded } = await approvalOf(requester, body.approvalId);
    expect(exceeded).toMatchObject([{ total: euro('1050.00') }]);
  });

  test('counts another currency at the rate of the day, and waits without a rate', async () => {
    const { requester, admin } = await threeColleagues(service, {
      limits: [{ amount: '100000.00', currency: 'CZK' }],
    });
    const set = (limits: object[]) => admin.browser.patch(`/api/company/people/${requester.id}`, { limits });
    const first = await answered(requester);
    const waiting = await first.accept(requester);
    expect((await approvalOf(requester, waiting.body.approvalId)).exceeded).toMatchObject([{ total: null }]);
    await set([{ amount: '100000.00', currency: 'RSD' }]);
    const second = await answered(requester);
    const { body } = await second.accept(requester);
    expect((await approvalOf(requester, body.approvalId)).exceeded).toMatchObject([
      { total: { amount: '128920.00', currency: 'RSD' }, rateDate: '2025-11-21' },
    ]);
    await set([{ amount: '1.00', currency: 'RSD' }, euro('5000.00')]);
    const third = await answered(requester);
    expect((await third.accept(requester)).status).toBe(200);
  });

  test('holds by the follow link as when logged in', async () => {
    const { requester, approver } = await limited();
    const { accept, quoteId, seen } = await answered(requester);
    await service.drain({ includeLater: true });
    const follow = tokenFor(service, requester.email, 'f');
    const outsider = service.outsider();
    const { status, body } = await outsider.post(`/api/follow/${follow}/acceptance`, {
      quotes: [{ quoteId }],
    });
    expect([status, typeof body.approvalId]).toEqual([202, 'string']);
    expect((await accept(requester)).body.approvalId).toBe(body.approvalId);
    expect((await decide(approver, body.approvalId)).status).toBe(200);
    expect((await seen(requester)).status).toBe('accepted');
  });

  test('is refused by a follow link whose person was removed while it was opened', async () => {
    const { admin, requester } = await limited('1.00');
    const { quoteId, seen, request } = await answered(requester);
    await service.drain({ includeLater: true });
    const buyer = await followLink.resolve(service.ctx, tokenFor(service, requester.email, 'f'));
    await admin.browser.delete(`/api/company/people/${requester.id}`);
    await expect(acceptQuotes(service.ctx, buyer, { quotes: [{ quoteId }] })).rejects.toMatchObject({
      code: 'link_not_valid',
    });
    expect(await seen(admin)).toMatchObject({ id: request.id, ordered: [], approvals: [] });
  });

  test('is nobody’s to approve who asked for it, and not a requester’s', async () => {
    const { admin, approver, requester } = await limited();
    await admin.browser.patch(`/api/company/people/${approver.id}`, { limits: [euro('1.00')] });
    const own = (await (await answered(approver)).accept(approver)).body.approvalId;
    const refused = await decide(approver, own);
    expect([refused.status, refused.body.code]).toEqual([403, 'own_approval']);
    expect((await decide(requester, own)).status).toBe(404);
    expect((await requester.browser.get(`/api/approvals/${own}`)).status).toBe(404);
    expect((await decide(await person(service), own)).status).toBe(403);
    const { approver: stranger } = await limited();
    expect((await decide(stranger, own)).status).toBe(404);
    expect((await decide(admin, own, 'reject', 'Too dear')).body.status).toBe('rejected');
  });

  test('ends when the partner quotes again, and is never the new version', async () => {
    const { requester, approver } = await limited();
    const { accept, quoteAgain, seen } = await answered(requester);
    const id = (await accept(requester)).body.approvalId;
    await quoteAgain('300.00');
    expect(await approvalOf(requester, id)).toMatchObject({ status: 'outdated', decidedBy: null });
    expect((await decide(approver, id)).body.code).toBe('approval_over');
    expect((await seen(requester)).ordered).toEqual([]);
    expect(await mailsOf('approval-decided', id)).toEqual([requester.email]);
  });

  test('ends with the validity of the quote', async () => {
    const { requester, approver } = await limited();
    const { accept, quoteAgain } = await answered(requester);
    const quoteId = await quoteAgain('200.00', 1);
    const ids = [(await accept(requester, { quotes: [{ quoteId }] })).body.approvalId];
    const other = await answered(requester);
    const second = await other.quoteAgain('201.00', 1);
    ids.push((await other.accept(requester, { quotes: [{ quoteId: second }] })).body.approvalId);
    const before = service.clock.now();
    service.clock.advance(3 * 86_400_000);
    expect((await decide(approver, ids[0] as string)).body.code).toBe('approval_over');
    await service.ctx.jobs.enqueue(service.ctx.db, keepApprovals, [{}]);
    await service.drain();
    for (const id of ids) expect((await approvalOf(requester, id as string)).status).toBe('expired');
    expect((await other.seen(requester)).ordered).toEqual([]);
    service.clock.set(before);
  });

  test('ends when it is withdrawn by who asked, or declined', async () => {
    const { requester, approver } = await limited();
    const { accept, path, quoteId } = await answered(requester);
    const first = (await accept(requester)).body.approvalId;
    expect((await approver.browser.post(`/api/approvals/${first}/withdrawal`)).status).toBe(404);
    expect((await requester.browser.post(`/api/approvals/${first}/withdrawal`)).body.status).toBe(
      'withdrawn',
    );
    expect((await decide(approver, first)).body.code).toBe('approval_over');
    const second = (await accept(requester)).body.approvalId;
    expect(second).not.toBe(first);
    expect((await requester.browser.post(`${path}/decline`, { quoteId })).status).toBe(200);
    expect((await approvalOf(requester, second)).status).toBe('outdated');
  });

  test('ends when an approver accepts the same lines directly', async () => {
    const { requester, approver } = await limited();
    const { accept, seen } = await answered(requester);
    const id = (await accept(requester)).body.approvalId;
    expect((await accept(approver)).status).toBe(200);
    expect((await approvalOf(requester, id)).status).toBe('outdated');
    expect((await seen(requester)).status).toBe('accepted');
  });

  test('is decided once, whoever is first, and orders once', async () => {
    const { admin, approver, requester } = await limited();
    for (let round = 0; round < 4; round += 1) {
      const { accept, path, quoteId, seen, quoteAgain } = await answered(requester);
      const id = (await accept(requester)).body.approvalId as string;
      const rivals = [
        () => decide(approver, id),
        () => decide(admin, id, 'reject'),
        () => requester.browser.post(`${path}/decline`, { quoteId }),
        () => quoteAgain('100.50'),
      ];
      await Promise.all([decide(admin, id), rivals[round]?.()]);
      const { status } = await approvalOf(requester, id);
      const { ordered } = await seen(requester);
      expect(['approved', 'rejected', 'outdated']).toContain(status);
      expect(ordered.length).toBe(status === 'approved' ? 1 : 0);
    }
  });
});
