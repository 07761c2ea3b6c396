import { afterAll, beforeAll, expect, test } from 'vitest';
import * as presence from '#server/presence/service.ts';
import type { SearchResult } from '#server/search/schema.ts';
import { startWithTelephony, type Telephony } from '../../telephony.ts';
import { start } from '../../harness.ts';
import { createWorld, type World } from '../../world.ts';
import { type AgentName, agentId } from './staff.ts';

let telephony: Telephony;
let world: World;
beforeAll(async () => {
  telephony = await startWithTelephony();
  world = await createWorld(telephony.service.ctx.db);
});
afterAll(() => telephony.end());

async function declare(name: AgentName, status: 'available' | 'away'): Promise<void> {
  const { ctx, clock } = telephony.service;
  const until = new Date(clock.now().getTime() + 3_600_000).toISOString();
  const agent = await agentId(ctx.db, world, name);
  await presence.declare(ctx, agent, status === 'available' ? { status, until } : { status });
}

/** Returns the number of agents who can be called about each of the product's offers, by vendor. */
async function freeFor(path: string): Promise<Record<string, number>> {
  const { body } = await telephony.service.visitor().get<SearchResult>(path);
  const offers = body.items.find(({ id }) => id === world.products.sensor)?.offers ?? [];
  return Object.fromEntries(offers.map(({ vendor, freeAgents }) => [vendor.slug, freeAgents]));
}

test('lists and comparisons say how many sales agents of each partner can talk about a product', async () => {
  const compared = `/api/product-comparisons?products=${world.products.sensor},${world.products.motor}`;
  await declare('milan', 'available');
  await declare('katrin', 'away');
  // Ivana is support.
  await declare('ivana', 'available');
  for (const path of ['/api/products?q=sensor', compared]) {
    expect(await freeFor(path), path).toMatchObject({ sever: 1, brandt: 0, wisla: 0 });
  }
  await declare('katrin', 'available');
  expect(await freeFor('/api/products?q=sensor')).toMatchObject({ sever: 1, brandt: 1 });
});

test('nobody counts as free where calling is off', async () => {
  const service = await start();
  try {
    const other = await createWorld(service.ctx.db);
    const agent = await agentId(service.ctx.db, other, 'milan');
    const until = new Date(service.clock.now().getTime() + 3_600_000).toISOString();
    await presence.declare(service.ctx, agent, { status: 'available', until });
    const { body } = await service.visitor().get<SearchResult>('/api/products?q=sensor');
    expect(body.items.flatMap(({ offers }) => offers).map(({ freeAgents }) => freeAgents)).not.toContain(1);
  } finally {
    await service.end();
  }
});
