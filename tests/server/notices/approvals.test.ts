import { expect, test } from 'vitest';
import type { NoticeList } from '#server/notices/schema.ts';
import { keepApprovals } from '#server/requests/approvals/events.ts';
import { addPerson, loggedIn } from '../buyers/people.ts';
import { setUpApprovals } from '../companies/asking.ts';
import { colleague, type Person } from '../companies/colleagues.ts';
import { file } from '../complaints/people.ts';
import { assemble, jana, send, sendBody } from '../requests/people.ts';

const { service, world, answered, decide, limited } = await setUpApprovals();
const staff = await loggedIn(service, await addPerson(service, 'staff'));

const noticesOf = async ({ browser }: Person) => (await browser.get<NoticeList>('/api/notices')).body.items;
const kindsOf = async (one: Person) => (await noticesOf(one)).map(({ kind }) => kind);
const approvalKindsOf = async (one: Person) =>
  (await kindsOf(one)).filter((kind) => kind.startsWith('approval_'));

test('an approval is noticed by who may decide, and its end by who asked', async () => {
  const { admin, approver, requester } = await limited();
  const other = await colleague(service, admin);
  const { accept, request } = await answered(requester);
  const id = (await accept(requester)).body.approvalId as string;
  for (const one of [admin, approver]) expect(await approvalKindsOf(one)).toEqual(['approval_asked']);
  for (const one of [requester, other]) expect(await approvalKindsOf(one)).toEqual([]);
  const [asked] = await noticesOf(approver);
  expect(asked?.approval).toEqual({ id, number: request.number, title: request.title });

  const today = service.clock.now().toISOString().slice(0, 10);
  const path = `/api/company/people/${approver.id}/stand-in`;
  await approver.browser.put(path, { id: other.id, from: today, until: today });
  expect(await approvalKindsOf(other)).toEqual(['approval_asked']);
  await decide(approver, id, 'reject', 'Too dear');
  expect(await approvalKindsOf(requester)).toEqual(['approval_rejected']);
  expect(await approvalKindsOf(approver)).toEqual(['approval_asked']);
  expect((await requester.browser.get('/api/notices/unread')).body).toEqual({ unread: 2 });
  await admin.browser.delete(`/api/company/people/${requester.id}`);
  expect(await kindsOf(requester)).toEqual([]);
});

test('an order that waits is noticed, what its sender withdraws is not, and what expires is', async () => {
  const { approver, requester } = await limited();
  const order = async () => {
    const lines = [{ product: 'sensor' as const, quantity: 100, ask: ['sensorBrandt' as const] }];
    const solution = await assemble(requester.browser, world, lines);
    const contact = { ...jana, email: requester.email };
    const sent = await send(requester.browser, sendBody(solution, { kind: 'order', contact }));
    return (sent.body as unknown as { approvalId: string }).approvalId;
  };
  const id = await order();
  expect((await noticesOf(approver))[0]).toMatchObject({
    kind: 'approval_asked',
    approval: { id, number: '' },
  });
  await requester.browser.post(`/api/approvals/${id}/withdrawal`);
  expect(await kindsOf(requester)).toEqual([]);
  await order();
  const before = service.clock.now();
  service.clock.advance(30 * 86_400_000);
  await service.ctx.jobs.enqueue(service.ctx.db, keepApprovals, [{}]);
  await service.drain();
  service.clock.set(before);
  expect(await kindsOf(requester)).toEqual(['approval_expired']);
});

test('what others write and do about a complaint is noticed by the whole company, and no note is', async () => {
  const { admin, requester } = await limited();
  const { request } = await answered(requester);
  const subject = { type: 'enquiry', id: request.enquiries[0]!.id };
  const { id, number } = (await file(requester.browser, subject, { category: 'late', wish: 'answer' })).body;
  const path = `/api/complaints/${id}`;
  await admin.browser.post(`${path}/messages`, { text: 'We still wait' });
  await staff.post(`${path}/notes`, { text: 'They wait' });
  const newOf = async (one: Person) => (await noticesOf(one)).filter(({ complaint }) => complaint?.id === id);
  expect(await newOf(requester)).toEqual([]);
  await staff.post(`${path}/messages`, { text: 'We ask' });
  await staff.post(`${path}/review`);
  await staff.post(`${path}/decision`, { decision: 'resolved', reason: 'You are right' });
  for (const one of [admin, requester]) {
    const found = await newOf(one);
    expect(found.map(({ kind }) => kind)).toEqual([
      ...['complaint_resolved', 'complaint_in_review', 'complaint_message'],
    ]);
    expect(found[0]?.complaint?.number).toBe(number);
  }
  const stranger = (await limited()).admin;
  expect(await kindsOf(stranger)).toEqual([]);
});
