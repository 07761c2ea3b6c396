import { describe, expect, test } from 'vitest';
import type { Overview } from '#server/overview/schema.ts';
import { keepApprovals } from '#server/requests/approvals/events.ts';
import type { Approval } from '#server/requests/approvals/schema.ts';
import type { Request } from '#server/requests/schema.ts';
import type { Client } from '../../harness.ts';
import { logIn } from '../buyers/people.ts';
import { answer, dayFrom, type Given, linkOf } from '../requests/answers.ts';
import { assemble, jana, send, sendBody, sendUsual, type WantedLine } from '../requests/people.ts';
import { euro, setUpApprovals } from './asking.ts';
import { colleague, companyOf, type Person, threeColleagues } from './colleagues.ts';

const { service, world, vendor, answered, decide, approvalOf, mailsOf, limited } = await setUpApprovals();

describe('a budget per month', () => {
  test('counts all requests of the person in the month of the company, and begins again', async () => {
    const { requester } = await threeColleagues(service, { monthlyLimits: [euro('2000.00')] });
    const [first, second] = [await answered(requester), await answered(requester)];
    expect((await first.accept(requester)).status).toBe(200);
    const { status, body } = await second.accept(requester);
    expect(status).toBe(202);
    expect((await approvalOf(requester, body.approvalId)).exceeded).toMatchObject([
      { period: 'month', total: euro('2200.00') },
    ]);
    await requester.browser.post(`/api/approvals/${body.approvalId}/withdrawal`);
    const before = service.clock.now();
    service.clock.advance(32 * 86_400_000);
    // Their session has ended meanwhile.
    await logIn(requester.browser, requester.email);
    const third = await answered(requester);
    expect((await third.accept(requester)).status).toBe(200);
    service.clock.set(before);
  });

  test('is not exceeded by two acceptances at once', async () => {
    const { requester } = await threeColleagues(service, { monthlyLimits: [euro('2000.00')] });
    const requests = [await answered(requester), await answered(requester), await answered(requester)];
    const accepted = await Promise.all(requests.map(({ accept }) => accept(requester)));
    expect(accepted.map(({ status }) => status).sort()).toEqual([200, 202, 202]);
  });
});

describe('an order above a limit', () => {
  const orderLines: WantedLine[] = [{ product: 'sensor', quantity: 100, ask: ['sensorBrandt'] }];
  const order = async (by: Person, lines = orderLines) => {
    const body = sendBody(await assemble(by.browser, world, lines), {
      ...{ kind: 'order', contact: { ...jana, email: by.email } },
    });
    return { body, sent: await send(by.browser, body) };
  };

  test('is sent once it is approved, and no partner hears of it before', async () => {
    const { requester, approver, admin } = await limited();
    const { sent, body } = await order(requester);
    const { approvalId } = sent.body as unknown as { approvalId: string };
    expect(sent.status).toBe(202);
    const requestsOf = async () => (await requester.browser.get('/api/requests')).body.items;
    expect(await requestsOf()).toEqual([]);
    const again = await send(requester.browser, body, crypto.randomUUID());
    expect(again.status).toBe(202);
    const newer = (again.body as unknown as { approvalId: string }).approvalId;
    expect((await approvalOf(requester, approvalId)).status).toBe('withdrawn');
    const decided = await Promise.all([decide(approver, newer), decide(admin, newer)]);
    expect(decided.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [request, ...others] = await requestsOf();
    expect([request.kind, others]).toEqual(['order', []]);
    expect((await approvalOf(requester, newer)).request?.id).toBe(request.id);
    expect((await approver.browser.get(`/api/requests/${request.id}`)).status).toBe(200);
  });

  test('answers a repeated key with the same approval', async () => {
    const { requester } = await limited();
    const solution = await assemble(requester.browser, world, orderLines);
    const body = sendBody(solution, { kind: 'order', contact: { ...jana, email: requester.email } });
    const answers = await Promise.all([1, 2, 3].map(() => send(requester.browser, body, 'same-key')));
    expect(new Set(answers.map((one) => JSON.stringify([one.status, one.body]))).size).toBe(1);
  });

  test('is refused when the solution has changed since, and the person may send it again', async () => {
    const { requester, approver } = await limited();
    const { sent, body } = await order(requester);
    const { approvalId } = sent.body as unknown as { approvalId: string };
    const solution = (await requester.browser.get(`/api/solutions/${body.solutionId}`)).body;
    const line = `/api/solutions/${body.solutionId}/lines/${solution.lines[0].id}`;
    expect((await requester.browser.patch(line, { quantity: 500 })).status).toBe(200);
    const refused = await decide(approver, approvalId);
    expect([refused.status, refused.body.code]).toEqual([409, 'specification_changed']);
    expect((await approvalOf(requester, approvalId)).status).toBe('outdated');
    expect((await send(requester.browser, body, 'again')).status).toBe(202);
  });

  test('goes out at once up to the limit, and counts what the partner changes in it', async () => {
    const { requester } = await limited('5000.00');
    const { sent } = await order(requester);
    expect(sent.status).toBe(201);
    const token = await linkOf(service, sent.body.id, world.mail.brandt);
    const { body } = await answer(vendor, token, [{ price: '60.00' }], { validUntil: dayFrom(service, 5) });
    const accepted = await requester.browser.post(`/api/requests/${sent.body.id}/acceptance`, {
      quotes: [{ quoteId: body.id }],
    });
    expect(accepted.status).toBe(202);
  });
});

describe('a line of an order that its partner declined', () => {
  const lines: WantedLine[] = [
    { product: 'sensor', quantity: 10, ask: ['sensorBrandt'] },
    { product: 'cable', quantity: 100, ask: ['cableBrandt'] },
  ];
  const confirm = { decision: 'confirm' };
  const decline = { decision: 'decline' };

  async function ordered(browser: Client, contact: typeof jana) {
    const request = await sendUsual(browser, world, lines, { kind: 'order', contact });
    const token = await linkOf(service, request.id, world.mail.brandt);
    const answered = async (given: Given[]) =>
      (await answer(vendor, token, given, { validUntil: dayFrom(service, 5) })).body.lines.map(
        (line: { decision: string }) => line.decision,
      );
    return { request, answered };
  }

  test.each([
    ['alone', [decline, confirm]],
    ['with all others', [decline, decline]],
  ])('%s is no longer bound by its confirmation, which would pass the limits', async (_how, declined) => {
    const { requester } = await limited('5000.00');
    const { request, answered: answers } = await ordered(requester.browser, {
      ...jana,
      email: requester.email,
    });
    const bought = async () =>
      (await requester.browser.get<Request>(`/api/requests/${request.id}`)).body.lines.map(
        ({ acceptedQuoteId }) => acceptedQuoteId !== null,
      );
    await answers(declined);
    const others = declined[1] === confirm;
    expect(await answers([confirm, confirm])).toEqual(['offer', others ? 'confirm' : 'offer']);
    expect(await bought()).toEqual([false, others]);
    // Nor after an offer in between.
    await answers([{}, confirm]);
    expect((await answers([confirm, confirm]))[0]).toBe('offer');
    expect(await bought()).toEqual([false, others]);
  });

  test('is bound by it in the order of a person without a company', async () => {
    const { answered: answers } = await ordered(service.visitor(), jana);
    await answers([decline, decline]);
    expect(await answers([confirm, confirm])).toEqual(['confirm', 'confirm']);
  });
});

describe('who decides', () => {
  test('is a stand-in on the named days, also about what waits already', async () => {
    const { admin, approver, requester } = await limited();
    const standIn = await colleague(service, admin);
    const { accept } = await answered(requester);
    const id = (await accept(requester)).body.approvalId;
    expect((await standIn.browser.get(`/api/approvals/${id}`)).status).toBe(404);
    const path = `/api/company/people/${approver.id}/stand-in`;
    const today = service.clock.now().toISOString().slice(0, 10);
    await approver.browser.put(path, { id: standIn.id, from: today, until: today });
    await service.drain();
    expect(await mailsOf('approval-requested', id)).toContain(standIn.email);
    const { body } = await decide(standIn, id);
    expect(body).toMatchObject({ status: 'approved', decidedBy: 'Person', decidedFor: 'Person' });
  });

  test('moves on to the others when an approver leaves, and to who becomes one', async () => {
    const { admin, approver, requester } = await limited();
    const { accept } = await answered(requester);
    const id = (await accept(requester)).body.approvalId;
    await admin.browser.delete(`/api/company/people/${approver.id}`);
    expect((await decide(approver, id)).status).toBe(403);
    const fresh = await colleague(service, admin, { role: 'approver' });
    await service.drain();
    expect(await mailsOf('approval-requested', id)).toContain(fresh.email);
    expect((await decide(fresh, id)).body.status).toBe('approved');
  });

  test('is reminded two days after being asked, who became an approver later too', async () => {
    const { admin, approver, requester } = await limited();
    const { quoteAgain, accept } = await answered(requester);
    const quoteId = await quoteAgain('200.00', 30);
    const id = (await accept(requester, { quotes: [{ quoteId }] })).body.approvalId;
    const before = service.clock.now();
    const mailed = async (days: number, { email }: Person) => {
      service.clock.set(new Date(before.getTime() + days * 86_400_000));
      await service.ctx.jobs.enqueue(service.ctx.db, keepApprovals, [{}]);
      await service.drain();
      return (await mailsOf('approval-requested', id)).filter((to) => to === email).length;
    };
    expect(await mailed(1, approver)).toBe(1);
    expect(await mailed(3, approver)).toBe(2);
    await logIn(admin.browser, admin.email);
    const fresh = await colleague(service, admin, { role: 'approver' });
    expect(await mailed(3, fresh)).toBe(1);
    expect(await mailed(4, fresh)).toBe(1);
    expect(await mailed(6, fresh)).toBe(2);
    expect(await mailed(9, approver)).toBe(2);
    service.clock.set(before);
  });

  test('is everybody until it expires, of however much waits', async () => {
    const { requester } = await limited();
    const { accept } = await answered(requester);
    const id = (await accept(requester)).body.approvalId;
    const { sql } = service.ctx;
    await sql`
      insert into approvals (company_id, kind, requester_id, request_id, input, amounts, exceeded, created_at, expires_at)
      select company_id, kind, requester_id, request_id, input, amounts, exceeded, created_at, expires_at
      from approvals, generate_series(1, 100) where id = ${id}`;
    const before = service.clock.now();
    service.clock.advance(30 * 86_400_000);
    await service.ctx.jobs.enqueue(service.ctx.db, keepApprovals, [{}]);
    await service.drain();
    service.clock.set(before);
    const states = await sql`
      select status, count(*)::int as count from approvals
      where request_id = (select request_id from approvals where id = ${id}) group by status`;
    expect(states).toEqual([{ status: 'expired', count: 101 }]);
  });

  test('has what waits for them in their overview, until it is decided', async () => {
    const { admin, approver, requester } = await limited();
    const standIn = await colleague(service, admin);
    await admin.browser.patch(`/api/company/people/${approver.id}`, { limits: [euro('1.00')] });
    const needOf = async ({ browser }: Person) =>
      (await browser.get<Overview>('/api/account/overview')).body.needs.find(
        ({ kind }) => kind === 'approval',
      );
    const { accept, request } = await answered(requester);
    const id = (await accept(requester)).body.approvalId as string;
    const own = (await (await answered(approver)).accept(approver)).body.approvalId as string;
    expect(await needOf(admin)).toMatchObject({ total: 2, items: [{ id }, { id: own }] });
    const waiting = { total: 1, items: [{ id, number: request.number, title: request.title, vendor: null }] };
    expect(await needOf(approver)).toMatchObject(waiting);
    expect([await needOf(requester), await needOf(standIn)]).toEqual([undefined, undefined]);
    expect(await needOf((await limited()).admin)).toBeUndefined();
    const today = service.clock.now().toISOString().slice(0, 10);
    const path = `/api/company/people/${approver.id}/stand-in`;
    await approver.browser.put(path, { id: standIn.id, from: today, until: today });
    expect(await needOf(standIn)).toMatchObject({ total: 2 });
    await decide(approver, id);
    expect(await needOf(approver)).toBeUndefined();
    expect(await needOf(admin)).toMatchObject({ total: 1, items: [{ id: own }] });
  });

  test('sees all that waits, others what they asked for', async () => {
    const { approver, requester, admin } = await limited();
    const other = await colleague(service, admin, { limits: [euro('1.00')] });
    const ids = [
      (await (await answered(requester)).accept(requester)).body.approvalId,
      (await (await answered(other)).accept(other)).body.approvalId,
    ];
    const listed = async ({ browser }: Person) =>
      (await browser.get('/api/approvals')).body.items.map((item: Approval) => item.id);
    expect(new Set(await listed(approver))).toEqual(new Set(ids));
    expect(await listed(requester)).toEqual([ids[0]]);
    expect((await companyOf(other)).role).toBe('requester');
  });
});
