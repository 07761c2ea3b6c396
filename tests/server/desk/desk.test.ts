import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as desks from '#server/desk/service.ts';
import * as presence from '#server/presence/service.ts';
import { logIn } from '../presence/staff.ts';
import { answer, linkOf } from '../requests/answers.ts';
import { sendUsual, tokenFor } from '../requests/people.ts';
import { addCall, addCallBack, type Desks, look, openDesks } from './desks.ts';

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

describe('who is on the desk', () => {
  test('an agent sees themselves, the vendor, their hours, and colleagues without numbers', async () => {
    await presence.declare(all.service.ctx, all.ids.milan, { status: 'away' });
    // A Monday; no session lasts that long, so this asks the all.service itself.
    all.service.clock.set(new Date('2027-01-11T09:00:00Z'));
    const { me, vendor, hours, team, ...rest } = await desks.getDesk(all.service.ctx, all.ids.milan);
    expect(me).toMatchObject({
      ...{
        id: String(all.ids.milan),
        name: 'Milan Petrović',
        kind: 'sales',
        status: 'offline',
        declared: 'away',
      },
      phoneEnding: '2001',
    });
    expect(vendor).toEqual({
      id: all.world.vendors.sever,
      name: 'Elektro Sever',
      timeZone: 'Europe/Belgrade',
    });
    expect(hours).toEqual({ opens: '08:00', closes: '16:00' });
    expect(team.map(({ name }) => name)).toEqual(['Nikola Jovanović', 'Ivana Kostić']);
    expect(JSON.stringify(team)).not.toMatch(/\+381|@/);
    expect(rest).toMatchObject({ calling: true, call: null, callBacks: [], recent: [], missedUnseen: 0 });
    all.service.clock.set(new Date('2027-01-10T09:00:00Z'));
    expect((await desks.getDesk(all.service.ctx, all.ids.milan)).hours).toBeNull();
  });

  test('the desk says while calls are stopped', async () => {
    const stop = (stopped: boolean, reason: string) =>
      all.service.ctx.db.execute(sql`insert into calling_switches (stopped, reason, at)
        values (${stopped}, ${reason}, ${all.now().toISOString()}::timestamptz)`);
    await stop(true, 'maintenance');
    expect((await look(all.pages.milan)).calling).toBe(false);
    await stop(false, 'by hand');
    expect((await look(all.pages.milan)).calling).toBe(true);
  });
});

describe('call-backs', () => {
  test('call-backs are shown to responsible agents of their kind, earliest first', async () => {
    const { db } = all.service.ctx;
    const late = await addCallBack(db, sensor(ahead(7200)), { name: 'Jana', note: 'After lunch' });
    const soon = await addCallBack(db, motor(ahead(60)));
    await addCallBack(db, motor(), { kind: 'support' });
    await addCallBack(db, sensor(), { status: 'done' });
    await addCallBack(db, {
      ...sensor(),
      vendorId: all.world.vendors.brandt,
      offerId: all.world.offers.sensorBrandt,
    });
    const { callBacks } = await look(all.pages.milan);
    expect(callBacks.map(({ id }) => id)).toEqual([soon, late]);
    expect(callBacks[1]).toMatchObject({
      ...{ kind: 'sales', status: 'open', note: 'After lunch', attempts: 0, calledBy: null },
      caller: { name: 'Jana', maskedPhone: expect.stringMatching(/^\+420 60 •• •• \d\d$/) },
    });
    expect((await look(all.pages.nikola)).callBacks.map(({ id }) => id)).toEqual([soon]);
    expect((await look(all.pages.katrin)).callBacks).toHaveLength(1);
    await db.execute(
      sql`update call_backs set status = 'calling', agent_id = ${all.ids.nikola} where id = ${soon}::uuid`,
    );
    expect((await look(all.pages.milan)).callBacks[0]).toMatchObject({
      status: 'calling',
      calledBy: 'Nikola Jovanović',
    });
  });
});

describe('open enquiries', () => {
  test('an open enquiry links to the answer page of the agent’s mail and leaves once answered or over', async () => {
    const request = await sendUsual(all.service.visitor(), all.world, undefined, {
      deadline: ahead(86_400).toISOString(),
    });
    await all.service.drain();
    const { enquiries, enquiriesTotal } = await look(all.pages.milan);
    expect(enquiriesTotal).toBe(1);
    expect(enquiries).toMatchObject([
      {
        ...{ number: request.number, kind: 'quote', buyer: 'Morava Pack', lines: 2, status: 'sent' },
        total: { amount: '149000.00', currency: 'RSD' },
        href: `/e/${tokenFor(all.service, all.world.mail.milan, 'e')}`,
      },
    ]);
    const page = await all.service.outsider().get(`/api/enquiry-links/${enquiries[0]?.href.slice(3)}`);
    expect(page.body.vendor.name).toBe('Elektro Sever');
    expect((await look(all.pages.nikola)).enquiries).toMatchObject([{ lines: 2 }]);
    all.service.clock.advance(2 * 86_400_000);
    expect((await look(all.pages.milan)).enquiriesTotal).toBe(0);
    all.service.clock.advance(-2 * 86_400_000);
    const token = enquiries[0]?.href.slice(3) ?? '';
    const lines = page.body.lines.map(({ id }: { id: string }) => ({ lineId: id, decision: 'decline' }));
    const validUntil = ahead(86_400 * 9)
      .toISOString()
      .slice(0, 10);
    const answer = { currency: 'RSD', validUntil, lines };
    expect((await all.service.outsider().post(`/api/enquiry-links/${token}/answer`, answer)).status).toBe(
      201,
    );
    expect(await look(all.pages.milan)).toMatchObject({ enquiriesTotal: 0, day: { answersSent: 1 } });
    expect((await look(all.pages.nikola)).day.answersSent).toBe(0);
    await all.service.drain({ includeLater: true });
  });
});

describe('a change asked for after the deadline', () => {
  test('is on the desk until it is answered', async () => {
    const buyer = all.service.visitor();
    const request = await sendUsual(buyer, all.world, undefined, { deadline: ahead(86_400).toISOString() });
    const token = await linkOf(all.service, request.id, all.world.mail.milan);
    expect((await answer(all.service.outsider(), token)).status).toBe(201);
    all.service.clock.advance(2 * 86_400_000);
    const enquiryId = request.enquiries.find(({ vendor }) => vendor.id === all.world.vendors.sever)?.id;
    const asked = await buyer.post(`/api/requests/${request.id}/revision`, {
      enquiryId,
      message: 'Cheaper?',
    });
    expect(asked.status).toBe(200);
    const { enquiries, enquiriesTotal } = await look(all.pages.milan);
    expect(enquiriesTotal).toBe(1);
    expect(enquiries).toMatchObject([{ number: request.number, status: 'revision_asked' }]);
    expect((await answer(all.service.outsider(), token, [{ price: '4000' }])).status).toBe(201);
    expect((await look(all.pages.milan)).enquiriesTotal).toBe(0);
    all.service.clock.advance(-2 * 86_400_000);
    await all.service.drain({ includeLater: true });
  });
});

describe('reading it', () => {
  test('a full desk takes at most nine statements, the session’s included', async () => {
    const { db } = all.service.ctx;
    await addCallBack(db, sensor());
    await addCall(db, sensor(), {}, [{ agentId: all.ids.milan, ringingAt: all.now() }]);
    for (let index = 0; index < 5; index += 1) {
      await addCall(db, sensor(ago(60)), { state: 'closed', outcome: 'no_agent', endedAt: all.now() }, [
        { agentId: all.ids.milan, result: 'no_answer', releasedAt: all.now() },
      ]);
    }
    expect(await all.service.countStatements(() => look(all.pages.milan))).toBeLessThanOrEqual(9);
    expect(await all.service.countStatements(() => all.pages.milan.get('/api/agent/calls'))).toBe(3);
  });

  test('the desk depends on the agent, colleagues, the vendor and what it shows; an unknown agent has none', async () => {
    const callId = await addCall(all.service.ctx.db, sensor(), {}, [{ agentId: all.ids.milan }]);
    const { dependsOn } = (await desks.deskTopic(all.service.ctx, all.ids.milan)) ?? {};
    for (const key of [
      `agent:${all.ids.milan}`,
      `agent:${all.ids.ivana}`,
      `vendor:${all.world.vendors.sever}`,
      `call:${callId}`,
    ]) {
      expect(dependsOn).toContain(key);
    }
    expect(dependsOn).not.toContain(`agent:${all.ids.katrin}`);
    expect(await desks.deskTopic(all.service.ctx, 999_999)).toBeNull();
  });

  test('the desk answers 401 to guests and 403 to other roles', async () => {
    const calls: [string, string][] = [
      ['GET', '/api/agent/desk'],
      ['GET', '/api/agent/calls'],
      ['POST', '/api/agent/missed/seen'],
    ];
    for (const [method, path] of calls) {
      expect((await all.service.visitor().request(method, path)).body.code, path).toBe('login_required');
    }
    for (const role of ['buyer', 'manager', 'staff'] as const) {
      const vendorId = role === 'manager' ? Number(all.world.vendors.sever) : null;
      const person = { name: role, email: `${role}@people.example`, role, locale: 'en', vendorId };
      const client = await logIn(all.service, { ...person, agentId: null });
      for (const [method, path] of calls) {
        expect(`${role} ${path} ${(await client.request(method, path)).status}`).toBe(`${role} ${path} 403`);
      }
    }
  });
});
