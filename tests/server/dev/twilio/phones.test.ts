import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LedgerLeg } from '#server/dev/twilio/ledger.ts';
import type { PhoneView } from '#server/dev/twilio/phones.ts';
import { agentPhone, type SimulatorSetup, setUpSimulator, visitorPhone } from './simulator-setup.ts';

let setup: SimulatorSetup;
beforeEach(async () => {
  setup = await setUpSimulator();
  setup.answers.set(
    '/answered',
    '<Response><Gather numDigits="1" timeout="60" action="/digits"><Say>Press one.</Say></Gather></Response>',
  );
  setup.answers.set('/digits', `<Response><Dial>${visitorPhone}</Dial></Response>`);
});
afterEach(() => setup.close());

test('a manual phone follows the person and shows its state', async () => {
  const { phones } = setup.simulator;
  const seen: PhoneView[] = [];
  const stop = phones.watch((phone) => void (phone.number === agentPhone && seen.push(phone)));
  phones.open(agentPhone);
  phones.open(visitorPhone);
  expect(phones.view(agentPhone)).toMatchObject({ open: true, state: 'idle', callSid: null });
  await setup.create();
  await setup.advance(20);
  expect(phones.view(agentPhone)).toMatchObject({ state: 'ringing', from: '+38111222333' });
  phones.press(agentPhone, '1');
  phones.answer(agentPhone);
  await setup.advance(30);
  expect(phones.view(agentPhone)).toMatchObject({ state: 'listening', awaitsKeys: true, digits: '' });
  expect(phones.view(agentPhone).heard).toMatchObject([{ kind: 'say', text: 'Press one.' }]);
  phones.press(agentPhone, '1');
  await setup.advance(5);
  phones.answer(visitorPhone);
  await setup.advance(60);
  expect(phones.view(visitorPhone)).toMatchObject({ state: 'talking', talkingWith: agentPhone });
  phones.hangUp(visitorPhone);
  await setup.advance(1);
  expect(phones.list().map((phone) => phone.state)).toEqual(['idle', 'idle']);
  expect(setup.simulator.ledger().map((leg) => leg.endedBy)).toEqual(['document', 'callee']);
  stop();
  const states = seen.map((phone) => phone.state).filter((state, index, all) => state !== all[index - 1]);
  expect(states).toEqual(['idle', 'ringing', 'listening', 'talking', 'listening', 'idle']);
});

test('a ringing phone can be rejected, and answers automatically once closed', async () => {
  const { phones } = setup.simulator;
  phones.open(agentPhone);
  await setup.create();
  await setup.advance(5);
  phones.reject(agentPhone);
  await setup.settled();
  expect(setup.simulator.ledger()[0]).toMatchObject({ status: 'busy', sipCode: 603 });
  await setup.create();
  await setup.advance(5);
  phones.close(agentPhone);
  await setup.advance(4);
  expect(phones.view(agentPhone).state).toBe('listening');
});

test('a phone in a call is busy for the next one', async () => {
  await setup.create();
  await setup.advance(5);
  await setup.create();
  await setup.advance(5);
  expect(setup.simulator.ledger()[1]).toMatchObject({ status: 'busy', sipCode: 486 });
});

test('a list of personas is used one per call, the last for all further calls', async () => {
  const { personas } = setup.simulator;
  personas.set(agentPhone, [{ kind: 'busy' }, { kind: 'no-answer' }, { kind: 'rejects' }]);
  for (let calls = 0; calls < 4; calls += 1) {
    await setup.create({ timeout: 5 });
    await setup.advance(20);
  }
  expect(setup.simulator.ledger().map((leg) => leg.status)).toEqual(['busy', 'no-answer', 'busy', 'busy']);
  personas.clear(agentPhone);
  await setup.create();
  await setup.advance(5);
  expect(setup.simulator.ledger()[4]?.status).toBe('in-progress');
});

test('the control routes do everything that the simulator object does', async () => {
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${setup.simulator.url}/_sim/${path}`, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, body: await answer.json() };
  };
  const phone = `phones/${encodeURIComponent(agentPhone)}`;
  await ask('PUT', `personas/${encodeURIComponent(visitorPhone)}`, { kind: 'busy' });
  await ask('POST', 'faults', { on: 'callback', event: 'ringing', effect: { kind: 'drop' } });
  expect((await ask('PUT', 'behaviour', { timeLimitFrom: 'dial' })).body.timeLimitFrom).toBe('dial');
  await ask('POST', `${phone}/open`);
  await setup.create();
  expect((await ask('POST', 'clock/advance', { seconds: 2 })).body.now).toBe('2026-11-02T10:00:02.000Z');
  expect((await ask('POST', `${phone}/answer`)).body.state).toBe('listening');
  await ask('POST', 'clock/advance', { seconds: 1 });
  await ask('POST', `${phone}/press`, { digits: '1' });
  await ask('POST', 'clock/advance', { seconds: 9 });
  const { body: ledger } = await ask('GET', 'ledger');
  expect(ledger.map((leg: LedgerLeg) => leg.status)).toEqual(['completed', 'busy']);
  expect(setup.statuses('/status')).toEqual(['initiated', 'in-progress', 'completed']);
  expect((await ask('POST', `${phone}/explode`)).status).toBe(404);
});
