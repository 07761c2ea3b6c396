import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as leases from '#server/presence/leases.ts';
import * as presence from '#server/presence/service.ts';
import { start, stillClock, type TestService } from '../../harness.ts';
import { createWorld, type World } from '../../world.ts';
import { agentId, statusOf } from './staff.ts';

let service: TestService;
let world: World;
let milan: number;
let katrin: number;

beforeAll(async () => {
  service = await start({ clock: stillClock() });
  world = await createWorld(service.ctx.db);
  milan = await agentId(service.ctx.db, world, 'milan');
  katrin = await agentId(service.ctx.db, world, 'katrin');
});
afterAll(() => service.end());
beforeEach(async () => {
  for (const table of ['agent_leases', 'agent_presence', 'call_events', 'call_legs', 'calls']) {
    await service.ctx.db.execute(sql.raw(`delete from ${table}`));
  }
});

const now = () => service.clock.now();
const inHours = (hours: number) => new Date(now().getTime() + hours * 3_600_000).toISOString();

/** Makes an agent busy by an unreleased leg of a call. */
async function makeBusy(id: number): Promise<void> {
  await service.ctx.db.transaction(async (tx) => {
    await tx.execute(sql`
      with b as (insert into buyers default values returning id),
      c as (insert into calls (buyer_id, kind, vendor_id, offer_id, phone_confirmed, locale, max_seconds,
          state, state_at, requested_at)
        select b.id, 'sales', o.vendor_id, o.id, false, 'en', 60, 'bridged', now(), now()
        from b, offers o where o.id = ${world.offers.sensorSever}::bigint returning id)
      insert into call_legs (call_id, role, agent_id, status, created_at)
      select c.id, 'agent', ${id}, 'in-progress', now() from c`);
    await presence.refresh(tx, [id], now());
  });
}

async function release(id: number): Promise<void> {
  await service.ctx.db.transaction(async (tx) => {
    await tx.execute(sql`update call_legs set released_at = now() where agent_id = ${id}`);
    await presence.refresh(tx, [id], now());
  });
}

function refreshAfterCall(changes: Partial<presence.CallChanges>): Promise<void> {
  const none = { busyChanged: [], acceptedBy: [], missedBy: [] };
  return service.ctx.db.transaction((tx) => presence.refreshAfterCall(tx, { ...none, ...changes }, now()));
}

const free = (ids = [milan, katrin]) => presence.freeAmong(service.ctx.db, ids, now());

describe('the status that an agent declares', () => {
  test('an agent who has never declared a status is offline without a time', async () => {
    const [state] = await presence.statesOf(service.ctx.db, [milan], now());
    expect(state).toMatchObject({ name: 'Milan Petrović', status: 'offline', since: null });
  });

  test('an available agent without open page or phone window is offline', async () => {
    const own = await presence.declare(service.ctx, milan, { status: 'available' });
    expect(own).toMatchObject({ declared: 'available', status: 'offline', phoneUntil: null });
    expect(await free()).toEqual([]);
  });

  test('an agent is available by phone until the given time and offline after it', async () => {
    const until = inHours(2);
    const own = await presence.declare(service.ctx, milan, { status: 'available', until });
    expect(own).toMatchObject({ status: 'available', phoneUntil: until });
    expect(await free()).toEqual([milan]);
    service.clock.advance(2 * 3_600_000);
    expect(await free(), 'not callable, even before the sweep').toEqual([]);
    expect(await statusOf(service, milan)).toBe('available');
    await leases.sweep(service.ctx);
    expect(await statusOf(service, milan)).toBe('offline');
  });

  test('away and offline show as declared while a page is open', async () => {
    await leases.open(service.ctx, { connectionId: randomUUID(), agentId: milan });
    for (const status of ['available', 'away', 'offline'] as const) {
      expect(await presence.declare(service.ctx, milan, { status })).toMatchObject({ status });
      expect(await statusOf(service, milan)).toBe(status);
    }
  });

  test('the longest-available agent comes first', async () => {
    await presence.declare(service.ctx, katrin, { status: 'available', until: inHours(5) });
    service.clock.advance(1_000);
    await presence.declare(service.ctx, milan, { status: 'available', until: inHours(5) });
    expect(await free()).toEqual([katrin, milan]);
    await presence.declare(service.ctx, katrin, { status: 'away' });
    service.clock.advance(1_000);
    await presence.declare(service.ctx, katrin, { status: 'available', until: inHours(5) });
    expect(await free()).toEqual([milan, katrin]);
  });

  test.each([
    ['in the past', 'available', -1],
    ['now', 'available', 0],
    ['more than a day ahead', 'available', 24.01],
    ['with away', 'away', 1],
    ['with offline', 'offline', 1],
  ] as const)('an end of the phone window %s is refused', async (_, status, hours) => {
    const declared = presence.declare(service.ctx, milan, { status, until: inHours(hours) });
    await expect(declared).rejects.toMatchObject({ status: 422, errors: [{ path: 'until' }] });
    expect(await statusOf(service, milan)).toBe('offline');
  });
});

describe('the status of an agent in a call', () => {
  test('a call makes the agent busy, and its end restores the declared status', async () => {
    await presence.declare(service.ctx, milan, { status: 'available', until: inHours(5) });
    await makeBusy(milan);
    expect(await statusOf(service, milan)).toBe('busy');
    expect(await free()).toEqual([]);
    await presence.declare(service.ctx, milan, { status: 'offline' });
    expect(await statusOf(service, milan), 'busy until the call ends').toBe('busy');
    await release(milan);
    expect(await statusOf(service, milan)).toBe('offline');
  });

  test('an agent who takes a break or closes the page during ringing stays busy until the end', async () => {
    const connectionId = randomUUID();
    await leases.open(service.ctx, { connectionId, agentId: milan });
    await presence.declare(service.ctx, milan, { status: 'available' });
    await makeBusy(milan);
    await presence.declare(service.ctx, milan, { status: 'away' });
    await leases.end(service.ctx, [{ connectionId, agentId: milan }]);
    service.clock.advance(3_600_000);
    await leases.sweep(service.ctx);
    expect(await statusOf(service, milan)).toBe('busy');
    await release(milan);
    expect(await statusOf(service, milan)).toBe('offline');
  });

  test('two misses in a row make an agent unreachable until they declare a status again', async () => {
    const { db } = service.ctx;
    await presence.declare(service.ctx, milan, { status: 'available', until: inHours(5) });
    const miss = () => refreshAfterCall({ missedBy: [milan] });
    await miss();
    await refreshAfterCall({ acceptedBy: [milan] });
    await miss();
    expect(await statusOf(service, milan), 'not in a row').toBe('available');
    await miss();
    expect(await statusOf(service, milan)).toBe('offline');
    const { unreachableSince } = await presence.ownStatus(db, milan, now());
    expect(unreachableSince).not.toBeNull();
    await refreshAfterCall({ acceptedBy: [milan] });
    expect(await statusOf(service, milan)).toBe('offline');
    const back = await presence.declare(service.ctx, milan, { status: 'available', until: inHours(5) });
    expect(back).toMatchObject({ status: 'available', unreachableSince: null });
  });

  test('two concurrent changes of one agent both take effect', async () => {
    await presence.declare(service.ctx, milan, { status: 'available', until: inHours(5) });
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([
        makeBusy(milan),
        presence.declare(service.ctx, milan, { status: 'available', until: inHours(5) }),
        leases.open(service.ctx, { connectionId: randomUUID(), agentId: milan }),
      ]);
      expect(await statusOf(service, milan)).toBe('busy');
      await Promise.all([release(milan), leases.sweep(service.ctx)]);
      expect(await statusOf(service, milan)).toBe('available');
    }
  });

  test('a call locks the presence of its agents in the order of their ids', async () => {
    const { sql: raw } = service.ctx;
    const [first, second] = [milan, katrin].toSorted((a, b) => a - b) as [number, number];
    await refreshAfterCall({ busyChanged: [first], missedBy: [second] });
    let changing: Promise<void> | undefined;
    await raw.begin(async (holding) => {
      await holding`select 1 from agent_presence where agent_id = ${first} for update`;
      changing = refreshAfterCall({ busyChanged: [first], acceptedBy: [second] });
      const waiting = () =>
        raw`select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      await expect.poll(async () => (await waiting()).length).toBe(1);
      const unlocked = await raw`
        select agent_id::int as id from agent_presence where agent_id = ${second} for update skip locked`;
      expect(unlocked).toEqual([{ id: second }]);
    });
    await changing;
  });

  test('an agent without a phone is never called', async () => {
    const { db } = service.ctx;
    await presence.declare(service.ctx, milan, { status: 'available', until: inHours(5) });
    const [kept] = await db.execute<{ phone: string }>(sql`select phone from agents where id = ${milan}`);
    await db.execute(sql`update agents set phone = null where id = ${milan}`);
    expect(await free()).toEqual([]);
    await db.execute(sql`update agents set phone = ${kept?.phone ?? null} where id = ${milan}`);
    expect(await free()).toEqual([milan]);
  });
});

describe('the open pages of an agent', () => {
  const available = () => presence.declare(service.ctx, milan, { status: 'available' });
  const lease = () => ({ connectionId: randomUUID(), agentId: milan });

  test('closing one of three pages changes nothing', async () => {
    await available();
    const tabs = [lease(), lease(), lease()];
    for (const tab of tabs) await leases.open(service.ctx, tab);
    expect(await statusOf(service, milan)).toBe('available');
    await leases.end(service.ctx, tabs.slice(2));
    for (let second = 0; second < 60; second += 10) {
      service.clock.advance(10_000);
      await leases.renew(service.ctx, tabs.slice(0, 2));
      await leases.sweep(service.ctx);
      expect(await statusOf(service, milan)).toBe('available');
    }
  });

  test('closing the last page makes the agent offline after 20 s, unless one is reopened', async () => {
    await available();
    const tab = lease();
    await leases.open(service.ctx, tab);
    await leases.end(service.ctx, [tab]);
    service.clock.advance(19_000);
    await leases.sweep(service.ctx);
    expect(await statusOf(service, milan)).toBe('available');
    const again = lease();
    await leases.open(service.ctx, again);
    service.clock.advance(2_000);
    await leases.sweep(service.ctx);
    expect(await statusOf(service, milan)).toBe('available');
    await leases.end(service.ctx, [again]);
    service.clock.advance(20_000);
    expect(await free()).toEqual([]);
    await leases.sweep(service.ctx);
    expect(await statusOf(service, milan)).toBe('offline');
  });

  test('the agents of a dead process go offline after 55 s', async () => {
    await available();
    await leases.open(service.ctx, lease());
    service.clock.advance(54_000);
    await leases.sweep(service.ctx);
    expect(await statusOf(service, milan)).toBe('available');
    service.clock.advance(1_000);
    await leases.sweep(service.ctx);
    expect(await statusOf(service, milan)).toBe('offline');
  });

  test('a page that wakes up is available again although its lease was deleted', async () => {
    await available();
    const tab = lease();
    await leases.open(service.ctx, tab);
    service.clock.advance(600_000);
    await leases.sweep(service.ctx);
    expect(await statusOf(service, milan)).toBe('offline');
    const [left] = await service.ctx.db.execute(sql`select 1 from agent_leases`);
    expect(left).toBeUndefined();
    await leases.renew(service.ctx, [tab]);
    await leases.sweep(service.ctx);
    expect(await statusOf(service, milan)).toBe('available');
  });
});
