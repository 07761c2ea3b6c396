import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settle } from '../../server/calls/settled.ts';
import { type Scene, scenes } from './scenes.ts';
import { settleAll, shortenWrapUps } from './settling.ts';
import { type Agent, openStand, quickAgent, type Ringing, type Stand } from './stand.ts';
import { beInTime, beStill, unlessTooLate, untilAllAre } from './timely.ts';

/**
 * Case 43: the service is killed with kill -9 while there is a call in each state, and started again; the phones go on
 * meanwhile. Two states last only within a transaction, so that no kill can leave them behind: `requested` (the click)
 * and `next_agent` (the agent's 2). For these the transaction is held open, and killed. `reserved` lasts until the
 * worker has the job: the first process has no worker. The others are kept by what their phones do, or the network
 * does not say (scenes.ts).
 */
let stand: Stand;
const calls = new Map<Scene, Ringing>();
/** Agents whom no scene needs for itself: they come next. */
const others: Agent[] = [];

beforeAll(async () => {
  stand = await openStand();
});
afterAll(() => stand.end());

/** On a stand of its own, until it was in time. */
const inTime = (run: () => Promise<void>) =>
  unlessTooLate(run, async () => {
    await stand.end();
    calls.clear();
    others.length = 0;
    stand = await openStand();
  });

const eachOf = async (stage: Scene['stage'][], run: (scene: Scene, call: Ringing) => unknown) => {
  for (const [scene, call] of calls) if (stage.includes(scene.stage)) await run(scene, call);
};

/** Clicks for all of a stage, then waits until each is on its way. */
async function begin(stages: Scene['stage'][]): Promise<void> {
  for (const scene of scenes.filter(({ stage }) => stages.includes(stage))) {
    const agent = await stand.agent();
    scene.prepare?.(stand, { agent: agent.phone });
    calls.set(scene, await stand.begin(agent, scene.visitor, scene.confirmed));
  }
}

async function reach(stages: Scene['stage'][]): Promise<void> {
  const reaching: Promise<unknown>[] = [];
  await eachOf(stages, (scene, call) => void reaching.push(Promise.resolve(scene.reach(stand, call))));
  await Promise.all(reaching);
}

async function statesNow(): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const [scene, call] of calls) found.push([scene.name, await stand.state(call)]);
  return found;
}
const wanted = () => [...calls.keys()].map(({ name, state }): [string, string] => [name, state]);

describe('calls survive a kill of the service', { timeout: 900_000 }, () => {
  test('a kill during the click or right after the reservation leaves nothing undone', () =>
    inTime(killedAtFirst));
  test('a kill in every other state leaves nothing undone', () => inTime(killedLater));
});

async function killedAtFirst(): Promise<void> {
  await stand.start({ WORKER: 'off' });
  await stand.prepareStart();
  const [reservedOne, clickedOne] = [await stand.agent(), await stand.agent()];
  others.push(reservedOne, clickedOne);
  const begun = performance.now();
  const reserved = await stand.begin(reservedOne);
  expect(await stand.state(reserved)).toBe('reserved');

  const { visitor, phone } = stand.caller();
  const letGo = await stand.hold([clickedOne]);
  const click = stand.click(visitor, phone, clickedOne, 'one key').catch(() => 'cut off');
  await stand.untilSomeoneWaits();
  await stand.kill();
  await letGo();
  expect(await click).toBe('cut off');

  await stand.start();
  beInTime(begun, 8);
  const again = await stand.click(visitor, phone, clickedOne, 'one key');
  expect(again.status).toBe(201);
  const clicked = { id: again.body.id, phone };
  for (const call of [reserved, clicked]) await stand.untilState(call, 'closed');
  await shortenWrapUps(stand);
  for (const call of [reserved, clicked]) {
    expect(await settle(stand, call)).toMatchObject({ outcome: 'completed', ended_by: 'visitor' });
  }
  const [row] = await stand.db.execute<{ n: number }>(sql`select count(*)::int as n from calls`);
  expect(row?.n).toBe(2);
}

async function killedLater(): Promise<void> {
  if (!(await stand.isReady())) await stand.start();
  await stand.prepareStart();
  await begin(['talking', 'last']);
  await eachOf(['talking', 'last'], (_, call) => stand.untilState(call, 'bridged'));
  const visitorsCalled = performance.now();
  await begin(['visitor']);
  await reach(['visitor']);
  const passedOn = await passOn();
  const agentsCalled = performance.now();
  await begin(['agent']);
  await reach(['agent', 'last']);
  const beSoon = () => {
    beInTime(visitorsCalled, 22);
    beInTime(agentsCalled, 16);
  };
  await untilAllAre(wanted(), statesNow, beSoon);
  try {
    await passedOn.press();
    await stand.kill();
    beStill(wanted(), await statesNow(), beSoon);
    expect(await stand.state(passedOn.call)).toBe('agent_screening');
  } finally {
    await passedOn.letGo();
  }

  await eachOf(['talking', 'last', 'visitor', 'agent'], (scene, call) => scene.whileDead?.(stand, call));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await stand.start();
  beSoon();
  stand.simulator.faults.clear();
  await Promise.all(
    [...calls].map(async ([scene, call]) => {
      await scene.afterwards?.(stand, call);
    }),
  );

  await stand.untilState(passedOn.call, 'closed', 150);
  await settleAll(stand, calls);
  expect(await settle(stand, passedOn.call)).toMatchObject({ outcome: 'completed' });
}

/** Returns a call whose agent passes it on, into a transaction that cannot end: all who could be next are held. */
async function passOn() {
  const agent = await stand.agent();
  for (let place = 0; place < 3; place += 1) others.push(await stand.agent());
  stand.simulator.personas.set(agent.phone, { ...quickAgent, presses: [] });
  const call = await stand.begin(agent);
  let letGo = async () => {};
  return {
    call,
    async press() {
      await stand.until(() => stand.simulator.phones.view(agent.phone).awaitsKeys);
      letGo = await stand.hold(others);
      stand.simulator.phones.press(agent.phone, '2');
      await stand.untilSomeoneWaits();
    },
    letGo: () => letGo(),
  };
}
