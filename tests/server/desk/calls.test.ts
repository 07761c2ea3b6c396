import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { callRatings } from '#db/tables/ratings.ts';
import * as deskService from '#server/desk/service.ts';
import * as presence from '#server/presence/service.ts';
import { addCall, addCallBack, addBuyer, readDesk, setUpDesks } from './desks.ts';

const setup = await setUpDesks();
beforeEach(() => setup.reset());

const ago = (seconds: number) => setup.ago(seconds);
const ahead = (seconds: number) => setup.ago(-seconds);
const sensor = (at = setup.now()) => ({
  vendorId: setup.world.vendors.sever,
  offerId: setup.world.offers.sensorSever,
  at,
});
const motor = (at = setup.now()) => ({
  vendorId: setup.world.vendors.sever,
  offerId: setup.world.offers.motorSever,
  at,
});

describe('the call an agent is in', () => {
  const ringing = async (more: Parameters<typeof addCall>[2] = {}) =>
    addCall(setup.service.ctx.db, sensor(), { ...more }, [
      { agentId: setup.ids.milan, ringingAt: ago(6), status: 'ringing' },
    ]);

  test('the desk shows who calls, about what, at which terms, and how long it still rings', async () => {
    const id = await ringing({ phone: '+381631234518' });
    const { call } = await readDesk(setup.pages.milan);
    expect(call).toMatchObject({
      ...{ id, phase: 'ringing', kind: 'sales', isCallBack: false, shared: null, earlier: [], note: null },
      caller: { name: null, maskedPhone: '+381 63 •• •• 18', locale: 'sr' },
      offerId: setup.world.offers.sensorSever,
      product: { id: setup.world.products.sensor, code: '6ES-100', slug: 'inductive-sensor-m12-pnp' },
      own: { sku: 'ES-S1', stock: 40, unit: 'piece', price: { amount: '4500.00', currency: 'RSD' } },
      can: { decline: true, hangUp: false, extendWrapUp: false, finishWrapUp: false },
    });
    expect(Date.parse(call?.ringsUntil ?? '') - setup.now().getTime()).toBeGreaterThan(10_000);
    expect((await readDesk(setup.pages.nikola)).call).toBeNull();
    expect((await readDesk(setup.pages.katrin)).call).toBeNull();
  });

  test('the desk names the next agent: free, responsible, not tried yet, and none for a call-back', async () => {
    const free = (id: number) => presence.declareMany(setup.service.ctx.db, [id], ahead(3600), setup.now());
    await free(setup.ids.ivana);
    await ringing();
    expect((await readDesk(setup.pages.milan)).call?.nextAgent).toBeNull();
    await free(setup.ids.nikola);
    expect((await readDesk(setup.pages.milan)).call?.nextAgent).toBeNull();
    await setup.service.ctx.db.execute(
      sql`update calls set offer_id = ${setup.world.offers.motorSever}::bigint`,
    );
    expect((await readDesk(setup.pages.milan)).call?.nextAgent).toEqual({ name: 'Nikola Jovanović' });
    const callBackId = await addCallBack(setup.service.ctx.db, motor(), { note: 'Price for 500' });
    await setup.service.ctx.db.execute(sql`update calls set call_back_id = ${callBackId}::uuid`);
    expect((await readDesk(setup.pages.milan)).call).toMatchObject({
      ...{ isCallBack: true, callBackNote: 'Price for 500', nextAgent: null },
    });
  });

  test('shared lines are those of this vendor, at the prices of their quantities, until the call ends', async () => {
    const buyer = setup.service.visitor();
    const { sensorSever, sensorBrandt, cableBrandt } = setup.world.offers;
    const line = (productId: string, quantity: number, offerIds: string[], note = '') =>
      buyer.post('/api/solutions/current/lines', { productId, quantity, offerIds, note });
    await line(setup.world.products.sensor, 10, [sensorSever, sensorBrandt], 'Same batch');
    await line(setup.world.products.cable, 100, [cableBrandt]);
    const solution = (await buyer.get('/api/solutions/current')).body;
    const [owner] = await setup.service.ctx.sql`select buyer_id from solutions where id = ${solution.id}`;
    const buyerId = String(owner?.buyer_id);
    await ringing({ state: 'bridged', answeredAt: ago(30), sharedSolutionId: solution.id, buyerId });
    await setup.service.ctx.db.execute(sql`update call_legs set result = 'accepted'`);
    const { shared, ...call } = (await readDesk(setup.pages.milan)).call ?? {};
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
    expect(await setup.service.countStatements(() => readDesk(setup.pages.milan))).toBeLessThanOrEqual(10);
    expect((await deskService.deskTopic(setup.service.ctx, setup.ids.milan))?.dependsOn).toContain(
      `solution:${solution.id}`,
    );
    // A solution of another visitor is not shown, even if the call refers to it.
    const stranger = await addBuyer(setup.service.ctx.db);
    await setup.service.ctx.sql`update calls set buyer_id = ${stranger}`;
    expect((await readDesk(setup.pages.milan)).call?.shared).toBeNull();
    await setup.service.ctx.sql`update calls set buyer_id = ${buyerId}`;
    await setup.service.ctx.db.execute(sql`update calls set state = 'settling'`);
    expect((await readDesk(setup.pages.milan)).call).toMatchObject({ phase: 'wrap_up', shared: null });
  });

  test('the desk shows earlier conversations of this number or buyer with this vendor only', async () => {
    const phone = '+381631234518';
    const buyerId = await addBuyer(setup.service.ctx.db);
    const over = (seconds: number, more: object) => ({
      ...{ state: 'closed', outcome: 'completed', answeredAt: ago(seconds), endedAt: ago(seconds - 60) },
      ...{ talkSeconds: 60, ...more },
    });
    const leg = { agentId: setup.ids.ivana, result: 'accepted' as const, releasedAt: ago(60) };
    const add = (about: ReturnType<typeof sensor>, call: object, agentId = setup.ids.ivana) =>
      addCall(setup.service.ctx.db, about, call, [{ ...leg, agentId }]);
    await add(sensor(), over(5000, { phone, agentNote: 'Wants two parts' }));
    await add(sensor(), over(4000, { buyerId }));
    await add(sensor(), over(3000, {}));
    const brandt = {
      vendorId: setup.world.vendors.brandt,
      offerId: setup.world.offers.sensorBrandt,
      at: setup.now(),
    };
    await add(brandt, over(2000, { phone }), setup.ids.katrin);
    await ringing({ phone, buyerId });
    const { call } = await readDesk(setup.pages.milan);
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
      setup.service.ctx.db
        .execute(sql`update call_legs set result = 'accepted', wrap_up_extended = ${extended},
        pinned_until = ${until.toISOString()}::timestamptz`);
    await wrapUp(false);
    expect((await readDesk(setup.pages.milan)).call).toMatchObject({
      ...{ phase: 'wrap_up', note: 'Two parts', wrapUpUntil: until.toISOString(), talkSeconds: 80 },
      can: { decline: false, hangUp: false, extendWrapUp: true, finishWrapUp: true },
    });
    await wrapUp(true);
    expect((await readDesk(setup.pages.milan)).call?.can).toMatchObject({
      extendWrapUp: false,
      finishWrapUp: true,
    });
    await setup.service.ctx.db.execute(sql`update call_legs set released_at = now()`);
    expect((await readDesk(setup.pages.milan)).call).toBeNull();
  });

  test('a call passed on to another agent leaves the desk, although the phone may still ring', async () => {
    await ringing({ state: 'agent_dialing' });
    await setup.service.ctx.db.execute(sql`update call_legs set result = 'no_answer', poisoned = true`);
    expect((await readDesk(setup.pages.milan)).call).toBeNull();
  });
});

describe('ended calls', () => {
  const closed = (
    outcome: 'completed' | 'no_agent' | 'visitor_cancelled' | 'visitor_no_answer',
    more = {},
  ) => ({
    ...{ state: 'closed' as const, outcome, endedAt: setup.now(), ...more },
  });
  const talked = { answeredAt: new Date(), talkSeconds: 80 };

  test('ended calls say how each went for this agent and count as today’s', async () => {
    const { db } = setup.service.ctx;
    const released = { releasedAt: setup.now() };
    await addCall(db, sensor(ago(400)), closed('completed', { ...talked, agentNote: 'Mine' }), [
      {
        ...{
          agentId: setup.ids.milan,
          result: 'accepted',
          ringingAt: ago(400),
          answeredAt: ago(391),
          ...released,
        },
      },
    ]);
    await addCall(db, motor(ago(300)), closed('completed', { ...talked, agentNote: 'Not yours' }), [
      { agentId: setup.ids.milan, result: 'no_answer', ...released },
      { agentId: setup.ids.nikola, result: 'accepted', ...released },
    ]);
    await addCall(db, sensor(ago(200)), closed('no_agent'), [
      { agentId: setup.ids.milan, result: 'declined', ...released },
    ]);
    await addCall(db, sensor(ago(100)), closed('visitor_no_answer'), [
      { agentId: setup.ids.milan, result: 'accepted', ...released },
    ]);
    const { recent, missedUnseen, day } = await readDesk(setup.pages.milan);
    expect(recent.map(({ result, takenBy, note }) => [result, takenBy, note])).toEqual([
      ['not_connected', null, null],
      ['declined', null, null],
      ['missed', 'Nikola Jovanović', null],
      ['talked', null, 'Mine'],
    ]);
    expect(missedUnseen).toBe(1);
    expect(day).toMatchObject({ calls: 1, talkSeconds: 80, pickUpSeconds: 9, missed: 1, rating: null });
    expect((await readDesk(setup.pages.nikola)).recent).toMatchObject([
      { result: 'talked', note: 'Not yours' },
    ]);
    expect((await readDesk(setup.pages.katrin)).recent).toEqual([]);
  });

  test("calls of yesterday by the vendor’s clock don't count", async () => {
    setup.service.clock.set(new Date('2027-01-12T22:30:00Z'));
    await addCall(setup.service.ctx.db, sensor(), closed('completed', talked), [
      { agentId: setup.ids.milan, result: 'accepted', releasedAt: setup.now() },
    ]);
    expect((await deskService.getDesk(setup.service.ctx, setup.ids.milan)).day.calls).toBe(1);
    setup.service.clock.set(new Date('2027-01-12T22:59:50Z'));
    expect((await deskService.getDesk(setup.service.ctx, setup.ids.milan)).day.calls).toBe(1);
    setup.service.clock.set(new Date('2027-01-12T23:00:10Z'));
    expect((await deskService.getDesk(setup.service.ctx, setup.ids.milan)).day.calls).toBe(0);
  });

  test('an agent sees their marks and the mean', async () => {
    const { db } = setup.service.ctx;
    for (const mark of [4, 5, 5]) {
      const callId = await addCall(db, sensor(), closed('completed', talked), [
        { agentId: setup.ids.milan, result: 'accepted', releasedAt: setup.now() },
      ]);
      const vendorId = Number(setup.world.vendors.sever);
      await db.insert(callRatings).values({
        callId,
        vendorId,
        agentId: setup.ids.milan,
        line: 3,
        agent: mark,
        comment: 'secret',
        at: setup.now(),
      });
    }
    const { recent, day } = await readDesk(setup.pages.milan);
    expect(recent[0]?.rating).toMatchObject({ line: 3 });
    expect(day.rating).toEqual({ average: 4.7, count: 3 });
    expect(JSON.stringify(recent)).not.toContain('secret');
  });

  test('missed calls are new until acknowledged, which is idempotent', async () => {
    const miss = () =>
      addCall(setup.service.ctx.db, sensor(), closed('no_agent'), [
        { agentId: setup.ids.milan, result: 'silent', releasedAt: setup.now() },
      ]);
    await miss();
    await miss();
    expect((await readDesk(setup.pages.milan)).missedUnseen).toBe(2);
    expect((await setup.pages.nikola.post('/api/agent/missed/seen')).status).toBe(204);
    expect((await readDesk(setup.pages.milan)).missedUnseen).toBe(2);
    expect((await setup.pages.milan.post('/api/agent/missed/seen')).status).toBe(204);
    const seen = await readDesk(setup.pages.milan);
    expect([seen.missedUnseen, seen.recent.map((one) => one.seen)]).toEqual([0, [true, true]]);
    expect((await setup.pages.milan.post('/api/agent/missed/seen')).status).toBe(204);
  });

  test('ended calls come in pages', async () => {
    for (let seconds = 1; seconds <= 12; seconds += 1) {
      await addCall(setup.service.ctx.db, sensor(ago(seconds)), closed('visitor_cancelled'), [
        { agentId: setup.ids.milan, result: 'cancelled', releasedAt: setup.now() },
      ]);
    }
    expect((await readDesk(setup.pages.milan)).recent).toHaveLength(10);
    const { body } = await setup.pages.milan.get('/api/agent/calls?perPage=5&page=3');
    expect(body).toMatchObject({ total: 12, page: 3, perPage: 5 });
    expect(body.items).toHaveLength(2);
    expect((await setup.pages.milan.get('/api/agent/calls?page=9')).body).toMatchObject({
      total: 12,
      items: [],
    });
    expect((await setup.pages.nikola.get('/api/agent/calls')).body).toMatchObject({ total: 0, items: [] });
  });
});
