import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Request } from '#server/requests/schema.ts';
import { type Client, start, type TestService } from '../../harness.ts';
import { createWorld, type World } from '../../world.ts';
import { jana, sendUsual, tokenFor, type WantedLine } from '../requests/people.ts';
import { answer, codesOf, dayFrom, type Given, linkOf } from './answers.ts';

let service: TestService;
let world: World;
let vendor: Client;

beforeAll(async () => {
  service = await start();
  world = await createWorld(service.ctx.db);
  vendor = service.outsider();
});
afterAll(async () => {
  await service.drain({ includeLater: true });
  await service.end();
});

const hourMs = 3_600_000;
const threeVendors: WantedLine[] = [
  { product: 'sensor', quantity: 10, ask: ['sensorSever', 'sensorBrandt', 'sensorWisla'] },
  { product: 'cable', quantity: 100, ask: ['cableBrandt', 'cableWisla'] },
];
type Vendor = 'sever' | 'brandt' | 'wisla';

/** A request to three vendors, answered by those given; quote ids by vendor. */
async function answered(answers: Partial<Record<Vendor, Given[]>>, lines = threeVendors) {
  const buyer = service.visitor();
  const request = await sendUsual(buyer, world, lines);
  const quotes: Record<string, string> = {};
  for (const [name, given] of Object.entries(answers)) {
    const token = await linkOf(service, request.id, world.mail[name as Vendor]);
    const sent = await answer(vendor, token, given, { validUntil: dayFrom(service, 10) });
    if (sent.status !== 201) throw new Error(JSON.stringify(sent.body));
    quotes[name] = sent.body.id;
  }
  const path = `/api/requests/${request.id}`;
  const seen = async () => (await buyer.get<Request>(path)).body;
  const enquiryOf = async (name: Vendor) => {
    const found = (await seen()).enquiries.find((enquiry) => enquiry.vendor.id === world.vendors[name]);
    if (!found) throw new Error('not asked');
    return found;
  };
  const quote = (name: Vendor) => ({ quoteId: quotes[name] ?? '' });
  const accept = (...chosen: { quoteId: string; lineIds?: string[] }[]) =>
    buyer.post(`${path}/acceptance`, { quotes: chosen });
  const [first, second] = request.lines.map((line) => line.id);
  return { buyer, request, path, seen, enquiryOf, quote, accept, first: first ?? '', second: second ?? '' };
}

/** What was mailed about the request, by kind: whom, and what the mail is about. */
async function mailsOf(request: Request, kind: string) {
  return service.ctx.sql<{ to_email: string; content: Record<string, unknown> }[]>`
    select to_email, content from deliveries where request_id = ${request.id} and kind = ${kind} order by id`;
}

describe('accepting', () => {
  it('places lines of several quotes at once; each vendor learns its own part and nothing more', async () => {
    const { request, accept, quote, first, second, seen } = await answered({
      sever: [],
      brandt: [],
      wisla: [],
    });
    const accepted = await accept(
      { ...quote('sever'), lineIds: [first] },
      { ...quote('brandt'), lineIds: [second] },
    );
    expect(accepted.status).toBe(200);
    expect(accepted.body).toEqual(await seen());
    expect(accepted.body.status).toBe('accepted');
    const byVendor = (body: Request) =>
      Object.fromEntries(body.enquiries.map((enquiry) => [enquiry.vendor.name, enquiry.status]));
    expect(byVendor(accepted.body)).toEqual({
      'Elektro Sever': 'accepted',
      'Brandt Industrietechnik': 'partly_accepted',
      'Wisła Automatyka': 'lost',
    });
    const outcomes = await mailsOf(request, 'outcome');
    expect(
      outcomes.map(({ to_email, content }) => [to_email, content['outcome'], content['lineIds']]),
    ).toEqual(
      expect.arrayContaining([
        [world.mail.sever, 'won', [first]],
        [world.mail.milan, 'won', [first]],
        [world.mail.brandt, 'won_in_part', [second]],
        [world.mail.katrin, 'won_in_part', [second]],
        [world.mail.wisla, 'lost', []],
        [world.mail.agnieszka, 'lost', []],
      ]),
    );
    expect(outcomes).toHaveLength(6);
    const copies = await mailsOf(request, 'acceptance-copy');
    expect(copies.map((mail) => mail.to_email)).toEqual([jana.email]);
  });

  it('a whole quote takes what it offers and is still free', async () => {
    const { accept, quote, first, second, enquiryOf } = await answered({
      brandt: [{}, { decision: 'decline' }],
      wisla: [],
    });
    expect((await accept(quote('brandt'))).body.status).toBe('partly_accepted');
    const rest = await accept(quote('wisla'));
    expect(rest.body.lines.map((line: Request['lines'][number]) => [line.id, line.acceptedQuoteId])).toEqual([
      [first, quote('brandt').quoteId],
      [second, quote('wisla').quoteId],
    ]);
    expect((await enquiryOf('wisla')).status).toBe('partly_accepted');
    expect((await enquiryOf('sever')).status).toBe('lost');
  });

  it('repeated word for word changes nothing and mails nobody again', async () => {
    const { request, accept, quote, first, second } = await answered({ brandt: [], wisla: [] });
    const once = await accept({ ...quote('brandt'), lineIds: [first] });
    const again = await accept({ ...quote('brandt'), lineIds: [first] });
    expect([again.status, again.body]).toEqual([200, once.body]);
    const more = await accept({ ...quote('brandt'), lineIds: [first, second] });
    expect([more.status, more.body.status]).toEqual([200, 'accepted']);
    expect((await accept(quote('brandt'))).status).toBe(200);
    const outcomes = await mailsOf(request, 'outcome');
    expect(
      outcomes.filter((mail) => mail.to_email === world.mail.brandt).map((mail) => mail.content),
    ).toMatchObject([
      { outcome: 'won_in_part', lineIds: [first] },
      { outcome: 'won', lineIds: [first, second] },
    ]);
    // A quote becomes worthless the moment its lines went elsewhere, however late that is noticed.
    const gone = await accept(quote('wisla'));
    expect([gone.status, gone.body.code]).toEqual([409, 'line_already_accepted']);
  });

  it('of one line from many quotes at once succeeds exactly once', async () => {
    const { buyer, path, quote, first, seen } = await answered({ sever: [], brandt: [], wisla: [] });
    const names: Vendor[] = ['sever', 'brandt', 'wisla'];
    const tries = Array.from({ length: 10 }, (_, index) => names[index % 3] ?? 'sever');
    const replies = await Promise.all(
      tries.map((name) =>
        buyer.post(`${path}/acceptance`, { quotes: [{ ...quote(name), lineIds: [first] }] }),
      ),
    );
    const winner = (await seen()).lines[0]?.acceptedQuoteId;
    const expected = tries.map((name) => (quote(name).quoteId === winner ? 200 : 409));
    expect(replies.map((reply) => reply.status)).toEqual(expected);
    const [rows] = await service.ctx.sql`
      select count(*)::int as count from accepted_lines where request_line_id = ${first}`;
    expect(rows?.['count']).toBe(1);
  });

  it('is all or nothing', async () => {
    const { accept, quote, first, second, seen, request } = await answered({
      brandt: [],
      wisla: [{}, { decision: 'decline' }],
    });
    const refused = await accept(
      { ...quote('brandt'), lineIds: [first] },
      { ...quote('wisla'), lineIds: [second] },
    );
    expect([refused.status, ...codesOf(refused)]).toEqual([422, 'quotes.1.lineIds.0 line_not_offered']);
    const twice = await accept(
      { ...quote('brandt'), lineIds: [first] },
      { ...quote('wisla'), lineIds: [first] },
    );
    expect(codesOf(twice)).toEqual(['quotes.1.lineIds.0 line_repeated']);
    expect((await accept({ quoteId: 'nonsense' })).status).toBe(404);
    expect((await accept({ quoteId: request.id })).status).toBe(404);
    expect((await accept()).status).toBe(422);
    const after = await seen();
    expect(after.status).toBe('partly_answered');
    expect(after.lines.map((line) => line.acceptedQuoteId)).toEqual([null, null]);
    expect(await mailsOf(request, 'outcome')).toEqual([]);
  });

  it('is refused for a version that was replaced, and for a quote that has expired', async () => {
    const { request, accept, quote, enquiryOf } = await answered({ brandt: [], sever: [] });
    const token = await linkOf(service, request.id, world.mail.brandt);
    const newer = await answer(vendor, token, [{ price: '33' }], { validUntil: dayFrom(service, 1) });
    const old = await accept(quote('brandt'));
    expect([old.status, old.body.code]).toEqual([409, 'quote_superseded']);
    const { expiresAt } = newer.body;
    const now = service.clock.now();
    service.clock.set(new Date(Date.parse(expiresAt)));
    const late = await accept({ quoteId: newer.body.id });
    expect([late.status, late.body.code]).toEqual([409, 'quote_expired']);
    const expired = await enquiryOf('brandt');
    expect([expired.quotes[0]?.status, expired.can.accept]).toEqual(['expired', false]);
    service.clock.set(new Date(Date.parse(expiresAt) - 60_000));
    expect((await accept({ quoteId: newer.body.id })).status).toBe(200);
    service.clock.set(now);
  });

  it('can’t reach into another request', async () => {
    const mine = await answered({ brandt: [] });
    const other = await answered({ brandt: [] });
    expect((await mine.accept(other.quote('brandt'))).status).toBe(404);
    expect((await mine.accept({ ...mine.quote('brandt'), lineIds: [other.first] })).body.code).toBe(
      'line_not_offered',
    );
    for (const stranger of [other.buyer, service.visitor()]) {
      for (const [action, body] of [
        ['acceptance', { quotes: [mine.quote('brandt')] }],
        ['decline', mine.quote('brandt')],
        ['revision', { enquiryId: (await mine.enquiryOf('brandt')).id, message: 'x' }],
      ] as const) {
        expect((await stranger.post(`${mine.path}/${action}`, body)).status).toBe(404);
      }
      expect((await stranger.get(`${mine.path}/comparison`)).status).toBe(404);
    }
  });

  it('needs a page of ours, unless it comes by the follow link', async () => {
    const { request, buyer, path, quote } = await answered({ brandt: [] });
    const body = { quotes: [quote('brandt')] };
    const foreign = await buyer.post(`${path}/acceptance`, body, { origin: 'https://evil.example' });
    expect([foreign.status, foreign.body.code]).toEqual([403, 'foreign_origin']);
    const token = service.ctx.links.issue('follow', request.id, 1);
    const followed = await vendor.post(`/api/follow/${token}/acceptance`, body);
    expect([followed.status, followed.body.status]).toEqual([200, 'accepted']);
  });
});

describe('declining', () => {
  it('ends the vendor’s part, with the reason in its thread, and is harmless twice', async () => {
    const { request, buyer, path, quote, enquiryOf } = await answered({ brandt: [], wisla: [] });
    const decline = () => buyer.post(`${path}/decline`, { ...quote('brandt'), reason: ' Too late ' });
    expect((await decline()).status).toBe(200);
    expect((await decline()).status).toBe(200);
    const enquiry = await enquiryOf('brandt');
    expect(enquiry).toMatchObject({
      status: 'lost',
      quotes: [{ status: 'declined' }],
      messages: [{ author: 'buyer', authorName: jana.name, kind: 'decline', text: 'Too late' }],
    });
    expect(enquiry.can).toMatchObject({ accept: false, decline: false, askRevision: false });
    const outcomes = await mailsOf(request, 'outcome');
    expect(outcomes.map((mail) => [mail.to_email, mail.content['outcome']])).toEqual([
      [world.mail.brandt, 'lost'],
      [world.mail.katrin, 'lost'],
    ]);
    const accepted = await buyer.post(`${path}/acceptance`, { quotes: [quote('brandt')] });
    expect([accepted.status, accepted.body.code]).toEqual([409, 'quote_declined']);
    const token = await linkOf(service, request.id, world.mail.brandt);
    expect((await answer(vendor, token, [{ price: '1' }])).body.code).toBe('enquiry_closed');
  });

  it('is refused once lines of the quote were accepted, and for an older version', async () => {
    const { request, buyer, path, quote, accept, first } = await answered({ brandt: [], wisla: [] });
    await accept({ ...quote('brandt'), lineIds: [first] });
    expect((await buyer.post(`${path}/decline`, quote('brandt'))).body.code).toBe('enquiry_closed');
    const token = await linkOf(service, request.id, world.mail.wisla);
    await answer(vendor, token, [{ price: '150' }]);
    expect((await buyer.post(`${path}/decline`, quote('wisla'))).body.code).toBe('quote_superseded');
    expect((await buyer.post(`${path}/decline`, { quoteId: 'nonsense' })).status).toBe(404);
  });
});

describe('asking for a change', () => {
  it('reaches everybody of that vendor and waits for a new version', async () => {
    const { request, buyer, path, enquiryOf, quote, accept } = await answered({ brandt: [] });
    const { id: enquiryId } = await enquiryOf('brandt');
    const asked = await buyer.post(`${path}/revision`, { enquiryId, message: 'Cheaper from 20 pieces?' });
    expect(asked.status).toBe(200);
    const enquiry = await enquiryOf('brandt');
    expect(enquiry).toMatchObject({
      status: 'revision_asked',
      messages: [{ kind: 'revision', text: 'Cheaper from 20 pieces?' }],
    });
    expect((await mailsOf(request, 'revision-asked')).map((mail) => mail.to_email)).toEqual([
      world.mail.brandt,
      world.mail.katrin,
    ]);
    const token = await linkOf(service, request.id, world.mail.brandt);
    await answer(vendor, token, [{ price: '32' }], { validUntil: dayFrom(service, 5) });
    expect((await enquiryOf('brandt')).status).toBe('answered');
    expect((await accept(quote('brandt'))).body.code).toBe('quote_superseded');
  });

  it('is not possible before there is an answer, nor after the decision', async () => {
    const { buyer, path, enquiryOf, accept, quote } = await answered({ brandt: [] });
    const ask = async (name: Vendor) =>
      buyer.post(`${path}/revision`, { enquiryId: (await enquiryOf(name)).id, message: 'Please' });
    expect((await ask('wisla')).body.code).toBe('revision_not_possible');
    await accept(quote('brandt'));
    expect((await ask('brandt')).body.code).toBe('revision_not_possible');
    expect((await buyer.post(`${path}/revision`, { enquiryId: 'nobody', message: 'x' })).status).toBe(404);
    const blank = await buyer.post(`${path}/revision`, { enquiryId: 'nobody', message: '  ' });
    expect(codesOf(blank)).toEqual(['message format']);
  });
});

describe('a later mail', () => {
  it('brings its reader the same link, behind which the draft is waiting', async () => {
    const { buyer, request, path, enquiryOf } = await answered({ brandt: [] });
    const link = await linkOf(service, request.id, world.mail.katrin);
    await vendor.put(`/api/enquiry-links/${link}/draft`, { 'lines.0.unitPrice': '31,' });
    await service.drain();
    const { id: enquiryId } = await enquiryOf('brandt');
    await buyer.post(`${path}/revision`, { enquiryId, message: 'Cheaper?' });
    await service.drain();
    const mail = service.mail.to(world.mail.katrin).at(-1);
    expect(mail?.text).toContain('Cheaper?');
    expect(tokenFor(service, world.mail.katrin, 'e')).toBe(link);
    expect((await vendor.get(`/api/enquiry-links/${link}`)).body).toMatchObject({
      status: 'revision_asked',
      recipient: { name: 'Katrin Vogel' },
      draft: { body: { 'lines.0.unitPrice': '31,' } },
    });
  });
});

describe('the comparison', () => {
  it('lays lines against vendors, in few statements, by cookie and by link alike', async () => {
    const { request, buyer, path, quote, first, second } = await answered({
      brandt: [
        { price: '34', days: 4 },
        { price: '0.0019', days: 9 },
      ],
      sever: [{ price: '3900.50', days: 2 }],
    });
    const query = `?choose=price&pick=${second}:${quote('brandt').quoteId}&currency=EUR`;
    let body;
    const statements = await service.countStatements(async () => {
      body = (await buyer.get(`${path}/comparison${query}`)).body;
    });
    expect(statements).toBeLessThanOrEqual(8);
    const token = service.ctx.links.issue('follow', request.id, 1);
    expect((await vendor.get(`/api/follow/${token}/comparison${query}`)).body).toEqual(body);
    expect(body).toMatchObject({
      currency: 'EUR',
      ratesOf: '2025-11-21',
      rows: [
        {
          lineId: first,
          cells: expect.arrayContaining([expect.objectContaining({ lowest: true, chosen: true })]),
        },
        { lineId: second },
      ],
      choice: {
        lines: 2,
        openLines: 0,
        totals: [
          { amount: '39005.00', currency: 'RSD' },
          { amount: '0.19', currency: 'EUR' },
        ],
        convertedTotal: { amount: '333.00', currency: 'EUR' },
        longestLeadTimeDays: 9,
      },
    });
  });
});

describe('statements', () => {
  it('of answering and accepting don’t grow with the lines', async () => {
    const many: WantedLine[] = Array.from({ length: 40 }, () => threeVendors).flat();
    const counts = [];
    for (const lines of [threeVendors, many]) {
      const { request, buyer, path } = await answered({}, lines);
      const token = await linkOf(service, request.id, world.mail.brandt);
      let quoteId = '';
      const answering = await service.countStatements(async () => {
        quoteId = (await answer(vendor, token, [], { validUntil: dayFrom(service, 9) })).body.id;
      });
      const accepting = await service.countStatements(() =>
        buyer.post(`${path}/acceptance`, { quotes: [{ quoteId }] }),
      );
      counts.push({ answering, accepting });
    }
    expect(counts[1]).toEqual(counts[0]);
  });
});

describe('the buyer’s digest', () => {
  it('tells in one mail of answers that come close together, then of what came since', async () => {
    const { request } = await answered({ sever: [], brandt: [] });
    const digests = () => mailsOf(request, 'answer-digest');
    const waiting = async () =>
      (
        await service.ctx.sql`
          select 1 from pgboss.job where name = 'answer-digest' and state = 'created'
            and singleton_key = ${request.id} and start_after > now() + interval '30 seconds'`
      ).length;
    expect(await waiting()).toBe(1);
    await service.drain({ includeLater: true });
    expect((await digests()).map((mail) => (mail.content['quoteIds'] as string[]).length)).toEqual([2]);
    const token = await linkOf(service, request.id, world.mail.sever);
    const second = await answer(vendor, token, [{ price: '4100' }]);
    const third = await answer(vendor, token, [{ price: '4000' }]);
    expect(second.status).toBe(201);
    await service.drain({ includeLater: true });
    expect((await digests()).map((mail) => mail.content['quoteIds']).slice(1)).toEqual([[third.body.id]]);
    await service.ctx.db.transaction((tx) =>
      service.ctx.jobs.enqueue(tx, { name: 'answer-digest' } as never, [{ requestId: request.id }]),
    );
    await service.drain({ includeLater: true });
    expect(await digests()).toHaveLength(2);
    expect(service.mail.to(jana.email).length).toBeGreaterThanOrEqual(2);
  });
});

describe('the thread', () => {
  it('carries the vendor’s words to the buyer by mail, and opens the enquiry', async () => {
    const { request, enquiryOf } = await answered({});
    const token = await linkOf(service, request.id, world.mail.katrin);
    const sent = await vendor.post(`/api/enquiry-links/${token}/messages`, {
      text: ' With or\r\nwithout cable? ',
    });
    expect(sent.status).toBe(201);
    const enquiry = await enquiryOf('brandt');
    expect(enquiry.status).toBe('opened');
    expect(enquiry.messages).toEqual([sent.body]);
    expect(sent.body).toMatchObject({
      author: 'vendor',
      authorName: 'Katrin Vogel',
      text: 'With or\nwithout cable?',
    });
    expect((await mailsOf(request, 'buyer-message')).map((mail) => [mail.to_email, mail.content])).toEqual([
      [jana.email, { messageId: sent.body.id }],
    ]);
    const other = await enquiryOf('wisla');
    expect(other.messages).toEqual([]);
  });
});

it('every time is the clock’s', async () => {
  const { quote, accept, request } = await answered({ brandt: [] });
  service.clock.advance(hourMs);
  await accept(quote('brandt'));
  const [row] = await service.ctx.sql<{ later: boolean }[]>`
    select accepted_at > now() + interval '30 minutes' as later from accepted_lines a
    join request_lines l on l.id = a.request_line_id where l.request_id = ${request.id} limit 1`;
  expect(row?.later).toBe(true);
});
