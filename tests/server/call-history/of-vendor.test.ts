import { describe, expect, test } from 'vitest';
import type { VendorCallList } from '#server/call-history/of-vendor/schema.ts';
import { startWithWorld } from '../../world.ts';
import { addPerson, loggedIn } from '../buyers/people.ts';
import { addCall } from '../desk/desks.ts';

const { service, world } = await startWithWorld();
const { db, sql } = service.ctx;

const managerOf = async (vendor: string) => loggedIn(service, await addPerson(service, 'manager', vendor));
const [sever, brandt] = await Promise.all([managerOf(world.vendors.sever), managerOf(world.vendors.brandt)]);
const listed = async (query = '', manager = sever) =>
  (await manager.get<VendorCallList>(`/api/vendor/calls${query}`)).body;
const idsOf = async (query: string) => (await listed(query)).items.map(({ id }) => id);

const phone = '+420601555777';
const add = (day: string, offerId: string, more: Parameters<typeof addCall>[2]) => {
  const at = new Date(`${day}T09:00:00Z`);
  const about = { vendorId: world.vendors.sever, offerId, at };
  return addCall(db, about, { phone, agentId: Number(world.agents.milan), ...more }, []);
};
const at = new Date('2026-03-02T09:01:00Z');
const talked = await add('2026-03-02', world.offers.sensorSever, {
  ...{ state: 'closed', outcome: 'completed', answeredAt: at, endedAt: at, talkSeconds: 90 },
  agentNote: 'Wants 40 by Friday',
});
const missed = await add('2026-03-03', world.offers.motorSever, {
  ...{ state: 'closed', outcome: 'no_agent', endedAt: at, kind: 'support' },
});
const running = await add('2026-03-04', world.offers.motorSever, { state: 'bridged', answeredAt: at });
await sql`insert into call_ratings (call_id, vendor_id, agent_id, line, agent, comment, at)
  values (${talked}, ${world.vendors.sever}, ${world.agents.milan}, 4, 5, 'Knew it all', now())`;

describe("a manager's list of calls", () => {
  test('has the calls to the own agents, latest first, with outcome, rating and note', async () => {
    const { items, total } = await listed();
    expect([total, items.map(({ id }) => id)]).toEqual([3, [running, missed, talked]]);
    expect(items[2]).toMatchObject({
      ...{ kind: 'sales', status: 'ended', outcome: 'completed', talkSeconds: 90 },
      ...{ agent: { name: 'Milan Petrović' }, product: { code: '6ES-100' }, note: 'Wants 40 by Friday' },
      rating: { line: 4, agent: 5, comment: 'Knew it all' },
    });
    expect(items[0]).toMatchObject({ status: 'in_call', outcome: null, rating: null, note: null });
    expect(await listed('', brandt)).toMatchObject({ items: [], total: 0 });
  });

  test('holds nothing of the buyer', async () => {
    const [call] = (await listed('?result=talked')).items;
    expect(Object.keys(call!).sort()).toEqual(
      [
        ...['agent', 'answeredAt', 'endedAt', 'id', 'kind', 'note', 'outcome', 'product', 'rating'],
        ...['requestedAt', 'status', 'talkSeconds'],
      ].sort(),
    );
    expect(JSON.stringify(await listed())).not.toContain('601555');
  });

  test('is searched in names, codes and notes, filtered, and read page by page', async () => {
    expect(await idsOf('?q=milan')).toEqual([running, missed, talked]);
    expect(await idsOf('?q=FRIDAY')).toEqual([talked]);
    expect(await idsOf('?q=mot-7')).toEqual([running, missed]);
    expect(await idsOf('?q=%25')).toEqual([]);
    expect(await idsOf('?result=talked')).toEqual([talked]);
    expect(await idsOf('?result=missed')).toEqual([missed]);
    expect(await idsOf('?result=running')).toEqual([running]);
    expect(await idsOf('?kind=support')).toEqual([missed]);
    expect(await listed('?perPage=1&page=2')).toMatchObject({ items: [{ id: missed }], total: 3, page: 2 });
  });

  test('is refused to agents, buyers and guests', async () => {
    const buyer = await loggedIn(service, await addPerson(service));
    expect((await buyer.get('/api/vendor/calls')).status).toBe(403);
    expect((await service.visitor().get('/api/vendor/calls')).status).toBe(401);
  });
});
