import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { account, agentPhone, type Stand, startStand, visitorPhone } from './stand.ts';

const prompt =
  '<Response><Gather numDigits="1" timeout="6" action="/digits"><Say>Press one.</Say></Gather><Hangup/></Response>';
const dialVisitor = (attributes = '') =>
  `<Response><Dial action="/done" timeLimit="600" timeout="25" ${attributes}>` +
  `<Number statusCallback="/child" statusCallbackEvent="initiated ringing answered completed">${visitorPhone}</Number></Dial></Response>`;

let stand: Stand;
beforeEach(async () => {
  stand = await startStand();
  stand.answers.set('/answered', prompt);
  stand.answers.set('/digits', dialVisitor());
  stand.answers.set('/done', '<Response><Hangup/></Response>');
});
afterEach(() => stand.close());

const leg = (to: string) => stand.simulator.ledger().find((entry) => entry.to === to)!;

describe('a call', () => {
  test('a call rings the agent, then on 1 the visitor, with callbacks in order and true seconds', async () => {
    stand.simulator.personas.set(visitorPhone, { kind: 'human', answersAfter: 4, hangsUpAfterTalking: 75 });
    const call = await stand.create();
    expect(call).toMatchObject({ status: 'queued', to: agentPhone, from: account.from, queueTime: '0' });
    await stand.advance(120);
    expect(stand.statuses('/status')).toEqual(['initiated', 'ringing', 'in-progress', 'completed']);
    expect(stand.statuses('/child')).toEqual(['initiated', 'ringing', 'in-progress', 'completed']);
    expect(stand.hits.every((hit) => hit.isGenuine)).toBe(true);
    expect(stand.to('/digits')[0]?.params).toMatchObject({ Digits: '1', CallStatus: 'in-progress' });
    expect(stand.to('/done')[0]?.params).toMatchObject({
      DialCallStatus: 'completed',
      DialCallDuration: '75',
      DialBridged: 'true',
      DialCallSid: leg(visitorPhone).sid,
      CallStatus: 'in-progress',
    });
    expect(stand.to('/child').at(-1)?.params).toMatchObject({
      ParentCallSid: call.sid,
      CallDuration: '75',
      Duration: '2',
      Direction: 'outbound-dial',
    });
    expect(leg(visitorPhone)).toMatchObject({ talkSeconds: 75, talkedWith: [agentPhone], endedBy: 'callee' });
    expect(leg(agentPhone)).toMatchObject({ talkSeconds: 75, digits: '1', endedBy: 'document' });
    const fetched = await stand.client.calls(call.sid).fetch();
    expect(fetched).toMatchObject({ status: 'completed', duration: String(leg(agentPhone).durationSeconds) });
  });
});
