import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as admission from '#server/admission/service.ts';
import type { Desk } from '#server/desk/schema.ts';
import { announce, listenToChanges } from '#server/platform/realtime.ts';
import * as presence from '#server/presence/service.ts';
import type { Answer } from '../../harness.ts';
import { answer, linkOf, linkPath } from '../requests/answers.ts';
import { openPage } from '../realtime/page.ts';
import { sendUsual } from '../requests/people.ts';
import { setUpDesks } from './desks.ts';

const setup = await setUpDesks({ LIMIT_REQUESTS_PER_HOUR: '1000', LIMIT_ANSWERS_PER_HOUR: '1000' });
let notified: string[];
let listening: { stop(): Promise<void> };
beforeAll(async () => {
  const keep = (key: string) => void notified.push(key);
  notified = [];
  listening = await listenToChanges(setup.service.ctx.sql, keep, () => {});
});
afterAll(async () => {
  await listening.stop();
  await setup.service.drain({ includeLater: true });
});
beforeEach(() => setup.reset());

let marks = 0;
/** Waits until all notifications so far have arrived. */
async function untilAllArrived(): Promise<void> {
  marks += 1;
  const mark = `mark:${marks}` as const;
  await announce(setup.service.ctx.db, [mark]);
  await expect.poll(() => notified.includes(mark), { timeout: 20_000 }).toBe(true);
}

/** Returns the vendors whose desks are notified of what `run` does. */
async function vendorsNotifiedOf(run: () => Promise<unknown>): Promise<string[]> {
  await untilAllArrived();
  notified.length = 0;
  await run();
  await untilAllArrived();
  const named = Object.entries(setup.world.vendors).filter(([, id]) => notified.includes(`vendor:${id}`));
  return named.map(([name]) => name).toSorted();
}

describe('the notifications of desks', () => {
  const lines = [
    { product: 'sensor', quantity: 2, ask: ['sensorSever', 'sensorBrandt'] },
    { product: 'motor', quantity: 1, ask: ['motorSever'] },
  ] as const;
  const asked = lines.map((line) => ({ ...line, ask: [...line.ask] }));

  test('a new enquiry notifies the desks of its vendors and no others', async () => {
    const buyer = setup.service.visitor();
    expect(await vendorsNotifiedOf(() => sendUsual(buyer, setup.world, asked))).toEqual(['brandt', 'sever']);
  });

  test('each step of an enquiry from reading to acceptance notifies the desks concerned and no others', async () => {
    const { service, world } = setup;
    const buyer = service.visitor();
    const request = await sendUsual(buyer, world, asked, { deadline: setup.ago(-86_400).toISOString() });
    const enquiryOf = (name: string) =>
      request.enquiries.find(({ vendor }) => vendor.name.startsWith(name))?.id ?? '';
    const severs = await linkOf(service, request.id, world.mail.milan);
    const brandts = await linkOf(service, request.id, world.mail.katrin);
    const ok = async <T>(reply: Promise<Answer<T>>): Promise<T> => {
      const { status, body } = await reply;
      if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
      return body;
    };
    const holder = service.outsider();
    const post = (path: string, body: object) => () =>
      ok(buyer.post(`/api/requests/${request.id}/${path}`, body));
    expect(await vendorsNotifiedOf(() => ok(holder.post(linkPath(severs, 'reading'))))).toEqual(['sever']);
    expect(await vendorsNotifiedOf(() => ok(answer(holder, severs)))).toEqual(['sever']);
    expect(await vendorsNotifiedOf(() => ok(answer(holder, severs, [{ days: 3 }])))).toEqual(['sever']);
    const revision = { enquiryId: enquiryOf('Elektro'), message: 'Cheaper?' };
    expect(await vendorsNotifiedOf(post('revision', revision))).toEqual(['sever']);
    const deadline = { enquiryId: enquiryOf('Brandt'), deadline: setup.ago(-2 * 86_400).toISOString() };
    expect(await vendorsNotifiedOf(post('deadline', deadline))).toEqual(['brandt']);
    const quote = await ok(answer(holder, severs, [{ days: 2 }]));
    await ok(answer(holder, brandts));
    expect(await vendorsNotifiedOf(post('acceptance', { quotes: [{ quoteId: quote.id }] }))).toEqual([
      'brandt',
      'sever',
    ]);
  });
});

test('an open desk gets a new enquiry and its answer live', async () => {
  const { service, world } = setup;
  const page = await openPage(service, setup.pages.nikola);
  page.watch('agent');
  await page.until('agent', ({ state }) => state.enquiriesTotal !== undefined, 20_000);
  const request = await sendUsual(service.visitor(), world, [
    { product: 'motor', quantity: 1, ask: ['motorSever'] },
  ]);
  const numbersOn = ({ state }: { state?: Desk }) => state?.enquiries.map(({ number }) => number) ?? [];
  await page.until('agent', (frame) => numbersOn(frame).includes(request.number), 20_000);
  await answer(service.outsider(), await linkOf(service, request.id, 'nikola@sever.example'));
  await page.until(
    'agent',
    (frame) => !numbersOn(frame).includes(request.number) && frame.state.day.answersSent === 1,
    20_000,
  );
  page.close();
});

test('an open desk shows changes of its team and of call-backs live', async () => {
  const { service, world, ids } = setup;
  const page = await openPage(service, setup.pages.milan);
  page.watch('agent');
  const until = (fits: (desk: Desk) => boolean) => page.until('agent', ({ state }) => fits(state), 20_000);
  const nikolas = ({ team }: Desk) => team.find(({ id }) => id === String(ids.nikola))?.status;
  await until((desk) => nikolas(desk) === 'offline' && desk.callBacks.length === 0);
  await presence.declareMany(service.ctx.db, [ids.nikola], setup.ago(-3600), setup.now());
  await until((desk) => nikolas(desk) === 'available');
  const wantedAt = setup.ago(-3600).toISOString();
  const asked = { offerId: world.offers.motorSever, kind: 'sales', phone: '+420601123456', wantedAt };
  const visitor = service.visitor();
  const { id } = (await visitor.post('/api/call-backs', asked)).body;
  await until(({ callBacks }) => callBacks[0]?.id === id);
  await service.drain();
  expect((await setup.pages.nikola.post(`/api/agent/call-backs/${id}/closing`, {})).status).toBe(204);
  await until(({ callBacks }) => callBacks.length === 0);
  page.close();
});

test('an open desk shows live that calls were stopped and resumed', async () => {
  const { service } = setup;
  const page = await openPage(service, setup.pages.katrin);
  page.watch('agent');
  await page.until('agent', ({ state }) => state.calling === true, 20_000);
  const now = setup.now();
  await service.ctx.db.transaction((tx) => admission.stopCalling(tx, 'by hand', now));
  await page.until('agent', ({ state }) => state.calling === false, 20_000);
  await service.ctx.db.transaction((tx) => admission.resumeCalling(tx, now));
  await page.until('agent', ({ state }) => state.calling === true, 20_000);
  page.close();
});
