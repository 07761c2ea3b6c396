import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as admission from '#server/admission/service.ts';
import type { Desk } from '#server/desk/schema.ts';
import { announce, listenToChanges } from '#server/platform/realtime.ts';
import * as presence from '#server/presence/service.ts';
import { answer, linkOf, linkPath } from '../requests/answers.ts';
import { openPage } from '../realtime/page.ts';
import { sendUsual } from '../requests/people.ts';
import { type Desks, openDesks } from './desks.ts';

let all: Desks;
let heard: string[];
let listening: { stop(): Promise<void> };
beforeAll(async () => {
  all = await openDesks({ LIMIT_REQUESTS_PER_HOUR: '1000', LIMIT_ANSWERS_PER_HOUR: '1000' });
  const keep = (key: string) => void heard.push(key);
  heard = [];
  listening = await listenToChanges(all.service.ctx.sql, keep, () => {});
});
afterAll(async () => {
  await listening.stop();
  await all.service.drain({ includeLater: true });
  await all.service.end();
});
beforeEach(() => all.reset());

let marks = 0;
/** Waits until everything that was announced so far is heard. */
async function hearAll(): Promise<void> {
  marks += 1;
  const mark = `mark:${marks}` as const;
  await announce(all.service.ctx.db, [mark]);
  await expect.poll(() => heard.includes(mark), { timeout: 20_000 }).toBe(true);
}

/** Returns which vendors' desks are told of what `run` does. */
async function toldBy(run: () => Promise<unknown>): Promise<string[]> {
  await hearAll();
  heard.length = 0;
  await run();
  await hearAll();
  const named = Object.entries(all.world.vendors).filter(([, id]) => heard.includes(`vendor:${id}`));
  return named.map(([name]) => name).toSorted();
}

describe('the desks of the vendors concerned, and no others, are told', () => {
  const lines = [
    { product: 'sensor', quantity: 2, ask: ['sensorSever', 'sensorBrandt'] },
    { product: 'motor', quantity: 1, ask: ['motorSever'] },
  ] as const;
  const asked = lines.map((line) => ({ ...line, ask: [...line.ask] }));

  test('the desks of the vendors concerned hear of a new enquiry, and no others', async () => {
    const buyer = all.service.visitor();
    expect(await toldBy(() => sendUsual(buyer, all.world, asked))).toEqual(['brandt', 'sever']);
  });

  test('they hear when it is opened, answered, answered again, revised, given more time, won and lost', async () => {
    const { service, world } = all;
    const buyer = service.visitor();
    const request = await sendUsual(buyer, world, asked, { deadline: all.ago(-86_400).toISOString() });
    const enquiryOf = (name: string) =>
      request.enquiries.find(({ vendor }) => vendor.name.startsWith(name))?.id ?? '';
    const severs = await linkOf(service, request.id, world.mail.milan);
    const brandts = await linkOf(service, request.id, world.mail.katrin);
    const ok = async (reply: Promise<{ status: number; body: any }>) => {
      const { status, body } = await reply;
      if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
      return body;
    };
    const holder = service.outsider();
    const post = (path: string, body: object) => () =>
      ok(buyer.post(`/api/requests/${request.id}/${path}`, body));
    expect(await toldBy(() => ok(holder.post(linkPath(severs, 'reading'))))).toEqual(['sever']);
    expect(await toldBy(() => ok(answer(holder, severs)))).toEqual(['sever']);
    expect(await toldBy(() => ok(answer(holder, severs, [{ days: 3 }])))).toEqual(['sever']);
    const revision = { enquiryId: enquiryOf('Elektro'), message: 'Cheaper?' };
    expect(await toldBy(post('revision', revision))).toEqual(['sever']);
    const deadline = { enquiryId: enquiryOf('Brandt'), deadline: all.ago(-2 * 86_400).toISOString() };
    expect(await toldBy(post('deadline', deadline))).toEqual(['brandt']);
    const quote = await ok(answer(holder, severs, [{ days: 2 }]));
    await ok(answer(holder, brandts));
    expect(await toldBy(post('acceptance', { quotes: [{ quoteId: quote.id }] }))).toEqual([
      'brandt',
      'sever',
    ]);
  });
});

test('an open desk gets a new enquiry and its answer live', async () => {
  const { service, world } = all;
  const page = await openPage(service, all.pages.nikola);
  page.watch('agent');
  await page.until('agent', ({ state }) => state.enquiriesTotal !== undefined, 20_000);
  const request = await sendUsual(service.visitor(), world, [
    { product: 'motor', quantity: 1, ask: ['motorSever'] },
  ]);
  const numbersOn = ({ state }: { state?: any }): string[] =>
    state.enquiries.map(({ number }: { number: string }) => number);
  await page.until('agent', (frame) => numbersOn(frame).includes(request.number), 20_000);
  await answer(service.outsider(), await linkOf(service, request.id, 'nikola@sever.example'));
  await page.until(
    'agent',
    (frame) => !numbersOn(frame).includes(request.number) && frame.state.day.answersSent === 1,
    20_000,
  );
  page.close();
});

test('an open desk hears of its team and of requested and finished call-backs', async () => {
  const { service, world, ids } = all;
  const page = await openPage(service, all.pages.milan);
  page.watch('agent');
  const until = (fits: (desk: Desk) => boolean) => page.until('agent', ({ state }) => fits(state), 20_000);
  const nikolas = ({ team }: Desk) => team.find(({ id }) => id === String(ids.nikola))?.status;
  await until((desk) => nikolas(desk) === 'offline' && desk.callBacks.length === 0);
  await presence.declareMany(service.ctx.db, [ids.nikola], all.ago(-3600), all.now());
  await until((desk) => nikolas(desk) === 'available');
  const wantedAt = all.ago(-3600).toISOString();
  const asked = { offerId: world.offers.motorSever, kind: 'sales', phone: '+420601123456', wantedAt };
  const visitor = service.visitor();
  const { id } = (await visitor.post('/api/call-backs', asked)).body;
  await until(({ callBacks }) => callBacks[0]?.id === id);
  await service.drain();
  expect((await all.pages.nikola.post(`/api/agent/call-backs/${id}/closing`, {})).status).toBe(204);
  await until(({ callBacks }) => callBacks.length === 0);
  page.close();
});

test('every desk hears that calls were stopped and resumed', async () => {
  const { service } = all;
  const page = await openPage(service, all.pages.katrin);
  page.watch('agent');
  await page.until('agent', ({ state }) => state.calling === true, 20_000);
  const now = all.now();
  await service.ctx.db.transaction((tx) => admission.stopCalling(tx, 'by hand', now));
  await page.until('agent', ({ state }) => state.calling === false, 20_000);
  await service.ctx.db.transaction((tx) => admission.resumeCalling(tx, now));
  await page.until('agent', ({ state }) => state.calling === true, 20_000);
  page.close();
});
