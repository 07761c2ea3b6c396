import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { account, agentPhone, type SimulatorSetup, setUpSimulator, visitorPhone } from './simulator-setup.ts';

const prompt =
  '<Response><Gather numDigits="1" timeout="6" action="/digits"><Say>Press one.</Say></Gather><Hangup/></Response>';
const dialVisitor = (attributes = '') =>
  `<Response><Dial action="/done" timeLimit="600" timeout="25" ${attributes}>` +
  `<Number statusCallback="/child" statusCallbackEvent="initiated ringing answered completed">${visitorPhone}</Number></Dial></Response>`;

let setup: SimulatorSetup;
beforeEach(async () => {
  setup = await setUpSimulator();
  setup.answers.set('/answered', prompt);
  setup.answers.set('/digits', dialVisitor());
  setup.answers.set('/done', '<Response><Hangup/></Response>');
});
afterEach(() => setup.close());

const leg = (to: string) => setup.simulator.ledger().find((entry) => entry.to === to)!;

describe('a call', () => {
  test('a call rings the agent, then on 1 the visitor, with callbacks in order and true seconds', async () => {
    setup.simulator.personas.set(visitorPhone, { kind: 'human', answersAfter: 4, hangsUpAfterTalking: 75 });
    const call = await setup.create();
    expect(call).toMatchObject({ status: 'queued', to: agentPhone, from: account.from, queueTime: '0' });
    await setup.advance(120);
    expect(setup.statuses('/status')).toEqual(['initiated', 'ringing', 'in-progress', 'completed']);
    expect(setup.statuses('/child')).toEqual(['initiated', 'ringing', 'in-progress', 'completed']);
    expect(setup.hits.every((hit) => hit.isGenuine)).toBe(true);
    expect(setup.to('/digits')[0]?.params).toMatchObject({ Digits: '1', CallStatus: 'in-progress' });
    expect(setup.to('/done')[0]?.params).toMatchObject({
      DialCallStatus: 'completed',
      DialCallDuration: '75',
      DialBridged: 'true',
      DialCallSid: leg(visitorPhone).sid,
      CallStatus: 'in-progress',
    });
    expect(setup.to('/child').at(-1)?.params).toMatchObject({
      ParentCallSid: call.sid,
      CallDuration: '75',
      Duration: '2',
      Direction: 'outbound-dial',
    });
    expect(leg(visitorPhone)).toMatchObject({ talkSeconds: 75, talkedWith: [agentPhone], endedBy: 'callee' });
    expect(leg(agentPhone)).toMatchObject({ talkSeconds: 75, digits: '1', endedBy: 'document' });
    const fetched = await setup.client.calls(call.sid).fetch();
    expect(fetched).toMatchObject({ status: 'completed', duration: String(leg(agentPhone).durationSeconds) });
  });
});
