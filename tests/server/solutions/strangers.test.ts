import { describe, expect, test } from 'vitest';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';

const { service, world } = await startWithWorld();

const current = '/api/solutions/current';
const add = (client: Client, line: Record<string, unknown>) => client.post(`${current}/lines`, line);

describe('other visitors', () => {
  test('another visitor finds nothing of a solution, with a session or without', async () => {
    const owner = service.visitor();
    const { body: line } = await add(owner, { productId: world.products.motor, quantity: 1 });
    const { body: solution } = await owner.get(current);
    const stranger = service.visitor();
    await stranger.get(current);
    for (const client of [stranger, service.visitor()]) {
      const own = `/api/solutions/${solution.id}`;
      const answers = [
        await client.get(own),
        await client.patch(own, { name: 'mine' }),
        await client.patch(own, { current: true }),
        await client.post(`${own}/lines`, { productId: world.products.motor, quantity: 1 }),
        await client.patch(`${own}/lines/${line.id}`, { quantity: 2 }),
        await client.delete(`${own}/lines/${line.id}`),
        await client.post(`${own}/lines/${line.id}/restoration`),
        // The owner's line, addressed through the stranger's own solution.
        await client.patch(`${current}/lines/${line.id}`, { quantity: 2 }),
        await client.delete(`${current}/lines/${line.id}`),
      ];
      expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 404));
    }
    for (const id of ['x', '00000000-0000-7000-8000-000000000000', "' or 1=1"]) {
      expect((await owner.get(`/api/solutions/${encodeURIComponent(id)}`)).status).toBe(404);
      expect((await owner.delete(`${current}/lines/${encodeURIComponent(id)}`)).status).toBe(404);
    }
    expect((await owner.get(current)).body.lines).toMatchObject([{ id: line.id, quantity: 1 }]);
  });

  test("a solution can't be changed from another site", async () => {
    const answer = await service
      .outsider()
      .post(`${current}/lines`, { productId: world.products.motor, quantity: 1 });
    expect([answer.status, answer.body.code]).toEqual([403, 'foreign_origin']);
  });
});
