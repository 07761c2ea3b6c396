import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callRatings } from '#db/tables/ratings.ts';
import * as desks from '#server/desk/service.ts';
import * as presence from '#server/presence/service.ts';
import { addCall, addCallBack, addBuyer, type Desks, look, openDesks } from './desks.ts';

let all: Desks;
beforeAll(async () => {
  all = await openDesks();
});
afterAll(() => all.service.end());
beforeEach(() => all.reset());

const ago = (seconds: number) => all.ago(seconds);
const ahead = (seconds: number) => all.ago(-seconds);
const sensor = (at = all.now()) => ({
  vendorId: all.world.vendors.sever,
  offerId: all.world.offers.sensorSever,
  at,
});
const motor = (at = all.now()) => ({
  vendorId: all.world.vendors.sever,
  offerId: all.world.offers.motorSever,
  at,
});

describe('the call an agent is in', () => {
  const ringing = async (more: Parameters<typeof addCall>[2] = {}) =>
    addCall(all.service.ctx.db, sensor(), { ...more }, [
      { agentId: all.ids.milan, ringingAt: ago(6), status: 'ringing' },
    ]);

  test('the desk shows who calls, about what, at which terms, and how long it still rings', async () => {
    const id = await ringing({ phone: '+381631234518' });
    const { call } = await look(all.pages.milan);
    expect(call).toMatchObject({
      ...{ id, phase: 'ringing', kind: 'sales', isCallBack: false, shared: null, earlier: [], note: null },
      caller: { name: null, maskedPhone: '+381 63 •• •• 18', locale: 'sr' },
      offerId: all.world.offers.sensorSever,
      product: { id: all.world.products.sensor, code: '6ES-100', slug: 'inductive-sensor-m12-pnp' },
      own: { sku: 'ES-S1', stock: 40, unit: 'piece', price: { amount: '4500.00', currency: 'RSD' } },
      can: { decline: true, hangUp: false, extendWrapUp: false, finishWrapUp: false },
    });
    expect(Date.parse(call?.ringsUntil ?? '') - all.now().getTime()).toBeGreaterThan(10_000);
    expect((await look(all.pages.nikola)).call).toBeNull();
    expect((await look(all.pages.katrin)).call).toBeNull();
  });

  test('the desk names the next agent: free, responsible, not tried yet, and none for a call-back', async () => {
    const free = (id: number) => presence.declareMany(all.service.ctx.db, [id], ahead(3600), all.now());
    await free(all.ids.ivana);
    await ringing();
    expect((await look(all.pages.milan)).call?.nextAgent).toBeNull();
    await free(all.ids.nikola);
    expect((await look(all.pages.milan)).call?.nextAgent).toBeNull();
    await all.service.ctx.db.execute(sql`update calls set offer_id = ${all.world.offers.motorSever}::bigint`);
    expect((await look(all.pages.milan)).call?.nextAgent).toEqual({ name: 'Nikola Jovanović' });
    const callBackId = await addCallBack(all.service.ctx.db, motor());
    await all.service.ctx.db.execute(sql`update calls set call_back_id = ${callBackId}::uuid`);
    expect((await look(all.pages.milan)).call).toMatchObject({ isCallBack: true, nextAgent: null });
  });

  test('shared lines are those of this vendor, at the prices of their quantities, until the call ends', async () => {
    const buyer = all.service.visitor();
    const { sensorSever, sensorBrandt, cableBrandt } = all.world.offers;
    const line = (productId: string, quantity: number, offerIds: string[], note = '') =>
      buyer.post('/api/solutions/current/lines', { productId, quantity, offerIds, note });
    await line(all.world.products.sensor, 10, [sensorSever, sensorBrandt], 'Same batch');
    await line(all.world.products.cable, 100, [cableBrandt]);
    const solution = (await buyer.get('/api/solutions/current')).body;
    const [owner] = await all.service.ctx.sql`select buyer_id from solutions where id = ${solution.id}`;
    const buyerId = String(owner?.buyer_id);
    await ringing({ state: 'bridged', answeredAt: ago(30), sharedSolutionId: solution.id, buyerId });
    await all.service.ctx.db.execute(sql`update call_legs set result = 'accepted'`);
    const { shared, ...call } = (await look(all.pages.milan)).call ?? {};
    expect(call).toMatchObject({ phase: 'talking', can: { decline: false, hangUp: true } });
    expect(shared).toEqual({
      solutionId: solution.id,
      name: '',
      lines: [
        {
          ...{ id: solution.lines[0].id, code: '6ES-100', name: 'Inductive sensor M12, PNP', sku: 'ES-S1' },
          ...{ quantity: 10, unit: 'piece', note: 'Same batch' },
          listTotal: { amount: '45000.00', currency: 'RSD' },
        },
      ],
      total: { amount: '45000.00', currency: 'RSD' },
    });
    expect(await all.service.countStatements(() => look(all.pages.milan))).toBeLessThanOrEqual(10);
    expect((await desks.deskTopic(all.service.ctx, all.ids.milan))?.dependsOn).toContain(
      `solution:${solution.id}`,
    );
    // Of another visitor nothing is shown, whatever a row says.
    const stranger = await addBuyer(all.service.ctx.db);
    await all.service.ctx.sql`update calls set buyer_id = ${stranger}`;
    expect((await look(all.pages.milan)).call?.shared).toBeNull();
    await all.service.ctx.sql`update calls set buyer_id = ${buyerId}`;
    await all.service.ctx.db.execute(sql`update calls set state = 'settling'`);
    expect((await look(all.pages.milan)).call).toMatchObject({ phase: 'wrap_up', shared: null });
  });

  test('the desk shows earlier conversations of this number or buyer with this vendor only', async () => {
    const phone = '+381631234518';
    const buyerId = await addBuyer(all.service.ctx.db);
    const over = (seconds: number, more: object) => ({
      ...{ state: 'closed', outcome: 'completed', answeredAt: ago(seconds), endedAt: ago(seconds - 60) },
      ...{ talkSeconds: 60, ...more },
    });
    const leg = { agentId: all.ids.ivana, result: 'accepted' as const, releasedAt: ago(60) };
    const add = (about: ReturnType<typeof sensor>, call: object, agentId = all.ids.ivana) =>
      addCall(all.service.ctx.db, about, call, [{ ...leg, agentId }]);
    await add(sensor(), over(5000, { phone, agentNote: 'Wants two parts' }));
    await add(sensor(), over(4000, { buyerId }));
    await add(sensor(), over(3000, {}));
    const brandt = {
      vendorId: all.world.vendors.brandt,
      offerId: all.world.offers.sensorBrandt,
      at: all.now(),
    };
    await add(brandt, over(2000, { phone }), all.ids.katrin);
    await ringing({ phone, buyerId });
    const { call } = await look(all.pages.milan);
    expect(call?.earlier.map(({ agentName, talkSeconds, note }) => [agentName, talkSeconds, note])).toEqual([
      ['Ivana Kostić', 60, null],
      ['Ivana Kostić', 60, 'Wants two parts'],
    ]);
  });

  test('note and countdown follow the server until the wrap-up is over', async () => {
    await ringing({
      ...{ state: 'closed', outcome: 'completed', answeredAt: ago(90), endedAt: ago(10), talkSeconds: 80 },
      agentNote: 'Two parts',
    });
    const until = ahead(20);
    const wrapUp = (extended: boolean) =>
      all.service.ctx.db.execute(sql`update call_legs set result = 'accepted', wrap_up_extended = ${extended},
        pinned_until = ${until.toISOString()}::timestamptz`);
    await wrapUp(false);
    expect((await look(all.pages.milan)).call).toMatchObject({
      ...{ phase: 'wrap_up', note: 'Two parts', wrapUpUntil: until.toISOString(), talkSeconds: 80 },
      can: { decline: false, hangUp: false, extendWrapUp: true, finishWrapUp: true },
    });
    await wrapUp(true);
    expect((await look(all.pages.milan)).call?.can).toMatchObject({
      extendWrapUp: false,
      finishWrapUp: true,
    });
    await all.service.ctx.db.execute(sql`update call_legs set released_at = now()`);
    expect((await look(all.pages.milan)).call).toBeNull();
  });

  test('a call passed on to another agent leaves the desk, although the phone may still ring', async () => {
    await ringing({ state: 'agent_dialing' });
    await all.service.ctx.db.execute(sql`update call_legs set result = 'no_answer', poisoned = true`);
    expect((await look(all.pages.milan)).call).toBeNull();
  });
});

describe('ended calls', () => {
  const closed = (
    outcome: 'completed' | 'no_agent' | 'visitor_cancelled' | 'visitor_no_answer',
    more = {},
  ) => ({
    ...{ state: 'closed' as const, outcome, endedAt: all.now(), ...more },
  });
  const talked = { answeredAt: new Date(), talkSeconds: 80 };

  test('ended calls say how each went for this agent and count as today’s', async () => {
    const { db } = all.service.ctx;
    const released = { releasedAt: all.now() };
    await addCall(db, sensor(ago(400)), closed('completed', { ...talked, agentNote: 'Mine' }), [
      {
        ...{
          agentId: all.ids.milan,
          result: 'accepted',
          ringingAt: ago(400),
          answeredAt: ago(391),
          ...released,
        },
      },
    ]);
    await addCall(db, motor(ago(300)), closed('completed', { ...talked, agentNote: 'Not yours' }), [
      { agentId: all.ids.milan, result: 'no_answer', ...released },
      { agentId: all.ids.nikola, result: 'accepted', ...released },
    ]);
    await addCall(db, sensor(ago(200)), closed('no_agent'), [
      { agentId: all.ids.milan, result: 'declined', ...released },
    ]);
    await addCall(db, sensor(ago(100)), closed('visitor_no_answer'), [
      { agentId: all.ids.milan, result: 'accepted', ...released },
    ]);
    const { recent, missedUnseen, day } = await look(all.pages.milan);
    expect(recent.map(({ result, takenBy, note }) => [result, takenBy, note])).toEqual([
      ['not_connected', null, null],
      ['declined', null, null],
      ['missed', 'Nikola Jovanović', null],
      ['talked', null, 'Mine'],
    ]);
    expect(missedUnseen).toBe(1);
    expect(day).toMatchObject({ calls: 1, talkSeconds: 80, pickUpSeconds: 9, missed: 1, rating: null });
    expect((await look(all.pages.nikola)).recent).toMatchObject([{ result: 'talked', note: 'Not yours' }]);
    expect((await look(all.pages.katrin)).recent).toEqual([]);
  });

  test("calls of yesterday by the vendor’s clock don't count", async () => {
    all.service.clock.set(new Date('2027-01-12T22:30:00Z'));
    await addCall(all.service.ctx.db, sensor(), closed('completed', talked), [
      { agentId: all.ids.milan, result: 'accepted', releasedAt: all.now() },
    ]);
    expect((await desks.getDesk(all.service.ctx, all.ids.milan)).day.calls).toBe(1);
    all.service.clock.set(new Date('2027-01-12T22:59:50Z'));
    expect((await desks.getDesk(all.service.ctx, all.ids.milan)).day.calls).toBe(1);
    all.service.clock.set(new Date('2027-01-12T23:00:10Z'));
    expect((await desks.getDesk(all.service.ctx, all.ids.milan)).day.calls).toBe(0);
  });

  test('an agent sees their marks and the mean', async () => {
    const { db } = all.service.ctx;
    for (const mark of [4, 5, 5]) {
      const callId = await addCall(db, sensor(), closed('completed', talked), [
        { agentId: all.ids.milan, result: 'accepted', releasedAt: all.now() },
      ]);
      const vendorId = Number(all.world.vendors.sever);
      await db.insert(callRatings).values({
        callId,
        vendorId,
        agentId: all.ids.milan,
        line: 3,
        agent: mark,
        comment: 'secret',
        at: all.now(),
      });
    }
    const { recent, day } = await look(all.pages.milan);
    expect(recent[0]?.rating).toMatchObject({ line: 3 });
    expect(day.rating).toEqual({ average: 4.7, count: 3 });
    expect(JSON.stringify(recent)).not.toContain('secret');
  });

  test('missed calls are new until acknowledged, which is idempotent', async () => {
    const miss = () =>
      addCall(all.service.ctx.db, sensor(), closed('no_agent'), [
        { agentId: all.ids.milan, result: 'silent', releasedAt: all.now() },
      ]);
    await miss();
    await miss();
    expect((await look(all.pages.milan)).missedUnseen).toBe(2);
    expect((await all.pages.nikola.post('/api/agent/missed/seen')).status).toBe(204);
    expect((await look(all.pages.milan)).missedUnseen).toBe(2);
    expect((await all.pages.milan.post('/api/agent/missed/seen')).status).toBe(204);
    const seen = await look(all.pages.milan);
    expect([seen.missedUnseen, seen.recent.map((one) => one.seen)]).toEqual([0, [true, true]]);
    expect((await all.pages.milan.post('/api/agent/missed/seen')).status).toBe(204);
  });

  test('ended calls come in pages', async () => {
    for (let seconds = 1; seconds <= 12; seconds += 1) {
      await addCall(all.service.ctx.db, sensor(ago(seconds)), closed('visitor_cancelled'), [
        { agentId: all.ids.milan, result: 'cancelled', releasedAt: all.now() },
      ]);
    }
    expect((await look(all.pages.milan)).recent).toHaveLength(10);
    const { body } = await all.pages.milan.get('/api/agent/calls?perPage=5&page=3');
    expect(body).toMatchObject({ total: 12, page: 3, perPage: 5 });
    expect(body.items).toHaveLength(2);
    expect((await all.pages.milan.get('/api/agent/calls?page=9')).body).toMatchObject({
      total: 12,
      items: [],
    });
    expect((await all.pages.nikola.get('/api/agent/calls')).body).toMatchObject({ total: 0, items: [] });
  });
});
