import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scene, scenes } from './scenes.ts';
import { settleAll } from './settling.ts';
import { openStand, type Ringing, type Stand } from './stand.ts';
import { beInTime, unlessTooLate, untilAllAre } from './timely.ts';

/**
 * Case 42: the database takes no connections for 20 s while there are calls, and those it had are cut. Whatever the
 * telephone network asks or tells meanwhile gets no answer of use; the phones go on. Scenes of the killed service
 * that don't wait for somebody longer than a phone rings.
 */
let stand: Stand;
const calls = new Map<Scene, Ringing>();
const chosen = scenes.filter(
  ({ state, whileDead }) =>
    state === 'bridged' ||
    (whileDead && ['agent_ringing', 'agent_screening', 'visitor_ringing'].includes(state)),
);

beforeAll(async () => {
  stand = await openStand();
});
afterAll(() => stand.end());

test('calls survive 20 s without the database', { timeout: 900_000 }, () =>
  unlessTooLate(withoutDatabase, async () => {
    await stand.end();
    calls.clear();
    stand = await openStand();
  }),
);

async function withoutDatabase(): Promise<void> {
  for (let place = 0; place < 3; place += 1) await stand.agent();
  await stand.start();
  const begin = async (stages: Scene['stage'][]) => {
    const some = chosen.filter(({ stage }) => stages.includes(stage));
    for (const scene of some) {
      const agent = await stand.agent();
      scene.prepare?.(stand, { agent: agent.phone });
      calls.set(scene, await stand.begin(agent, scene.visitor, scene.confirmed));
    }
    return some;
  };
  for (const scene of await begin(['talking'])) await stand.untilState(calls.get(scene)!, 'bridged');
  const phonesCalled = performance.now();
  const reaching = [...(await begin(['visitor'])), ...(await begin(['agent']))];
  await Promise.all(reaching.map(async (scene) => scene.reach(stand, calls.get(scene)!)));
  const states = async () => {
    const found: [string, string][] = [];
    for (const [scene, call] of calls) found.push([scene.name, await stand.state(call)]);
    return found;
  };
  const wanted = [...calls.keys()].map(({ name, state }): [string, string] => [name, state]);
  const inTime = () => beInTime(phonesCalled, 12);
  await untilAllAre(wanted, states, inTime);

  inTime();
  const back = await stand.cutDatabase();
  for (const [scene, call] of calls) scene.whileDead?.(stand, call);
  expect(await stand.isReady()).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 20_000));
  await back();
  await stand.until(() => stand.isReady());
  await Promise.all([...calls].map(async ([scene, call]) => scene.afterwards?.(stand, call)));
  await settleAll(stand, calls);
}
