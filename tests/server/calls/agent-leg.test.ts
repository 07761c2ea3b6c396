import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { type Exchange, startExchange } from './exchange.ts';
import { expectEnd } from './call-ends.ts';

let exchange: Exchange;
let colleague: { id: number; phone: string };
let milan: { id: string; phone: string };
const short: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 8 };

beforeAll(async () => {
  exchange = await startExchange();
  milan = { id: exchange.world.agents.milan, phone: exchange.world.phones.milan };
  colleague = await exchange.addColleague('Petra Marić');
});
afterAll(() => exchange.end());
beforeEach(async () => {
  for (const { id } of [milan, colleague]) await exchange.putOnDuty(id);
});
afterEach(() => {
  for (const { phone } of [milan, colleague]) exchange.simulator.personas.clear(phone);
  exchange.simulator.faults.clear();
});

const agentId = () => ({ agentId: milan.id });

/**
 * Starts a call in which Milan's phone behaves like the persona, and expects that result and those misses, and that
 * his colleague takes the call.
 */
async function expectPassedOn(persona: Persona, result: string, misses: number) {
  exchange.simulator.personas.set(milan.phone, persona);
  const call = await exchange.startCall(short, agentId());
  await expectEnd(exchange, call, {
    outcome: 'completed',
    endedBy: 'visitor',
    attempts: [
      [milan.id, result],
      [colleague.id, 'accepted'],
    ],
    misses: { [milan.id]: misses },
    talkSeconds: 8,
  });
  const seen = (await call.visitor.get(`/api/calls/${call.id}`)).body;
  expect(seen.agent.name).toBe('Petra Marić');
  return seen.tried;
}

describe('the agent', () => {
  test("an agent's voicemail presses nothing, counts as a miss, and the next agent is called", async () => {
    const tried = await expectPassedOn({ kind: 'voicemail', hangsUpAfter: 60 }, 'silent', 1);
    expect(tried).toEqual([{ name: 'Milan Petrović', result: 'no_answer', ringSeconds: 3 }]);
  });

  test('a voicemail whose tape ends during the prompts is a miss too', async () => {
    await expectPassedOn({ kind: 'voicemail', hangsUpAfter: 15 }, 'silent', 1);
  });

  test('two voicemails in a row make the agent unreachable', async () => {
    exchange.simulator.personas.set(milan.phone, { kind: 'voicemail' });
    for (let time = 0; time < 2; time += 1)
      await exchange.expectEnded(await exchange.startCall(short, agentId()));
    expect(await exchange.shownStatus(milan.id)).toBe('offline');
    await exchange.putOnDuty(milan.id);
    expect(await exchange.shownStatus(milan.id)).toBe('available');
  });

  test('an agent who presses 2 declines', async () => {
    await expectPassedOn({ kind: 'human', presses: ['2'] }, 'declined', 0);
  });

  test('an agent who hangs up during the prompt declines', async () => {
    await expectPassedOn({ kind: 'human', hangsUpDuringPrompt: 1 }, 'hung_up', 0);
  });

  test('an agent whose phone is busy is skipped', async () => {
    const tried = await expectPassedOn({ kind: 'busy' }, 'busy', 0);
    expect(tried[0].result).toBe('busy');
  });

  test('an agent who rejects the call is skipped', async () => {
    await expectPassedOn({ kind: 'rejects' }, 'busy', 0);
  });

  test('an agent who does not answer is skipped with a miss', async () => {
    await expectPassedOn({ kind: 'no-answer' }, 'no_answer', 1);
  });

  test('a switched-off phone counts as not answered, an unknown number as unreachable', async () => {
    await expectPassedOn({ kind: 'failed', sipCode: 480 }, 'no_answer', 1);
    await exchange.putOnDuty(milan.id);
    await expectPassedOn({ kind: 'failed', sipCode: 404 }, 'unreachable', 1);
  });

  test('an agent who presses 1 after the timeout is too late, and the next one has the call', async () => {
    // He presses 1 at the second prompt, and the request takes 14 seconds to arrive.
    const presses = [null, { digits: '1', after: 7 }];
    exchange.simulator.personas.set(milan.phone, { kind: 'human', presses });
    exchange.simulator.faults.add({
      ...{ on: 'action', number: milan.phone },
      effect: { kind: 'delay', seconds: 14 },
    });
    const call = await exchange.startCall(short, agentId());
    const record = await exchange.expectEnded(call);
    expect(record).toMatchObject({ outcome: 'completed', agent_id: String(colleague.id) });
    expect(record.legs[0]).toMatchObject({ agent_id: milan.id, result: 'silent' });
    const milans = exchange.simulator.ledger().findLast(({ to }) => to === milan.phone);
    expect(milans).toMatchObject({ digits: '1', talkSeconds: 0 });
  });

  test('a break declared during ringing begins after the call', async () => {
    const call = await exchange.startCall(short, agentId());
    await exchange.untilStatus(call, 'calling_agent');
    await exchange.service.ctx
      .sql`update agent_presence set declared = 'away', phone_until = null where agent_id = ${milan.id}`;
    expect(await exchange.expectEnded(call)).toMatchObject({ outcome: 'completed', agent_id: milan.id });
    expect(await exchange.shownStatus(milan.id)).toBe('offline');
  });

  test('two calls at once go to two agents, and a third is refused because nobody is free', async () => {
    const calls = await Promise.all([
      exchange.startCall(short, agentId()),
      exchange.startCall(short, agentId()),
    ]);
    const records = await Promise.all(calls.map(({ id }) => exchange.record(id)));
    expect(new Set(records.map((record) => record.agent_id)).size).toBe(2);
    const third = await exchange.requestCall(exchange.service.visitor(), exchange.newPhone());
    expect([third.status, third.body.code]).toEqual([409, 'nobody_free']);
    for (const call of calls)
      expect(await exchange.expectEnded(call)).toMatchObject({ outcome: 'completed' });
  });

  test('a call that all agents missed has one outcome and leaves nobody reserved', async () => {
    for (const { phone } of [milan, colleague]) exchange.simulator.personas.set(phone, { kind: 'no-answer' });
    const call = await exchange.startCall(short);
    const misses = { [milan.id]: 1, [colleague.id]: 1 };
    const record = await expectEnd(exchange, call, { outcome: 'no_agent', endedBy: 'system', misses });
    expect(record.legs.map(({ result }) => result)).toEqual(['no_answer', 'no_answer']);
  });

  test('declining on the desk stops the phone and calls the next agent', async () => {
    const call = await exchange.startCall(short, agentId());
    await exchange.untilStatus(call, 'calling_agent');
    await exchange.until(() => exchange.simulator.ledger().some(({ status }) => status === 'ringing'));
    const { declineCall } = await import('#server/calls/service.ts');
    await declineCall(exchange.service.ctx, Number(milan.id), call.id);
    const record = await exchange.expectEnded(call);
    expect(record).toMatchObject({ outcome: 'completed', agent_id: String(colleague.id) });
    expect(record.legs[0]).toMatchObject({ result: 'declined', status: 'canceled' });
  });
});

describe('the visitor leaves while the agent is called', () => {
  test("a visitor can leave before the agent's phone rings, while it rings, and during the prompt", async () => {
    const moments: ((id: string) => Promise<boolean>)[] = [
      async () => true,
      async () => exchange.simulator.ledger().some(({ status }) => status === 'ringing'),
      async (id) => (await exchange.record(id)).state === 'agent_screening',
    ];
    for (const isThen of moments) {
      exchange.simulator.personas.set(milan.phone, { kind: 'human', presses: [null, '1'] });
      const call = await exchange.startCall(short, agentId());
      await exchange.until(() => isThen(call.id));
      const answer = await call.visitor.post(`/api/calls/${call.id}/hangup`);
      expect(answer.status).toBe(200);
      expect(await exchange.expectEnded(call)).toMatchObject({
        outcome: 'visitor_cancelled',
        ended_by: 'visitor',
      });
      expect(await exchange.shownStatus(milan.id)).toBe('available');
      expect(exchange.simulator.ledger().some(({ to }) => to === call.phone)).toBe(false);
    }
  });

  test('a visitor can leave at the moment the agent presses 1, in either order', async () => {
    for (const delay of [0, 1, 2, 3]) {
      const call = await exchange.startCall(short, agentId());
      await exchange.until(async () => (await exchange.record(call.id)).state === 'agent_screening');
      // The key is pressed two seconds into the prompt.
      await exchange.advance(delay);
      await call.visitor.post(`/api/calls/${call.id}/hangup`);
      expect(await exchange.expectEnded(call)).toMatchObject({ outcome: 'visitor_cancelled' });
    }
  });
});
