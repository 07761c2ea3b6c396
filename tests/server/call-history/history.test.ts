import { afterEach, describe, expect, test } from 'vitest';
import type { CallList, CallStatistics } from '#server/call-history/schema.ts';
import * as ledger from '#server/ledger/service.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { addPerson, loggedIn } from '../buyers/people.ts';
import { addCall } from '../desk/desks.ts';

const { service, world } = await startWithWorld();
const { db, sql } = service.ctx;
afterEach(async () => {
  await sql`truncate call_ratings, call_legs, calls cascade`;
});

async function newBuyer(): Promise<{ browser: Client; buyerId: string }> {
  const email = await addPerson(service);
  const [account] = await sql<{ id: string }[]>`select buyer_id as id from accounts where email = ${email}`;
  return { browser: await loggedIn(service, email), buyerId: account!.id };
}

/** Adds a conversation with milan, by default a sales call of 90 seconds. */
async function talked(
  buyerId: string,
  day: string,
  more: Parameters<typeof addCall>[2] = {},
): Promise<string> {
  const at = new Date(`${day}T09:00:00Z`);
  const about = { vendorId: world.vendors.sever, offerId: world.offers.sensorSever, at };
  const talk = {
    state: 'closed',
    outcome: 'completed',
    answeredAt: at,
    endedAt: at,
    talkSeconds: 90,
  } as const;
  return addCall(db, about, { ...talk, buyerId, agentId: Number(world.agents.milan), ...more }, []);
}

const statistics = async (browser: Client, query: Record<string, string>) =>
  (await browser.get<CallStatistics>(`/api/call-statistics?${new URLSearchParams(query)}`)).body;

describe('the history of calls', () => {
  test('a buyer sees their calls, latest first, with rating and cost, and nobody else sees them', async () => {
    const [{ browser, buyerId }, other] = [await newBuyer(), await newBuyer()];
    const first = await talked(buyerId, '2026-03-02', { kind: 'support' });
    const second = await talked(buyerId, '2026-03-04', {
      outcome: 'no_agent',
      talkSeconds: null,
      answeredAt: null,
    });
    await sql`insert into call_ratings (call_id, vendor_id, agent_id, line, agent, at)
      values (${first}, ${world.vendors.sever}, ${world.agents.milan}, 4, 5, now())`;
    await db.transaction((tx) =>
      ledger.post(tx, {
        ...{ operationId: 'call-1', kind: 'call', actor: 'system', text: 'x', at: service.clock.now() },
        subject: { type: 'call', id: first },
        entries: [
          { account: { owner: { type: 'buyer', id: buyerId }, unit: 'credit' }, amount: 500n },
          { account: { owner: { type: 'house', id: 'issued' }, unit: 'credit' }, amount: -500n },
        ],
      }),
    );
    const { items, total } = (await browser.get<CallList>('/api/calls')).body;
    expect([total, items.map(({ id }) => id)]).toEqual([2, [second, first]]);
    expect(items[1]).toMatchObject({
      ...{ kind: 'support', status: 'ended', outcome: 'completed', talkSeconds: 90, credits: '-5.00' },
      ...{ vendor: { name: 'Elektro Sever' }, product: { code: '6ES-100' }, rating: { line: 4, agent: 5 } },
    });
    expect((await browser.get<CallList>('/api/calls?kind=sales')).body.items.map(({ id }) => id)).toEqual([
      second,
    ]);
    const { body } = await browser.get<CallList>(`/api/calls?vendor=${world.vendors.brandt}`);
    expect(body).toMatchObject({ items: [], total: 0 });
    expect((await other.browser.get<CallList>('/api/calls')).body.total).toBe(0);
    expect((await service.visitor().get('/api/calls')).status).toBe(401);
  });

  test('figures are of each week by its Monday, also of weeks without calls', async () => {
    const { browser, buyerId } = await newBuyer();
    await talked(buyerId, '2026-03-01');
    await talked(buyerId, '2026-03-02');
    await talked(buyerId, '2026-03-08', { talkSeconds: 60 });
    await talked(buyerId, '2026-03-16', {
      outcome: 'visitor_no_answer',
      talkSeconds: null,
      answeredAt: null,
    });
    const { items, total } = await statistics(browser, { from: '2026-03-02', to: '2026-03-17' });
    expect(items.map(({ week, calls, answered, minutes }) => [week, calls, answered, minutes])).toEqual([
      ['2026-03-02', 2, 2, 2.5],
      ['2026-03-09', 0, 0, 0],
      ['2026-03-16', 1, 0, 0],
    ]);
    expect(total).toMatchObject({ calls: 3, answered: 2, talkSeconds: 150, ratings: 0, line: null });
  });

  test('a call late on Sunday counts by the clocks of the zone asked for', async () => {
    const { browser, buyerId } = await newBuyer();
    await talked(buyerId, '2026-03-08', { requestedAt: new Date('2026-03-08T23:30:00Z') });
    const range = { from: '2026-03-02', to: '2026-03-15' };
    const callsPerWeek = async (timeZone: string) =>
      (await statistics(browser, { ...range, timeZone })).items.map(({ calls }) => calls);
    expect(await callsPerWeek('UTC')).toEqual([1, 0]);
    expect(await callsPerWeek('Europe/Belgrade')).toEqual([0, 1]);
  });

  test('figures by partner have the means of what was rated', async () => {
    const { browser, buyerId } = await newBuyer();
    for (const [day, line, agent] of [
      ['2026-03-02', 4, 5],
      ['2026-03-03', 5, 2],
    ] as const) {
      const id = await talked(buyerId, day);
      await sql`insert into call_ratings (call_id, vendor_id, agent_id, line, agent, at)
        values (${id}, ${world.vendors.sever}, ${world.agents.milan}, ${line}, ${agent}, now())`;
    }
    const range = { from: '2026-03-01', to: '2026-03-31', by: 'vendor' };
    const { items } = await statistics(browser, range);
    expect(items).toMatchObject([
      { vendor: { name: 'Elektro Sever' }, calls: 2, ratings: 2, line: 4.5, agent: 3.5, credits: '0.00' },
    ]);
    expect((await statistics((await newBuyer()).browser, range)).items).toEqual([]);
  });

  test('ranges that end before they begin or are too long, and unknown zones, are refused', async () => {
    const { browser } = await newBuyer();
    for (const query of ['from=2026-03-02&to=2026-03-01', 'from=2020-01-01&to=2026-01-01', 'timeZone=Mars'])
      expect((await browser.get(`/api/call-statistics?${query}`)).status, query).toBe(422);
  });
});
