import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import * as deskService from '#server/desk/service.ts';
import * as presence from '#server/presence/service.ts';
import { logIn } from '../presence/staff.ts';
import { answer, linkOf } from '../requests/answers.ts';
import { sendUsual, tokenFor } from '../requests/people.ts';
import { addCall, addCallBack, readDesk, setUpDesks } from './desks.ts';

const setup = await setUpDesks();
beforeEach(() => setup.reset());

const ago = (seconds: number) => setup.ago(seconds);
const ahead = (seconds: number) => setup.ago(-seconds);
const sensor = (at = setup.now()) => ({
  vendorId: setup.world.vendors.sever,
  offerId: setup.world.offers.sensorSever,
  at,
});
/** Reads the desk without a session, which would have ended when the clock is days ahead. */
const deskOfMilan = () => deskService.getDesk(setup.service.ctx, setup.ids.milan);
const motor = (at = setup.now()) => ({
  vendorId: setup.world.vendors.sever,
  offerId: setup.world.offers.motorSever,
  at,
});

describe('the people on the desk', () => {
  test('an agent sees themselves, the vendor, their hours, and colleagues without numbers', async () => {
    await presence.declare(setup.service.ctx, setup.ids.milan, { status: 'away' });
    // A Monday. Sessions don't last until then, so this calls the function itself.
    setup.service.clock.set(new Date('2027-01-11T09:00:00Z'));
    const { me, vendor, hours, team, ...rest } = await deskService.getDesk(
      setup.service.ctx,
      setup.ids.milan,
    );
    expect(me).toMatchObject({
      ...{
        id: String(setup.ids.milan),
        name: 'Milan Petrović',
        kind: 'sales',
        status: 'offline',
        declared: 'away',
      },
      phoneEnding: '2001',
    });
    expect(vendor).toEqual({
      id: setup.world.vendors.sever,
      name: 'Elektro Sever',
      timeZone: 'Europe/Belgrade',
    });
    expect(hours).toEqual({ opens: '08:00', closes: '16:00' });
    expect(team.map(({ name }) => name)).toEqual(['Nikola Jovanović', 'Ivana Kostić']);
    expect(JSON.stringify(team)).not.toMatch(/\+381|@/);
    expect(rest).toMatchObject({ calling: true, call: null, callBacks: [], recent: [], missedUnseen: 0 });
    setup.service.clock.set(new Date('2027-01-10T09:00:00Z'));
    expect((await deskService.getDesk(setup.service.ctx, setup.ids.milan)).hours).toBeNull();
  });

  test('the desk says whether calls are stopped', async () => {
    const stop = (stopped: boolean, reason: string) =>
      setup.service.ctx.db.execute(sql`insert into calling_switches (stopped, reason, at)
        values (${stopped}, ${reason}, ${setup.now().toISOString()}::timestamptz)`);
    await stop(true, 'maintenance');
    expect((await readDesk(setup.pages.milan)).calling).toBe(false);
    await stop(false, 'by hand');
    expect((await readDesk(setup.pages.milan)).calling).toBe(true);
  });
});

describe('call-backs', () => {
  test('call-backs are shown to responsible agents of their kind, earliest first', async () => {
    const { db } = setup.service.ctx;
    const late = await addCallBack(db, sensor(ahead(7200)), { name: 'Jana', note: 'After lunch' });
    const soon = await addCallBack(db, motor(ahead(60)));
    await addCallBack(db, motor(), { kind: 'support' });
    await addCallBack(db, sensor(), { status: 'done' });
    await addCallBack(db, {
      ...sensor(),
      vendorId: setup.world.vendors.brandt,
      offerId: setup.world.offers.sensorBrandt,
    });
    const { callBacks } = await readDesk(setup.pages.milan);
    expect(callBacks.map(({ id }) => id)).toEqual([soon, late]);
    expect(callBacks[1]).toMatchObject({
      ...{ kind: 'sales', status: 'open', note: 'After lunch', attempts: 0, calledBy: null },
      caller: { name: 'Jana', maskedPhone: expect.stringMatching(/^\+420 60 •• •• \d\d$/) },
    });
    expect((await readDesk(setup.pages.nikola)).callBacks.map(({ id }) => id)).toEqual([soon]);
    expect((await readDesk(setup.pages.katrin)).callBacks).toHaveLength(1);
    await db.execute(
      sql`update call_backs set status = 'calling', agent_id = ${setup.ids.nikola} where id = ${soon}::uuid`,
    );
    expect((await readDesk(setup.pages.milan)).callBacks[0]).toMatchObject({
      status: 'calling',
      calledBy: 'Nikola Jovanović',
    });
  });
});

describe('many call-backs', () => {
  test('an agent sees a call-back behind a hundred of colleagues, and the number of their own', async () => {
    const { db } = setup.service.ctx;
    for (let index = 0; index < 100; index += 1) {
      await addCallBack(db, sensor(ago(100)), { phone: `+4206011230${String(index).padStart(2, '0')}` });
    }
    const own = await addCallBack(db, motor(), { phone: '+420601999999' });
    const { callBacks, callBacksTotal } = await readDesk(setup.pages.nikola);
    expect(callBacks.map(({ id }) => id)).toEqual([own]);
    expect(callBacksTotal).toBe(1);
    const all = await readDesk(setup.pages.milan);
    expect([all.callBacks.length, all.callBacksTotal]).toEqual([100, 101]);
  });
});

describe('open enquiries', () => {
  test('an agent pages through all open enquiries, most urgent first', async () => {
    const numbers: string[] = [];
    for (let days = 10; days > 0; days -= 1) {
      const deadline = ahead(days * 86_400).toISOString();
      numbers.unshift(
        (await sendUsual(setup.service.visitor(), setup.world, undefined, { deadline })).number,
      );
    }
    await setup.service.drain();
    const read = async (page: number) =>
      (await setup.pages.milan.get(`/api/agent/enquiries?page=${page}&perPage=6`)).body;
    const pages = [await read(1), await read(2), await read(3)];
    const found = pages.flatMap(({ items }) => items.map(({ number }: { number: string }) => number));
    expect(found.filter((number: string) => numbers.includes(number))).toEqual(numbers);
    expect(pages.map(({ total }) => total)).toEqual([10, 10, 10]);
    expect(pages[2].items).toEqual([]);
    const desk = await readDesk(setup.pages.milan);
    expect([desk.enquiries.length, desk.enquiriesTotal]).toEqual([8, 10]);
    expect((await setup.pages.katrin.get('/api/agent/enquiries')).body.total).not.toBe(0);
    await setup.service.ctx.sql`update enquiries set status = 'declined'`;
    await setup.service.drain({ includeLater: true });
  });

  test('an open enquiry links to the answer page of the agent’s mail and leaves once answered or over', async () => {
    const request = await sendUsual(setup.service.visitor(), setup.world, undefined, {
      deadline: ahead(86_400).toISOString(),
    });
    await setup.service.drain();
    const { enquiries, enquiriesTotal } = await readDesk(setup.pages.milan);
    expect(enquiriesTotal).toBe(1);
    expect(enquiries).toMatchObject([
      {
        ...{ number: request.number, kind: 'quote', buyer: 'Morava Pack', lines: 2, status: 'sent' },
        total: { amount: '149000.00', currency: 'RSD' },
        href: `/e/${tokenFor(setup.service, setup.world.mail.milan, 'e')}`,
      },
    ]);
    const page = await setup.service.outsider().get(`/api/enquiry-links/${enquiries[0]?.href.slice(3)}`);
    expect(page.body.vendor.name).toBe('Elektro Sever');
    expect((await readDesk(setup.pages.nikola)).enquiries).toMatchObject([{ lines: 2 }]);
    setup.service.clock.advance(2 * 86_400_000);
    expect((await deskOfMilan()).enquiriesTotal).toBe(0);
    setup.service.clock.advance(-2 * 86_400_000);
    const token = enquiries[0]?.href.slice(3) ?? '';
    const lines = page.body.lines.map(({ id }: { id: string }) => ({ lineId: id, decision: 'decline' }));
    const validUntil = ahead(86_400 * 9)
      .toISOString()
      .slice(0, 10);
    const answer = { currency: 'RSD', validUntil, lines };
    expect((await setup.service.outsider().post(`/api/enquiry-links/${token}/answer`, answer)).status).toBe(
      201,
    );
    expect(await readDesk(setup.pages.milan)).toMatchObject({ enquiriesTotal: 0, day: { answersSent: 1 } });
    expect((await readDesk(setup.pages.nikola)).day.answersSent).toBe(0);
    await setup.service.drain({ includeLater: true });
  });
});

describe('a change asked for after the deadline', () => {
  test('a change asked for after the deadline is on the desk until it is answered', async () => {
    const buyer = setup.service.visitor();
    const request = await sendUsual(buyer, setup.world, undefined, { deadline: ahead(86_400).toISOString() });
    const token = await linkOf(setup.service, request.id, setup.world.mail.milan);
    expect((await answer(setup.service.outsider(), token)).status).toBe(201);
    setup.service.clock.advance(2 * 86_400_000);
    const enquiryId = request.enquiries.find(({ vendor }) => vendor.id === setup.world.vendors.sever)?.id;
    const asked = await buyer.post(`/api/requests/${request.id}/revision`, {
      enquiryId,
      message: 'Cheaper?',
    });
    expect(asked.status).toBe(200);
    const { enquiries, enquiriesTotal } = await deskOfMilan();
    expect(enquiriesTotal).toBe(1);
    expect(enquiries).toMatchObject([{ number: request.number, status: 'revision_asked' }]);
    expect((await answer(setup.service.outsider(), token, [{ price: '4000' }])).status).toBe(201);
    expect((await deskOfMilan()).enquiriesTotal).toBe(0);
    setup.service.clock.advance(-2 * 86_400_000);
    await setup.service.drain({ includeLater: true });
  });
});

describe('reading the desk', () => {
  test('a full desk takes at most nine statements, the session’s included', async () => {
    const { db } = setup.service.ctx;
    await addCallBack(db, sensor());
    await addCall(db, sensor(), {}, [{ agentId: setup.ids.milan, ringingAt: setup.now() }]);
    for (let index = 0; index < 5; index += 1) {
      await addCall(db, sensor(ago(60)), { state: 'closed', outcome: 'no_agent', endedAt: setup.now() }, [
        { agentId: setup.ids.milan, result: 'no_answer', releasedAt: setup.now() },
      ]);
    }
    expect(await setup.service.countStatements(() => readDesk(setup.pages.milan))).toBeLessThanOrEqual(9);
    expect(await setup.service.countStatements(() => setup.pages.milan.get('/api/agent/calls'))).toBe(3);
  });

  test('the desk depends on the agent, colleagues, the vendor and what it shows; an unknown agent has none', async () => {
    const callId = await addCall(setup.service.ctx.db, sensor(), {}, [{ agentId: setup.ids.milan }]);
    const { dependsOn } = (await deskService.deskTopic(setup.service.ctx, setup.ids.milan)) ?? {};
    for (const key of [
      `agent:${setup.ids.milan}`,
      `agent:${setup.ids.ivana}`,
      `vendor:${setup.world.vendors.sever}`,
      `call:${callId}`,
    ]) {
      expect(dependsOn).toContain(key);
    }
    expect(dependsOn).not.toContain(`agent:${setup.ids.katrin}`);
    expect(await deskService.deskTopic(setup.service.ctx, 999_999)).toBeNull();
  });

  test('the desk answers 401 to guests and 403 to other roles', async () => {
    const calls: [string, string][] = [
      ['GET', '/api/agent/desk'],
      ['GET', '/api/agent/calls'],
      ['GET', '/api/agent/enquiries'],
      ['POST', '/api/agent/missed/seen'],
    ];
    for (const [method, path] of calls) {
      expect((await setup.service.visitor().request(method, path)).body.code, path).toBe('login_required');
    }
    for (const role of ['buyer', 'manager', 'staff'] as const) {
      const vendorId = role === 'manager' ? Number(setup.world.vendors.sever) : null;
      const person = { name: role, email: `${role}@people.example`, role, locale: 'en', vendorId };
      const client = await logIn(setup.service, { ...person, agentId: null });
      for (const [method, path] of calls) {
        expect(`${role} ${path} ${(await client.request(method, path)).status}`).toBe(`${role} ${path} 403`);
      }
    }
  });
});
