import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectConsistentEnd } from '../../server/calls/call-ends.ts';
import { type Scene, scenes } from './scenes.ts';
import { expectAllEnds, shortenWrapUps } from './scene-ends.ts';
import {
  type Agent,
  openCallSite,
  quickAgent,
  type SceneCall,
  type CallSite,
  type SiteOptions,
} from './call-site.ts';
import { requireInTime, requireStates, retryWhenTooLate, untilStates } from './timely.ts';

/**
 * The service is killed with SIGKILL while there is a call in each state, and started again; the phones go on
 * meanwhile. `requested` (the click) and `next_agent` (the agent's 2) exist only within a transaction, which a lock
 * keeps open until the kill. `reserved` lasts until a worker has the job, so the first process has no worker. The
 * other states are kept by what the phones do or the network doesn't report (scenes.ts).
 */
export function testKills(
  of: string,
  options: SiteOptions = {},
  expectMore?: (site: CallSite) => Promise<void>,
): void {
  beforeAll(() => openSite(options));
  afterAll(() => site.end());

  describe(`${of} survive a kill of the service`, { timeout: 900_000 }, () => {
    test('a kill during the click or right after the reservation leaves nothing undone', async () => {
      await untilInTime(options, killEarly);
      await expectMore?.(site);
    });
    test('a kill in every other state leaves nothing undone', async () => {
      await untilInTime(options, killLater);
      await expectMore?.(site);
    });
  });
}

let site: CallSite;
const calls = new Map<Scene, SceneCall>();
/** Agents without a scene of their own, to whom calls are passed on. */
const others: Agent[] = [];

async function openSite(options: SiteOptions): Promise<void> {
  site = await openCallSite(options);
}

/** Runs a test, again with a new service while it is too late. */
const untilInTime = (options: SiteOptions, run: () => Promise<void>) =>
  retryWhenTooLate(run, async () => {
    await site.end();
    calls.clear();
    others.length = 0;
    await openSite(options);
  });

const eachOf = async (stage: Scene['stage'][], run: (scene: Scene, call: SceneCall) => unknown) => {
  for (const [scene, call] of calls) if (stage.includes(scene.stage)) await run(scene, call);
};

/** Requests the calls of all scenes of these stages. */
async function startCalls(stages: Scene['stage'][]): Promise<void> {
  for (const scene of scenes.filter(({ stage }) => stages.includes(stage))) {
    const agent = await site.addAgent();
    scene.prepare?.(site, { agent: agent.phone });
    calls.set(scene, await site.startCall(agent, scene.visitor, scene.confirmed));
  }
}

/** Brings the calls of these stages into their states. */
async function reachStates(stages: Scene['stage'][]): Promise<void> {
  const reaching: Promise<unknown>[] = [];
  await eachOf(stages, (scene, call) => void reaching.push(Promise.resolve(scene.reach(site, call))));
  await Promise.all(reaching);
}

async function statesNow(): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const [scene, call] of calls) found.push([scene.name, await site.state(call)]);
  return found;
}
const wanted = () => [...calls.keys()].map(({ name, state }): [string, string] => [name, state]);

async function killEarly(): Promise<void> {
  // Calls begin only while a worker lives; this one does nothing.
  await site.db.execute(sql`insert into workers values (gen_random_uuid(), 'infinity')`);
  await site.start({ WORKER: 'off' });
  await site.prepareStart();
  const [reservedOne, clickedOne] = [await site.addAgent(), await site.addAgent()];
  others.push(reservedOne, clickedOne);
  const begun = performance.now();
  const reserved = await site.startCall(reservedOne);
  expect(await site.state(reserved)).toBe('reserved');

  const { visitor, phone } = site.addCaller();
  const unlock = await site.lockAgents([clickedOne]);
  const click = site.click(visitor, phone, clickedOne, 'one key').catch(() => 'cut off');
  await site.untilLockWaits();
  await site.kill();
  await unlock();
  expect(await click).toBe('cut off');

  await site.start();
  requireInTime(begun, 8);
  const again = await site.click(visitor, phone, clickedOne, 'one key');
  expect(again.status).toBe(201);
  const clicked = { id: again.body.id, phone };
  for (const call of [reserved, clicked]) await site.untilState(call, 'closed');
  await shortenWrapUps(site);
  for (const call of [reserved, clicked]) {
    expect(await expectConsistentEnd(site, call)).toMatchObject({
      outcome: 'completed',
      ended_by: 'visitor',
    });
  }
  const [row] = await site.db.execute<{ n: number }>(sql`select count(*)::int as n from calls`);
  expect(row?.n).toBe(2);
}

async function killLater(): Promise<void> {
  if (!(await site.isReady())) await site.start();
  await site.prepareStart();
  await startCalls(['talking', 'last']);
  await eachOf(['talking', 'last'], (_, call) => site.untilState(call, 'bridged'));
  const visitorsCalled = performance.now();
  await startCalls(['visitor']);
  await reachStates(['visitor']);
  const passedOn = await startPassedOnCall();
  const agentsCalled = performance.now();
  await startCalls(['agent']);
  await reachStates(['agent', 'last']);
  const beSoon = () => {
    requireInTime(visitorsCalled, 22);
    requireInTime(agentsCalled, 16);
  };
  await untilStates(wanted(), statesNow, beSoon);
  try {
    await passedOn.press();
    await site.kill();
    requireStates(wanted(), await statesNow(), beSoon);
    expect(await site.state(passedOn.call)).toBe('agent_screening');
  } finally {
    await passedOn.unlock();
  }

  await eachOf(['talking', 'last', 'visitor', 'agent'], (scene, call) => scene.whileDead?.(site, call));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await site.start();
  beSoon();
  site.simulator.faults.clear();
  await Promise.all(
    [...calls].map(async ([scene, call]) => {
      await scene.afterwards?.(site, call);
    }),
  );

  await site.untilState(passedOn.call, 'closed', 150);
  await expectAllEnds(site, calls);
  expect(await expectConsistentEnd(site, passedOn.call)).toMatchObject({ outcome: 'completed' });
}

/** Starts a call that its agent passes on in a transaction that cannot end, because all next agents are locked. */
async function startPassedOnCall() {
  const agent = await site.addAgent();
  for (let place = 0; place < 3; place += 1) others.push(await site.addAgent());
  site.simulator.personas.set(agent.phone, { ...quickAgent, presses: [] });
  const call = await site.startCall(agent);
  let unlock = async () => {};
  return {
    call,
    async press() {
      await site.until(() => site.simulator.phones.view(agent.phone).awaitsKeys);
      unlock = await site.lockAgents(others);
      site.simulator.phones.press(agent.phone, '2');
      await site.untilLockWaits();
    },
    unlock: () => unlock(),
  };
}
