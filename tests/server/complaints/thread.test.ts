import { describe, expect, test } from 'vitest';
import { complaintStatuses } from '#server/common/enums/complaints.ts';
import { complaintActions, complaintActors, complaintTransitions } from '#server/complaints/rules.ts';
import { sendReminders } from '#server/complaints/reminding.ts';
import { type Answer, type Client, stillClock } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { pdf, uploadFile } from '../uploads/files.ts';
import { chargedCall, file, people } from './people.ts';

// A Wednesday.
const { service, world } = await startWithWorld({ clock: stillClock(new Date('2026-12-02T10:00:00Z')) });
const cast = await people(service, world);
const { buyer, otherBuyer, manager, agent, otherManager, staff } = cast;

const callOfBuyer = () => chargedCall(service, world, cast.buyerId, 200n);
const filed = async (body: object = {}) => {
  // Far more than a person files.
  await service.ctx.sql`delete from limit_counters`;
  return (await file(buyer, { type: 'call', id: await callOfBuyer() }, body)).body.id as string;
};
const at = (id: string, verb = '') => `/api/complaints/${id}${verb && `/${verb}`}`;
const mailedTo = async (address: string) => {
  await service.drain();
  return service.mail.to(address);
};

const verbs: Record<string, (client: Client, id: string) => Promise<Answer<any>>> = {
  message: (client, id) => client.post(at(id, 'messages'), { text: 'Hello' }),
  note: (client, id) => client.post(at(id, 'notes'), { text: 'Between us' }),
  review: (client, id) => client.post(at(id, 'review')),
  resolve: (client, id) => client.post(at(id, 'decision'), { decision: 'resolved', reason: 'You are right' }),
  reject: (client, id) => client.post(at(id, 'decision'), { decision: 'rejected', reason: 'You are not' }),
  withdraw: (client, id) => client.post(at(id, 'withdrawal')),
};

describe('filing a complaint', () => {
  test('begins with its subject, categories and wishes, and is mailed to all sides in their languages', async () => {
    const id = await callOfBuyer();
    const form = await buyer.get(`/api/complaint-subjects?type=call&id=${id}`);
    expect(form.body).toMatchObject({
      subject: { type: 'call', title: 'Servo motor 0.75 kW', number: 'MOT-7', seconds: 120 },
      vendors: [{ name: 'Elektro Sever' }],
      wishes: ['answer', 'refund'],
    });
    const { status, body } = await file(buyer, { type: 'call', id });
    expect({ status, body }).toEqual({
      status: 201,
      body: { id: expect.any(String), number: expect.stringMatching(/^CO-26-\d{5}$/), status: 'open' },
    });
    await service.drain();
    const subjects = [
      'buyer@complaints.example',
      'manager@complaints.example',
      'staff@complaints.example',
      world.mail.sever,
    ].map((address) => service.mail.to(address).at(-1)?.subject);
    expect(subjects).toEqual([
      `Complaint ${body.number}: Complaint filed`,
      `Reklamacija ${body.number}: Reklamacija podneta`,
      `Complaint ${body.number}: Complaint filed`,
      `Reklamacija ${body.number}: Reklamacija podneta`,
    ]);
  });

  test('happens once per key, and without one is refused while one of theirs about the same is open', async () => {
    const subject = { type: 'call', id: await callOfBuyer() };
    const key = { 'idempotency-key': 'once' };
    const [one, two] = await Promise.all([file(buyer, subject, {}, key), file(buyer, subject, {}, key)]);
    expect([one.status, two.status, two.body.id]).toEqual([201, 201, one.body.id]);
    const other = await file(buyer, subject, { text: 'Something else' }, key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    const again = await Promise.all([file(buyer, subject), file(buyer, subject)]);
    expect(again.map(({ status, body }) => [status, body.code])).toEqual(
      again.map(() => [409, 'complaint_open']),
    );
    await verbs['withdraw']!(buyer, one.body.id);
    const refiled = await Promise.all([file(buyer, subject), file(buyer, subject)]);
    expect(refiled.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });

  test('needs a login, and something of the own', async () => {
    const subject = { type: 'call', id: await callOfBuyer() };
    expect((await file(service.visitor(), subject)).status).toBe(401);
    expect((await file(manager, subject)).status).toBe(403);
    const missing = { type: 'call', id: '01926d3a-7b1c-7def-8123-456789abcdef' };
    const [foreign, absent] = [await file(otherBuyer, subject), await file(otherBuyer, missing)];
    expect([foreign.status, foreign.body]).toEqual([404, absent.body]);
    const { products } = world;
    const several = await file(buyer, { type: 'product', id: products.sensor }, { category: 'quality' });
    expect(several.body.errors[0]).toMatchObject({ path: 'vendorId', code: 'vendor_needed' });
    const named = { category: 'quality', vendorId: world.vendors.brandt };
    expect((await file(buyer, { type: 'product', id: products.sensor }, named)).status).toBe(201);
    expect((await file(buyer, { type: 'product', id: products.motor })).status).toBe(201);
    const unknownField = await file(buyer, subject, { status: 'resolved' });
    expect([unknownField.status, unknownField.body.errors[0].path]).toEqual([422, 'status']);
  });

  test('is about an enquiry of the buyer, and about an order once something is ordered', async () => {
    const line = { productId: world.products.sensor, quantity: 4, offerIds: [world.offers.sensorSever] };
    await buyer.post('/api/solutions/current/lines', line);
    const { id: solutionId } = (await buyer.get('/api/solutions/current')).body;
    const contact = { name: 'Jana', email: 'jana@morava.example' };
    const key = { 'idempotency-key': crypto.randomUUID() };
    const request = (await buyer.post('/api/requests', { solutionId, kind: 'quote', contact }, key)).body;
    const { id } = request.enquiries[0];
    expect((await file(buyer, { type: 'order', id })).body.errors[0].code).toBe('not_an_order');
    expect((await file(otherBuyer, { type: 'enquiry', id })).status).toBe(404);
    expect((await file(buyer, { type: 'enquiry', id }, { category: 'late' })).status).toBe(201);
    await service.ctx.sql`update enquiries set status = 'accepted' where id = ${id}`;
    const order = await file(buyer, { type: 'order', id }, { category: 'damaged' });
    expect((await buyer.get(at(order.body.id))).body.subject).toMatchObject({ number: request.number });
  });
});

describe('a thread', () => {
  test('shows each side its own messages, and mails no note to the buyer', async () => {
    const id = await filed();
    await manager.post(at(id, 'messages'), { text: 'We look into it.' });
    await manager.post(at(id, 'notes'), { text: 'Our agent was new.' });
    await staff.post(at(id, 'notes'), { text: 'Watch this partner.', audience: 'staff' });
    const texts = async (client: Client) =>
      (await client.get(at(id))).body.messages.map(({ text }: { text: string }) => text);
    const everyone = ['It still does not work.', 'We look into it.'];
    expect(await texts(buyer)).toEqual(everyone);
    expect(await texts(manager)).toEqual([...everyone, 'Our agent was new.']);
    expect(await texts(agent)).toEqual([...everyone, 'Our agent was new.']);
    expect(await texts(staff)).toEqual([...everyone, 'Our agent was new.', 'Watch this partner.']);
    const mails = (await mailedTo('buyer@complaints.example'))
      .map(({ text = '', html = '' }) => text + html)
      .join();
    expect(mails).toContain('We look into it.');
    expect(mails).not.toMatch(/agent was new|Watch this/);
    const toVendor = (await mailedTo('manager@complaints.example')).map(({ text }) => text).join();
    expect(toVendor).not.toContain('Watch this');
  });

  test('does not exist for others', async () => {
    const id = await filed();
    for (const [verb, send] of Object.entries(verbs)) {
      const ofBuyers = complaintActors[verb as 'note'].includes('buyer');
      const ofVendors = complaintActors[verb as 'note'].includes('vendor');
      expect((await send(otherBuyer, id)).status, verb).toBe(ofBuyers ? 404 : 403);
      expect((await send(otherManager, id)).status, verb).toBe(ofVendors ? 404 : 403);
      expect((await send(service.visitor(), id)).status, verb).toBe(401);
    }
    const missing = await otherBuyer.get(at('01926d3a-7b1c-7def-8123-456789abcdef'));
    expect(await otherBuyer.get(at(id))).toMatchObject({ status: 404, body: missing.body });
    const ids = (await otherManager.get('/api/complaints')).body.items.map((item: { id: string }) => item.id);
    expect(ids).not.toContain(id);
    expect((await manager.get('/api/complaints?open=true')).body.items.length).toBeGreaterThan(0);
  });

  test('gives files to who reads the message, and to nobody else', async () => {
    const upload = async (client: Client) =>
      (await uploadFile(client, service.url, { name: 'a.pdf', content: pdf })).body.id as string;
    const evidence = await upload(buyer);
    const id = await filed({ uploads: [evidence] });
    const internal = await upload(manager);
    await manager.post(at(id, 'notes'), { text: 'See', uploads: [internal] });
    const status = async (client: Client, file: string) => (await client.get(`/api/uploads/${file}`)).status;
    const seen = async (file: string) =>
      Promise.all([buyer, manager, agent, staff, otherBuyer, otherManager].map((who) => status(who, file)));
    expect(await seen(evidence)).toEqual([200, 200, 200, 200, 404, 404]);
    expect(await seen(internal)).toEqual([404, 200, 200, 200, 404, 404]);
    const { items } = (await staff.get(`/api/staff/audit?subject=${id}`)).body;
    const audited = items.filter(({ action }: { action: string }) => action === 'complaint.file-read');
    expect(audited).toHaveLength(2);
    const again = await file(buyer, { type: 'call', id: await callOfBuyer() }, { uploads: [evidence] });
    expect(again.body.errors[0]).toMatchObject({ path: 'uploads.0', code: 'upload_not_found' });
  });
});

describe('the states of a complaint', () => {
  const sides = { buyer: [buyer], vendor: [manager, agent], staff: [staff] };
  const inStatus = async (status: string) => {
    const id = await filed();
    if (status !== 'open')
      await service.ctx.sql`
        update complaints set status = ${status},
          decision = ${status === 'resolved' || status === 'rejected' ? status : null},
          reason = ${status === 'resolved' || status === 'rejected' ? 'So' : null},
          decided_by = ${status === 'resolved' || status === 'rejected' ? 'staff' : null},
          due_at = null, remind_at = null where id = ${id}`;
    return id;
  };

  test.each(complaintStatuses)(
    'let every side do in "%s" what the table says, and nothing else',
    async (status) => {
      for (const action of complaintActions) {
        for (const [side, clients] of Object.entries(sides)) {
          for (const client of clients) {
            const id = await inStatus(status);
            const answer = await verbs[action]!(client, id);
            const isTheirs = complaintActors[action].includes(side as 'buyer');
            const next = complaintTransitions[status][action];
            const expected = isTheirs ? (next ? 200 : 409) : 403;
            expect(`${action} by ${side}: ${answer.status}`).toBe(`${action} by ${side}: ${expected}`);
            if (expected === 200) expect(answer.body.status).toBe(next);
          }
        }
      }
    },
  );

  test('are left once by two decisions at a time', async () => {
    const id = await filed();
    const answers = await Promise.all([verbs['resolve']!(manager, id), verbs['reject']!(staff, id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  test('are shown as what the reader may do', async () => {
    const id = await filed();
    expect((await buyer.get(at(id))).body.can).toEqual({
      ...{ message: true, note: false, review: false, decide: false, withdraw: true },
    });
    expect((await agent.get(at(id))).body.can).toEqual({
      ...{ message: true, note: true, review: true, decide: true, withdraw: false },
    });
    expect((await buyer.get(at(id))).body.buyer).toBeNull();
  });
});

describe('the deadlines of a complaint', () => {
  test('are working days, with a reminder the day before, and at the end also to staff', async () => {
    const begin = service.clock.now();
    // Nothing is to be mailed about the others.
    await service.ctx.sql`delete from pgboss.job`;
    await service.ctx.sql`update complaints set remind_at = null`;
    const id = await filed();
    const { number, dueAt } = (await manager.get(at(id))).body;
    expect(dueAt).toBe('2026-12-04T10:00:00.000Z');
    const heard = async () => {
      await sendReminders(service.ctx);
      await service.drain();
      return ['manager', 'staff', 'buyer'].map(
        (who) =>
          service.mail
            .to(`${who}@complaints.example`)
            .filter(({ subject = '' }) => subject.includes(number) && !/filed|podneta/.test(subject)).length,
      );
    };
    service.clock.set(new Date('2026-12-03T09:59:00Z'));
    expect(await heard()).toEqual([0, 0, 0]);
    service.clock.set(new Date('2026-12-03T10:00:00Z'));
    expect(await heard()).toEqual([1, 0, 0]);
    expect(await heard()).toEqual([1, 0, 0]);
    service.clock.set(new Date('2026-12-04T10:00:01Z'));
    expect(await heard()).toEqual([2, 1, 0]);
    service.clock.advance(5 * 86_400_000);
    expect(await heard()).toEqual([2, 1, 0]);
    // The manager's session has ended meanwhile.
    expect((await buyer.get(at(id))).body.isOverdue).toBe(true);
    service.clock.set(begin);
    Object.assign(cast, await people(service, world));
  });

  test('begin again when it is taken up, with ten working days', async () => {
    const id = await filed();
    expect((await cast.manager.post(at(id, 'review'))).body.dueAt).toBe('2026-12-16T10:00:00.000Z');
    expect(
      (await cast.manager.post(at(id, 'decision'), { decision: 'rejected', reason: 'No' })).body.dueAt,
    ).toBeNull();
  });
});

describe("the partner's link", () => {
  test('answers without an account, for its complaint alone', async () => {
    const id = await filed();
    const other = await filed();
    await service.drain();
    const { number } = (await buyer.get(at(other))).body;
    const link = (await mailedTo(world.mail.sever))
      .find(({ subject }) => subject?.includes(number))!
      .links.find((url) => url.includes('/complaints/'))!;
    const token = link.split('/').at(-1)!;
    const holder = service.outsider();
    const path = `/api/complaint-links/${token}`;
    expect((await holder.get(path)).body.id).toBe(other);
    const upload = await uploadFile(holder, service.url, { name: 'a.pdf', content: pdf }, `${path}/uploads`);
    const said = await holder.post(`${path}/messages`, { text: 'Sorry', uploads: [upload.body.id] });
    expect(said.body.messages.at(-1)).toMatchObject({
      author: 'vendor',
      name: 'Elektro Sever',
      text: 'Sorry',
    });
    expect((await holder.get(`${path}/uploads/${upload.body.id}`)).status).toBe(200);
    expect((await buyer.get(`/api/uploads/${upload.body.id}`)).status).toBe(200);
    expect((await holder.post(`${path}/review`)).status).toBe(200);
    const refund = { decision: 'resolved', reason: 'Yes', refundCredits: '1.00' };
    expect((await holder.post(`${path}/decision`, refund)).status).toBe(403);
    expect((await holder.post(`${path}/decision`, { decision: 'resolved', reason: 'Yes' })).status).toBe(200);
    expect((await buyer.get(at(id))).body.status).toBe('open');
    const wrong = await holder.get(`/api/complaint-links/${token.slice(0, -2)}xx`);
    expect([wrong.status, wrong.body.code]).toEqual([404, 'link_not_valid']);
    service.clock.advance(91 * 86_400_000);
    expect((await holder.get(path)).body.code).toBe('link_not_valid');
    await service.drain();
  });
});
