import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scene, scenes } from './scenes.ts';
import { expectAllEnds } from './scene-ends.ts';
import { openCallSite, type SceneCall, type CallSite } from './call-site.ts';
import { requireInTime, retryWhenTooLate, untilStates } from './timely.ts';

/**
 * The database cuts its connections and takes no new ones for 20 s while there are calls. Requests of the telephone
 * network fail meanwhile, and the phones go on. Uses those scenes that don't wait longer than a phone rings.
 */
let site: CallSite;
const calls = new Map<Scene, SceneCall>();
const chosen = scenes.filter(
  ({ state, whileDead }) =>
    state === 'bridged' ||
    (whileDead && ['agent_ringing', 'agent_screening', 'visitor_ringing'].includes(state)),
);

beforeAll(async () => {
  site = await openCallSite();
});
afterAll(() => site.end());

test('calls survive 20 s without the database', { timeout: 900_000 }, () =>
  retryWhenTooLate(withoutDatabase, async () => {
    await site.end();
    calls.clear();
    site = await openCallSite();
  }),
);

async function withoutDatabase(): Promise<void> {
  for (let place = 0; place < 3; place += 1) await site.addAgent();
  await site.start();
  const startCalls = async (stages: Scene['stage'][]) => {
    const some = chosen.filter(({ stage }) => stages.includes(stage));
    for (const scene of some) {
      const agent = await site.addAgent();
      scene.prepare?.(site, { agent: agent.phone });
      calls.set(scene, await site.startCall(agent, scene.visitor, scene.confirmed));
    }
    return some;
  };
  for (const scene of await startCalls(['talking'])) await site.untilState(calls.get(scene)!, 'bridged');
  const phonesCalled = performance.now();
  const reaching = [...(await startCalls(['visitor'])), ...(await startCalls(['agent']))];
  await Promise.all(reaching.map(async (scene) => scene.reach(site, calls.get(scene)!)));
  const states = async () => {
    const found: [string, string][] = [];
    for (const [scene, call] of calls) found.push([scene.name, await site.state(call)]);
    return found;
  };
  const wanted = [...calls.keys()].map(({ name, state }): [string, string] => [name, state]);
  const inTime = () => requireInTime(phonesCalled, 12);
  await untilStates(wanted, states, inTime);

  inTime();
  const restore = await site.cutDatabase();
  for (const [scene, call] of calls) scene.whileDead?.(site, call);
  expect(await site.isReady()).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 20_000));
  await restore();
  await site.until(() => site.isReady());
  await Promise.all([...calls].map(async ([scene, call]) => scene.afterwards?.(site, call)));
  await expectAllEnds(site, calls);
}
