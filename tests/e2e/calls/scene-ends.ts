import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { expectConsistentEnd } from '../../server/calls/call-ends.ts';
import type { Scene } from './scenes.ts';
import type { SceneCall, CallSite } from './call-site.ts';

/** Waits until all calls have ended, then expects consistent records and the end that each scene names. */
export async function expectAllEnds(site: CallSite, calls: ReadonlyMap<Scene, SceneCall>): Promise<void> {
  const openOnes = async () => {
    const states: [string, string][] = [];
    for (const [{ name }, call] of calls) states.push([name, await site.state(call)]);
    return states.filter(([, state]) => state !== 'closed');
  };
  await expect.poll(openOnes, { timeout: 150_000, interval: 500 }).toEqual([]);
  await shortenWrapUps(site);
  for (const [scene, call] of calls) await expectSceneEnd(site, scene, call);
}

async function expectSceneEnd(site: CallSite, scene: Scene, call: SceneCall): Promise<void> {
  const { outcome, ended_by, legs } = await expectConsistentEnd(site, call);
  expect([outcome, ended_by, legs[0]?.result], scene.name).toEqual([
    expect.stringMatching(scene.outcome),
    scene.endedBy ?? ended_by,
    expect.stringMatching(scene.first),
  ]);
}

/** Ends all wrap-ups with the next sweep, so that the test need not wait for them. */
export async function shortenWrapUps(site: CallSite): Promise<void> {
  await site.db.execute(sql`
    update call_legs set pinned_until = clock_timestamp()
    where released_at is null and result = 'accepted' and pinned_until is not null`);
}
