import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { enquiries } from '#db/tables/requests.ts';
import { daysAfter } from '#server/platform/zones.ts';
import type { Enquiry, Request } from '#server/requests/schema.ts';
import { type Client, start, stillClock } from '../../harness.ts';
import { createWorld, startWithWorld } from '../../world.ts';
import { jana, sendUsual, tokenFor } from './people.ts';

const { service, world } = await startWithWorld();
let buyer: Client;
let request: Request;
let sever: Enquiry;

beforeEach(async () => {
  buyer = service.visitor();
  request = await sendUsual(buyer, world, undefined, { deadline: inDays(5) });
  sever = request.enquiries.find(({ vendor }) => vendor.name === 'Elektro Sever')!;
  await service.drain();
  service.mail.received.length = 0;
});

const inDays = (days: number) => new Date(service.clock.now().getTime() + days * 86_400_000).toISOString();
const readRequest = async () => (await buyer.get<Request>(`/api/requests/${request.id}`)).body;
const severNow = async () => (await readRequest()).enquiries.find(({ id }) => id === sever.id)!;
const recipients = () => service.mail.received.map(({ recipient }) => recipient).toSorted();

describe('a message of the buyer to one vendor', () => {
  test('everybody at that vendor who got the enquiry is mailed, each with a link of their own', async () => {
    const { status, body } = await buyer.post(`/api/enquiries/${sever.id}/messages`, {
      text: ' Same batch?\r\nThanks ',
    });
    await service.drain();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      author: 'buyer',
      authorName: jana.name,
      kind: 'message',
      text: 'Same batch?\nThanks',
    });
    expect(recipients()).toEqual([world.mail.ivana, world.mail.milan, world.mail.sever].toSorted());
    const tokens = [world.mail.ivana, world.mail.milan, world.mail.sever].map((to) =>
      tokenFor(service, to, 'e'),
    );
    expect(new Set(tokens).size).toBe(3);
    expect(service.mail.to(world.mail.milan)[0]?.text).toContain('Same batch?');
    expect((await severNow()).messages).toEqual([body]);
    expect((await readRequest()).enquiries.filter(({ messages }) => messages.length > 0)).toHaveLength(1);
  });

  test('the buyer may also write by the follow link', async () => {
    const { links } = service.ctx;
    const token = links.issue('follow', request.id, 1);
    const body = { enquiryId: sever.id, text: 'By link' };
    const { status } = await service.outsider().post(`/api/follow/${token}/messages`, body);
    await service.drain();
    expect(status).toBe(201);
    expect((await severNow()).messages.map(({ text }) => text)).toEqual(['By link']);
  });

  test('an empty message, or one of control characters, is refused', async () => {
    for (const text of ['', '  \n ', '\u0001\u0002']) {
      const { status, body } = await buyer.post(`/api/enquiries/${sever.id}/messages`, { text });
      expect([status, body.errors[0].path]).toEqual([422, 'text']);
    }
  });

  test('a stranger gets a 404', async () => {
    const stranger = service.visitor();
    await stranger.get('/api/solutions/current');
    const { status } = await stranger.post(`/api/enquiries/${sever.id}/messages`, { text: 'Hello' });
    expect(status).toBe(404);
    expect((await stranger.post('/api/enquiries/nonsense/messages', { text: 'Hello' })).status).toBe(404);
  });
});

describe('a message sent twice', () => {
  const text = 'Which voltage?';
  const byBuyer = () => buyer.post(`/api/enquiries/${sever.id}/messages`, { text });

  test('a repeat from either side adds no second message, but the same words a minute later do', async () => {
    const pressed = await Promise.all([byBuyer(), byBuyer()]);
    await service.drain();
    const token = tokenFor(service, world.mail.sever, 'e');
    const byVendor = () => service.outsider().post(`/api/enquiry-links/${token}/messages`, { text });
    pressed.push(...(await Promise.all([byVendor(), byVendor()])));
    expect(pressed.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect((await severNow()).messages.map(({ author }) => author)).toEqual(['buyer', 'vendor']);

    service.clock.advance(61_000);
    await byBuyer();
    await service.drain();
    expect((await severNow()).messages).toHaveLength(3);
  });
});

describe('a plea sent several times', () => {
  test('a repeated wish for more time or for a change counts once', async () => {
    await buyer.post(`/api/enquiries/${sever.id}/messages`, { text: 'Hello' });
    await service.drain();
    const token = tokenFor(service, world.mail.sever, 'e');
    const vendor = service.outsider();
    const moreTime = () => vendor.post(`/api/enquiry-links/${token}/more-time`, { text: 'Two days, please' });
    await Promise.all([moreTime(), moreTime()]);
    const { lines } = (await vendor.get(`/api/enquiry-links/${token}`)).body;
    const offers = (lines as { id: string }[]).map(({ id }) => ({
      lineId: id,
      decision: 'offer',
      unitPrice: { amount: '9.00', currency: 'RSD' },
    }));
    const validUntil = inDays(20).slice(0, 10);
    await vendor.post(`/api/enquiry-links/${token}/answer`, { lines: offers, currency: 'RSD', validUntil });
    await service.drain({ includeLater: true });
    service.mail.received.length = 0;
    const revision = { enquiryId: sever.id, message: 'Sooner?' };
    const ask = () => buyer.post(`/api/requests/${request.id}/revision`, revision);
    const asked = await Promise.all([ask(), ask(), ask()]);
    await service.drain({ includeLater: true });
    expect(asked.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(recipients()).toHaveLength(3);
    const kinds = (await severNow()).messages.map(({ kind }) => kind);
    expect(kinds).toEqual(['message', 'more_time', 'revision']);
  });
});

describe('more time for one vendor', () => {
  test("the vendor's deadline moves and its people are mailed, the other vendors' deadlines stay", async () => {
    const deadline = inDays(9);
    const body = { enquiryId: sever.id, deadline };
    const answer = await buyer.post<Request>(`/api/requests/${request.id}/deadline`, body);
    await service.drain();
    expect(answer.status).toBe(200);
    const deadlines = answer.body.enquiries.map((enquiry) => [enquiry.id === sever.id, enquiry.deadline]);
    expect(deadlines.filter(([isSever]) => isSever)).toEqual([[true, deadline]]);
    expect(new Set(deadlines.filter(([isSever]) => !isSever).map(([, at]) => at))).toEqual(
      new Set([request.deadline]),
    );
    expect(recipients()).toEqual([world.mail.ivana, world.mail.milan, world.mail.sever].toSorted());
    expect((await severNow()).messages).toMatchObject([
      { kind: 'deadline', author: 'buyer', text: deadline },
    ]);
    const [row] = await service.ctx.db.select().from(enquiries).where(eq(enquiries.id, sever.id));
    expect(row?.linksExpireAt).toEqual(daysAfter(new Date(deadline), 90, row!.vendorTimeZone));
  });

  test('a new deadline sent twice at once is mailed once', async () => {
    const body = { enquiryId: sever.id, deadline: inDays(9) };
    const answers = await Promise.all(
      [1, 2].map(() => buyer.post(`/api/requests/${request.id}/deadline`, body)),
    );
    await service.drain();
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(recipients()).toHaveLength(3);
    expect((await severNow()).messages).toHaveLength(1);
  });

  test('a new deadline in the past or before the old one is refused', async () => {
    for (const days of [-1, 2]) {
      const body = { enquiryId: sever.id, deadline: inDays(days) };
      const answer = await buyer.post(`/api/requests/${request.id}/deadline`, body);
      expect([answer.status, answer.body.code]).toEqual([422, 'deadline_past']);
    }
  });

  test('a new deadline is refused once the enquiry is closed', async () => {
    await service.ctx.db.update(enquiries).set({ status: 'lost' }).where(eq(enquiries.id, sever.id));
    const body = { enquiryId: sever.id, deadline: inDays(9) };
    const answer = await buyer.post(`/api/requests/${request.id}/deadline`, body);
    expect([answer.status, answer.body.code]).toEqual([409, 'enquiry_closed']);
  });

  test('an enquiry of another request gets a 404', async () => {
    const other = await sendUsual(buyer, world, [{ product: 'motor', quantity: 1 }]);
    await service.drain();
    const body = { enquiryId: other.enquiries[0]!.id, deadline: inDays(9) };
    expect((await buyer.post(`/api/requests/${request.id}/deadline`, body)).status).toBe(404);
    const token = service.ctx.links.issue('follow', request.id, 1);
    expect((await service.outsider().post(`/api/follow/${token}/deadline`, body)).status).toBe(404);
  });
});

test('an IP address past the hourly limit can send no more messages', async () => {
  const limited = await start({ env: { LIMIT_ANSWERS_PER_HOUR: '2' }, clock: stillClock() });
  const visitor = limited.visitor();
  const sent = await sendUsual(visitor, await createWorld(limited.ctx.db), [
    { product: 'motor', quantity: 1 },
  ]);
  const write = () => visitor.post(`/api/enquiries/${sent.enquiries[0]!.id}/messages`, { text: 'Hello' });
  expect([(await write()).status, (await write()).status, (await write()).status]).toEqual([201, 201, 429]);
  await limited.drain();
  await limited.end();
});
