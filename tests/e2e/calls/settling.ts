import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { settle } from '../../server/calls/settled.ts';
import type { Scene } from './scenes.ts';
import type { Ringing, Stand } from './stand.ts';

/** Waits until all have ended, then compares each with the lines and with how its scene ends. */
export async function settleAll(stand: Stand, calls: ReadonlyMap<Scene, Ringing>): Promise<void> {
  const openOnes = async () => {
    const states: [string, string][] = [];
    for (const [{ name }, call] of calls) states.push([name, await stand.state(call)]);
    return states.filter(([, state]) => state !== 'closed');
  };
  await expect.poll(openOnes, { timeout: 150_000, interval: 500 }).toEqual([]);
  await shortenWrapUps(stand);
  for (const [scene, call] of calls) await expectEnd(stand, scene, call);
}

async function expectEnd(stand: Stand, scene: Scene, call: Ringing): Promise<void> {
  const { outcome, ended_by, legs } = await settle(stand, call);
  expect([outcome, ended_by, legs[0]?.result], scene.name).toEqual([
    expect.stringMatching(scene.outcome),
    scene.endedBy ?? ended_by,
    expect.stringMatching(scene.first),
  ]);
}

/** Ends wrap-ups at once, so that the test need not wait for each: the next sweep lets go. */
export async function shortenWrapUps(stand: Stand): Promise<void> {
  await stand.db.execute(sql`
    update call_legs set pinned_until = clock_timestamp()
    where released_at is null and result = 'accepted' and pinned_until is not null`);
}
