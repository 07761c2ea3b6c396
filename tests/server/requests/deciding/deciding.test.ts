import { describe, expect, test } from 'vitest';
import type { EnquiryByLink } from '#server/requests/answering/schema.ts';
import type { Request } from '#server/requests/schema.ts';
import { jana } from '../people.ts';
import { answer, codesOf, dayFrom, linkOf, linkPath } from '../answers.ts';
import { setUpRequests, type Vendor } from '../setup.ts';

const { service, world, vendor, sendAnswered, mailsAbout } = await setUpRequests();

describe('accepting', () => {
  test('lines of several quotes are accepted at once, and each vendor learns only its own part', async () => {
    const { request, accept, quote, first, second, seen } = await sendAnswered({
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
    const outcomes = await mailsAbout(request, 'outcome');
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
    const copies = await mailsAbout(request, 'acceptance-copy');
    expect(copies.map((mail) => mail.to_email)).toEqual([jana.email]);
  });

  test('a vendor that never answered reads that no answer is needed, not of a quote', async () => {
    const { request, accept, quote, first, second } = await sendAnswered({ sever: [], brandt: [] });
    await accept({ ...quote('sever'), lineIds: [first] }, { ...quote('brandt'), lineIds: [second] });
    const outcomes = await mailsAbout(request, 'outcome');
    const toWisla = outcomes.filter(({ to_email }) => to_email === world.mail.wisla);
    expect(toWisla.map(({ content }) => content['outcome'])).toEqual(['unanswered']);
    await service.drain();
    const about = service.mail
      .to(world.mail.wisla)
      .filter(({ subject }) => subject?.includes(request.number));
    const mail = about.find(({ subject }) => subject?.endsWith('no longer needs your answer'));
    expect(mail?.text).toContain('Your answer is no longer needed');
    expect(mail?.text).not.toMatch(/your quote|thank you for your answer/i);
  });

  test('a vendor whose whole offer is accepted has won, although it was asked for more', async () => {
    const { request, accept, quote } = await sendAnswered({ brandt: [{}, { decision: 'decline' }] });
    await accept(quote('brandt'));
    const outcomes = await mailsAbout(request, 'outcome');
    const toBrandt = outcomes.find(({ to_email }) => to_email === world.mail.brandt);
    expect(toBrandt?.content['outcome']).toBe('won');
  });

  test('a whole quote is accepted for the lines that it offers and that are still open', async () => {
    const { accept, quote, first, second, enquiryOf } = await sendAnswered({
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

  test('a repeated acceptance changes nothing and mails nobody again', async () => {
    const { request, accept, quote, first, second } = await sendAnswered({ brandt: [], wisla: [] });
    const once = await accept({ ...quote('brandt'), lineIds: [first] });
    const again = await accept({ ...quote('brandt'), lineIds: [first] });
    expect([again.status, again.body]).toEqual([200, once.body]);
    const more = await accept({ ...quote('brandt'), lineIds: [first, second] });
    expect([more.status, more.body.status]).toEqual([200, 'accepted']);
    expect((await accept(quote('brandt'))).status).toBe(200);
    const outcomes = await mailsAbout(request, 'outcome');
    expect(
      outcomes.filter((mail) => mail.to_email === world.mail.brandt).map((mail) => mail.content),
    ).toMatchObject([
      { outcome: 'won_in_part', lineIds: [first] },
      { outcome: 'won', lineIds: [first, second] },
    ]);
    // All lines of this quote were accepted from another one.
    const gone = await accept(quote('wisla'));
    expect([gone.status, gone.body.code]).toEqual([409, 'line_already_accepted']);
  });

  test('one line that is accepted from many quotes at once is accepted from exactly one', async () => {
    const { buyer, path, quote, first, seen } = await sendAnswered({ sever: [], brandt: [], wisla: [] });
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

  test('an acceptance with one wrong part is refused as a whole', async () => {
    const { accept, quote, first, second, seen, request } = await sendAnswered({
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
    // What says more than is understood must not bind to something else.
    const partly = { ...quote('brandt'), lines: [{ lineId: first, quantity: 1 }] };
    const less = await accept(partly);
    expect([less.status, ...codesOf(less)]).toEqual([422, 'quotes.0.lines not_allowed']);
    const after = await seen();
    expect(after.status).toBe('partly_answered');
    expect(after.lines.map((line) => line.acceptedQuoteId)).toEqual([null, null]);
    expect(await mailsAbout(request, 'outcome')).toEqual([]);
  });

  test('an acceptance of a superseded version or of an expired quote is refused', async () => {
    const { request, accept, quote, enquiryOf } = await sendAnswered({ brandt: [], sever: [] });
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

  test('nobody can decide on the request of another buyer, nor with quotes of another request', async () => {
    const mine = await sendAnswered({ brandt: [] });
    const other = await sendAnswered({ brandt: [] });
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

  test('an acceptance from another site is refused, one by the follow link is not', async () => {
    const { request, buyer, path, quote } = await sendAnswered({ brandt: [] });
    const body = { quotes: [quote('brandt')] };
    const foreign = await buyer.post(`${path}/acceptance`, body, { origin: 'https://evil.example' });
    expect([foreign.status, foreign.body.code]).toEqual([403, 'foreign_origin']);
    const token = service.ctx.links.issue('follow', request.id, 1);
    const followed = await vendor.post(`/api/follow/${token}/acceptance`, body);
    expect([followed.status, followed.body.status]).toEqual([200, 'accepted']);
  });
});

describe('declining', () => {
  test('a decline ends the vendor’s part, puts the reason into its thread, and is idempotent', async () => {
    const { request, buyer, path, quote, enquiryOf } = await sendAnswered({ brandt: [], wisla: [] });
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
    const outcomes = await mailsAbout(request, 'outcome');
    expect(outcomes.map((mail) => [mail.to_email, mail.content['outcome']])).toEqual([
      [world.mail.brandt, 'lost'],
      [world.mail.katrin, 'lost'],
    ]);
    const accepted = await buyer.post(`${path}/acceptance`, { quotes: [quote('brandt')] });
    expect([accepted.status, accepted.body.code]).toEqual([409, 'quote_declined']);
    const token = await linkOf(service, request.id, world.mail.brandt);
    expect((await answer(vendor, token, [{ price: '1' }])).body.code).toBe('enquiry_closed');
  });

  test('a decline is refused once lines of the quote were accepted, and for an older version', async () => {
    const { request, buyer, path, quote, accept, first } = await sendAnswered({ brandt: [], wisla: [] });
    await accept({ ...quote('brandt'), lineIds: [first] });
    expect((await buyer.post(`${path}/decline`, quote('brandt'))).body.code).toBe('enquiry_closed');
    const token = await linkOf(service, request.id, world.mail.wisla);
    await answer(vendor, token, [{ price: '150' }]);
    expect((await buyer.post(`${path}/decline`, quote('wisla'))).body.code).toBe('quote_superseded');
    expect((await buyer.post(`${path}/decline`, { quoteId: 'nonsense' })).status).toBe(404);
  });
});

describe('what an order needs besides its lines', () => {
  const details = {
    company: 'Morava Pack a.s.',
    delivery: { place: 'Vídeňská 5, Brno', country: 'CZ' },
    billing: { place: 'Účetní 1, Praha', country: 'CZ' },
  };

  test('an acceptance brings the addresses that the request lacked, and only the winner sees them', async () => {
    const { request, buyer, path, quote, seen } = await sendAnswered({ sever: [], brandt: [] });
    // The company came with the request.
    expect(request.orderDetails).toEqual({
      ...{ company: 'Morava Pack', delivery: {} },
      missing: ['delivery.place', 'delivery.country'],
    });
    const half = { ...details, billing: { country: 'CZ' } };
    const refused = await buyer.post(`${path}/acceptance`, { quotes: [quote('brandt')], ...half });
    expect([refused.status, codesOf(refused)]).toEqual([422, ['billing.place required']]);
    const nowhere = { delivery: { country: 'ZZ' }, billing: { place: 'Praha', country: 'QQ' } };
    const unknown = await buyer.post(`${path}/acceptance`, { quotes: [quote('brandt')], ...nowhere });
    expect(codesOf(unknown)).toEqual(['delivery.country format', 'billing.country format']);
    const accepted = await buyer.post<Request>(`${path}/acceptance`, {
      quotes: [quote('brandt')],
      ...details,
    });
    const known = { ...details, company: 'Morava Pack', missing: [] };
    expect([accepted.status, accepted.body.orderDetails]).toEqual([200, known]);
    expect(accepted.body.ordered).toMatchObject([
      { vendor: { name: 'Brandt Industrietechnik' }, totals: [{ amount: '351.85', currency: 'EUR' }] },
    ]);
    await service.drain({ includeLater: true });
    const subject = `${request.number}: Morava Pack accepted your quote`;
    const won = service.mail.to(world.mail.brandt).find((mail) => mail.subject === subject);
    expect(won?.text).toMatch(/Deliver to\s*:?\s*Vídeňská 5, Brno, Czechia/);
    expect(won?.text).toMatch(/Invoice to\s*:?\s*Účetní 1, Praha, Czechia/);
    const viewOf = async (address: string) =>
      (await vendor.get<EnquiryByLink>(linkPath(await linkOf(service, request.id, address)))).body.request;
    expect((await viewOf(world.mail.brandt)).orderDetails).toEqual(known);
    expect((await viewOf(world.mail.sever)).orderDetails).toBeUndefined();
    expect((await viewOf(world.mail.wisla)).orderDetails).toBeUndefined();
    expect((await seen()).delivery).toEqual({});
  });

  test('an acceptance without addresses still works, and later ones do not change what is known', async () => {
    const { accept, buyer, path, quote, first, second } = await sendAnswered({ brandt: [] });
    const one = await accept({ ...quote('brandt'), lineIds: [first] });
    expect([one.status, one.body.orderDetails.missing]).toEqual([
      200,
      ['delivery.place', 'delivery.country'],
    ]);
    const next = { quotes: [{ ...quote('brandt'), lineIds: [second] }], delivery: details.delivery };
    expect((await buyer.post<Request>(`${path}/acceptance`, next)).body.orderDetails.missing).toEqual([]);
    const moved = { ...next, delivery: { place: 'Elsewhere', country: 'DE' } };
    const again = await buyer.post<Request>(`${path}/acceptance`, moved);
    expect(again.body.orderDetails.delivery).toEqual(details.delivery);
  });
});

test('ids may be written in upper case', async () => {
  const { request, buyer, enquiryOf, quote, first, second } = await sendAnswered({ brandt: [], wisla: [] });
  const path = `/api/requests/${request.id.toUpperCase()}`;
  const { id } = await enquiryOf('wisla');
  const revision = { enquiryId: id.toUpperCase(), message: 'Cheaper?' };
  expect((await buyer.post(`${path}/revision`, revision)).status).toBe(200);
  const quoteId = quote('brandt').quoteId.toUpperCase();
  const lineIds = [first.toUpperCase(), second.toUpperCase()];
  const accepted = await buyer.post(`${path}/acceptance`, { quotes: [{ quoteId, lineIds }] });
  expect([accepted.status, accepted.body.status]).toEqual([200, 'accepted']);
  const other = await sendAnswered({ wisla: [] });
  const declined = await other.buyer.post(`${other.path}/decline`, {
    quoteId: other.quote('wisla').quoteId.toUpperCase(),
  });
  expect(declined.status).toBe(200);
  expect((await other.enquiryOf('wisla')).status).toBe('lost');
});
