import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { deliveries } from '#db/tables/deliveries.ts';
import { enquiries, requests } from '#db/tables/requests.ts';
import type { Request, RequestList } from '#server/requests/schema.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { answer, linkOf } from './answers.ts';
import { jana, sendUsual, tokenFor } from './people.ts';

const { service, world } = await startWithWorld();
let buyer: Client;
let request: Request;
let followToken: string;

beforeAll(async () => {
  buyer = service.visitor();
  request = await sendUsual(buyer, world, undefined, { message: 'Partial delivery is fine' });
  await service.drain();
  followToken = tokenFor(service, jana.email, 'f');
});

describe('reading a request', () => {
  test('the buyer reads a request in at most seven statements', async () => {
    const statements = await service.countStatements(() => buyer.get(`/api/requests/${request.id}`));
    expect(statements).toBeLessThanOrEqual(7);
  });

  test('the buyer sees the status of each mail', async () => {
    const { body } = await buyer.get<Request>(`/api/requests/${request.id}`);
    expect(body.copy?.status).toBe('sent');
    const states = body.enquiries.flatMap(({ deliveries: mails }) => mails.map(({ status }) => status));
    expect(states).toHaveLength(7);
    expect(new Set(states)).toEqual(new Set(['sent']));
  });

  test("a mail that was read is shown as read, and the colleagues' mails as sent", async () => {
    const [sever] = request.enquiries.filter(({ vendor }) => vendor.name === 'Elektro Sever');
    const at = service.clock.now();
    const [mail] = await service.ctx.db
      .select()
      .from(deliveries)
      .where(eq(deliveries.toEmail, world.mail.milan));
    await service.ctx.db.update(deliveries).set({ readAt: at }).where(eq(deliveries.id, mail!.id));
    const { body } = await buyer.get<Request>(`/api/requests/${request.id}`);
    const states = body.enquiries.find(({ id }) => id === sever?.id)?.deliveries;
    expect(states?.map(({ name, status }) => `${name} ${status}`).toSorted()).toEqual([
      'Elektro Sever sent',
      'Ivana Kostić sent',
      'Milan Petrović read',
    ]);
  });

  test('strangers, newcomers and malformed ids get the 404 of an unknown id', async () => {
    const stranger = service.visitor();
    await stranger.get('/api/solutions/current');
    const newcomer = service.visitor();
    const unknown = await stranger.get(`/api/requests/${randomUUID()}`);
    expect(unknown.status).toBe(404);
    for (const [who, id] of [
      [stranger, request.id],
      [newcomer, request.id],
      [stranger, 'nonsense'],
      [buyer, 'nonsense'],
    ] as const) {
      const answer = await who.get(`/api/requests/${id}`);
      expect([answer.status, answer.body]).toEqual([404, unknown.body]);
    }
  });

  test("the buyer learns no agent's and no vendor's address", async () => {
    const { body } = await buyer.get(`/api/requests/${request.id}`);
    const text = JSON.stringify(body);
    for (const address of Object.values(world.mail)) expect(text).not.toContain(address);
  });
});

test('a request is read from one snapshot while a decision is being written', async () => {
  const token = await linkOf(service, request.id, world.mail.brandt);
  const quoted = await answer(service.outsider(), token);
  const sensor = request.lines[0]!.id;
  let reading!: ReturnType<Client['get']>;
  await service.ctx.sql.begin(async (tx) => {
    await tx`lock table enquiries in access exclusive mode`;
    await tx`update enquiries set status = 'accepted' where request_id = ${request.id}`;
    await tx`insert into accepted_lines (request_line_id, quote_id, accepted_at)
             values (${sensor}, ${quoted.body.id}, now())`;
    reading = buyer.get<Request>(`/api/requests/${request.id}`);
    // The lines have been read; reading the enquiries waits for the lock.
    await expect
      .poll(async () => (await service.ctx.sql`select from pg_locks where not granted`).length)
      .toBeGreaterThan(0);
  });
  const { lines, enquiries: seen } = (await reading).body as Request;
  const isAccepted = lines.some(({ acceptedQuoteId }) => acceptedQuoteId !== null);
  expect(seen.map(({ status }) => status === 'accepted')).toEqual(seen.map(() => isAccepted));
  await service.drain({ includeLater: true });
});

describe('the list of requests', () => {
  test('the list holds the visitor’s own requests, newest first, in pages', async () => {
    const visitor = service.visitor();
    const first = await sendUsual(visitor, world);
    const second = await sendUsual(visitor, world, [{ product: 'motor', quantity: 1 }]);
    await service.drain();
    const { body } = await visitor.get<RequestList>('/api/requests');
    expect(body.items.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(body).toMatchObject({ total: 2, page: 1, perPage: 20 });
    expect(body.items[1]).toMatchObject({ lines: 2, vendors: 3, answered: 0, status: 'sent' });
    const paged = await visitor.get<RequestList>('/api/requests?page=2&perPage=1');
    expect(paged.body.items.map(({ id }) => id)).toEqual([first.id]);
  });

  test('the list is empty for a newcomer and sets no cookie', async () => {
    const newcomer = service.visitor();
    const { status, body } = await newcomer.get<RequestList>('/api/requests');
    expect([status, body.total]).toEqual([200, 0]);
    expect(newcomer.cookies.size).toBe(0);
  });

  test('the list takes at most three statements', async () => {
    expect(await service.countStatements(() => buyer.get('/api/requests?perPage=100'))).toBeLessThanOrEqual(
      3,
    );
  });
});

describe('the follow link', () => {
  test('the link shows the whole request without a cookie, and sets none', async () => {
    const outsider = service.outsider();
    const { status, body, headers } = await outsider.get<Request>(`/api/follow/${followToken}`);
    expect([status, body.id]).toEqual([200, request.id]);
    expect(headers.get('set-cookie')).toBeNull();
  });

  test('altered, forged, foreign and outdated links all get the same 404', async () => {
    const outsider = service.outsider();
    const answerToken = tokenFor(service, world.mail.brandt, 'e');
    const { links } = service.ctx;
    const flip = (at: number) => {
      const other = followToken[at] === 'A' ? 'B' : 'A';
      return followToken.slice(0, at) + other + followToken.slice(at + 1);
    };
    const bad = [
      ...[0, 10, 21, 22, 30, 53].map(flip),
      followToken.slice(0, -1),
      `${followToken}A`,
      `${followToken}==`,
      answerToken,
      links.issue('answer', request.id, 1),
      links.issue('follow', request.id, 2),
      links.issue('follow', randomUUID(), 1),
      links.issue('follow', request.enquiries[0]!.id, 1),
      'x',
      '%00',
      encodeURIComponent("' or 1=1 --"),
    ];
    const answers = await Promise.all(bad.map((token) => outsider.get(`/api/follow/${token}`)));
    expect(answers.map(({ status }) => status)).toEqual(bad.map(() => 404));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ code: 'link_not_valid' });
    const writing = await outsider.post(`/api/follow/${flip(30)}/messages`, {
      enquiryId: request.enquiries[0]!.id,
      text: 'Hello',
    });
    expect(writing.body).toEqual(answers[0]?.body);
  });

  test('a revoked link gets a 404', async () => {
    const visitor = service.visitor();
    const own = await sendUsual(visitor, world);
    await service.drain();
    const token = tokenFor(service, jana.email, 'f');
    expect((await service.outsider().get(`/api/follow/${token}`)).status).toBe(200);
    await service.ctx.db.update(requests).set({ linkVersion: 2 }).where(eq(requests.id, own.id));
    const revoked = await service.outsider().get(`/api/follow/${token}`);
    expect([revoked.status, revoked.body.code]).toEqual([404, 'link_not_valid']);
  });

  test('the link does not reach another request of the same buyer', async () => {
    const other = await sendUsual(buyer, world, [{ product: 'motor', quantity: 1 }]);
    await service.drain();
    const { status } = await service.outsider().post(`/api/follow/${followToken}/messages`, {
      enquiryId: other.enquiries[0]!.id,
      text: 'Hello',
    });
    expect(status).toBe(404);
    const [untouched] = await service.ctx.db
      .select()
      .from(enquiries)
      .where(eq(enquiries.id, other.enquiries[0]!.id));
    expect(untouched?.status).toBe('sent');
  });
});
