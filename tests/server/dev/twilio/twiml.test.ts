import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agentPhone, type SimulatorSetup, setUpSimulator, visitorPhone } from './simulator-setup.ts';

let setup: SimulatorSetup;
beforeEach(async () => {
  setup = await setUpSimulator();
  setup.answers.set('/done', '<Response><Say>Goodbye.</Say></Response>');
});
afterEach(() => setup.close());

const otherPhone = '+4366412345678';
const response = (inside: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${inside}</Response>`;
const leg = (to: string) => setup.simulator.ledger().find((entry) => entry.to === to)!;
const secondsOf = (to: string) => leg(to).durationSeconds;

/** Calls the agent with this document and runs it to its end. */
async function run(document: string, seconds = 200): Promise<void> {
  setup.answers.set('/answered', response(document));
  await setup.create();
  await setup.advance(seconds);
}

describe('Gather', () => {
  const prompt = '<Say>Press one, please.</Say>';
  const heard = () => leg(agentPhone).heard.map(({ text }) => text);

  test('silence falls through to the next verb, after the prompt and the timeout', async () => {
    setup.simulator.personas.set(agentPhone, { kind: 'human' });
    await run(`<Gather timeout="6" numDigits="1" action="/digits">${prompt}</Gather><Say>No?</Say><Hangup/>`);
    expect(setup.to('/digits')).toEqual([]);
    expect(heard()).toEqual(['Press one, please.', 'No?']);
    // Two seconds of speech, six of silence, one of speech.
    expect(secondsOf(agentPhone)).toBe(9);
  });

  test('silence calls the action when the document asks for it', async () => {
    setup.simulator.personas.set(agentPhone, { kind: 'human' });
    await run(`<Gather actionOnEmptyResult="true" action="/done">${prompt}</Gather>`);
    expect(setup.to('/done')[0]?.params.Digits).toBe('');
  });

  test('a key stops the prompt, and the default action is the current URL', async () => {
    setup.simulator.personas.set(agentPhone, { kind: 'human', presses: [{ digits: '1', after: 1 }] });
    const long = `<Say>${'A long prompt. '.repeat(20)}</Say>`;
    setup.answers.set('/answered', (hit) =>
      response(hit.params.Digits ? '<Hangup/>' : `<Gather numDigits="1">${long}</Gather>`),
    );
    await setup.create();
    await setup.advance(30);
    expect(setup.to('/answered').map((hit) => hit.params.Digits)).toEqual([undefined, '1']);
    expect(secondsOf(agentPhone)).toBe(1);
  });

  test('Gather ends at the finishing key, at the number of digits, or in silence', async () => {
    const keys: [string, string, string | undefined][] = [
      ['', '12#3', '#'],
      ['finishOnKey="*"', '12*', '*'],
      ['numDigits="2"', '123', undefined],
      ['timeout="2"', '12', undefined],
    ];
    for (const [attributes, digits, finishedOn] of keys) {
      setup.hits.length = 0;
      setup.simulator.personas.set(agentPhone, { kind: 'human', presses: [digits] });
      await run(`<Gather action="/done" ${attributes}>${prompt}</Gather>`, 60);
      expect(setup.to('/done')[0]?.params).toMatchObject({ Digits: '12' });
      expect(setup.to('/done')[0]?.params.FinishedOnKey).toBe(finishedOn);
    }
  });

  test('voicemail greets, presses nothing and hangs up', async () => {
    setup.simulator.personas.set(agentPhone, { kind: 'voicemail', hangsUpAfter: 9 });
    await run(`<Gather timeout="30" action="/done">${prompt}</Gather>`);
    expect(setup.to('/done')).toEqual([]);
    expect(leg(agentPhone)).toMatchObject({ endedBy: 'callee', digits: '', durationSeconds: 9 });
  });

  test('hanging up during the prompt ends the call', async () => {
    setup.simulator.personas.set(agentPhone, { kind: 'human', hangsUpDuringPrompt: 1 });
    await run(`<Gather action="/done">${prompt}</Gather>`);
    expect(secondsOf(agentPhone)).toBe(1);
  });
});

describe('Dial', () => {
  const dial = (attributes = '', noun = `<Number>${visitorPhone}</Number>`) =>
    `<Dial action="/done" ${attributes}>${noun}</Dial>`;
  const dialResult = () => setup.to('/done')[0]?.params;

  test.each([
    ['busy', { kind: 'busy' }, 'busy'],
    ['no-answer', { kind: 'no-answer' }, 'no-answer'],
    ['failed', { kind: 'failed', sipCode: 480 }, 'failed'],
    ['rejects', { kind: 'rejects' }, 'busy'],
  ] as const)('Dial reports an unanswered phone: %s', async (_name, persona, status) => {
    setup.simulator.personas.set(visitorPhone, persona);
    await run(dial('timeout="10"'));
    expect(dialResult()).toMatchObject({
      DialCallStatus: status,
      DialBridged: 'false',
      CallStatus: 'in-progress',
    });
    expect(dialResult()?.DialCallDuration).toBeUndefined();
    expect(leg(agentPhone).heard.at(-1)?.text).toBe('Goodbye.');
  });

  test('Dial rings five seconds longer than asked', async () => {
    setup.simulator.personas.set(visitorPhone, { kind: 'no-answer' });
    await run(dial('timeout="25"'));
    const { initiatedAt, endedAt } = leg(visitorPhone);
    expect(endedAt!.getTime() - initiatedAt!.getTime()).toBe(30_000);
  });

  test.each([
    ['answer', 60, 60],
    ['dial', 60, 54],
  ] as const)("Dial's time limit counts from %s", async (from, limit, seconds) => {
    setup.simulator.faults.behaviour.timeLimitFrom = from;
    setup.simulator.personas.set(visitorPhone, { kind: 'human', answersAfter: 5 });
    await run(dial(`timeLimit="${limit}"`));
    expect(leg(visitorPhone)).toMatchObject({ durationSeconds: seconds, endedBy: 'time_limit' });
    expect(dialResult()).toMatchObject({ DialCallStatus: 'completed', DialCallDuration: String(seconds) });
  });

  test('when the caller hangs up during ringing, the phone stops and the action is called afterwards', async () => {
    setup.simulator.personas.set(agentPhone, { kind: 'human', hangsUpAfter: 3 });
    setup.simulator.personas.set(visitorPhone, { kind: 'no-answer' });
    await run(dial());
    expect(leg(visitorPhone)).toMatchObject({ status: 'canceled', endedBy: 'other_side' });
    expect(dialResult()).toMatchObject({ CallStatus: 'completed', DialCallStatus: 'canceled' });
    expect(leg(agentPhone).endedBy).toBe('callee');
  });

  test('when the caller hangs up during the conversation, both legs end and report seconds', async () => {
    setup.simulator.personas.set(agentPhone, { kind: 'human', hangsUpAfterTalking: 30 });
    await run(dial());
    expect(leg(visitorPhone)).toMatchObject({ status: 'completed', endedBy: 'other_side', talkSeconds: 30 });
    expect(dialResult()).toMatchObject({
      CallStatus: 'completed',
      DialCallDuration: '30',
      DialBridged: 'true',
    });
  });

  test('the star key ends the dialled leg when asked, and the caller stays', async () => {
    await setup.close();
    setup = await setUpSimulator();
    setup.answers.set('/answered', response(`${dial('hangupOnStar="true"')}`));
    setup.answers.set('/done', response('<Pause length="5"/>'));
    await setup.create();
    await setup.advance(20);
    setup.simulator.phones.press(agentPhone, '*');
    await setup.advance(10);
    expect(leg(visitorPhone).endedBy).toBe('other_side');
    expect(leg(agentPhone).endedBy).toBe('document');
  });

  test('the first of several phones to answer wins, and the others stop ringing', async () => {
    setup.simulator.personas.set(visitorPhone, { kind: 'human', answersAfter: 8 });
    setup.simulator.personas.set(otherPhone, { kind: 'human', answersAfter: 4, hangsUpAfterTalking: 10 });
    await run(dial('', `<Number>${visitorPhone}</Number><Number>${otherPhone}</Number>`));
    expect(leg(visitorPhone)).toMatchObject({ status: 'canceled', endedBy: 'picked_elsewhere' });
    expect(leg(otherPhone)).toMatchObject({ talkSeconds: 10, talkedWith: [agentPhone] });
    expect(dialResult()?.DialCallSid).toBe(leg(otherPhone).sid);
  });

  test('without an action the document continues, and the number may be plain text', async () => {
    setup.simulator.personas.set(visitorPhone, { kind: 'busy' });
    await run(`<Dial>${visitorPhone}</Dial><Say>Nobody.</Say>`);
    expect(leg(agentPhone).heard.at(-1)?.text).toBe('Nobody.');
  });

  test.each([
    ['a number that cannot be', '<Number>+12</Number>', '', 13224],
    ['a country not allowed', '<Number>+15005550003</Number>', '', 13227],
    ['a caller that is not ours', `<Number>${visitorPhone}</Number>`, 'callerId="+381641234567"', 13214],
  ])('Dial to %s fails at once and is recorded as an error', async (_name, noun, attributes, code) => {
    await run(dial(attributes, noun));
    expect(dialResult()).toMatchObject({ DialCallStatus: 'failed' });
    expect(leg(agentPhone).errors).toEqual([code]);
    expect(setup.simulator.ledger()).toHaveLength(1);
  });

  test('Dial fails for a number that a fault makes unreachable', async () => {
    setup.simulator.faults.add({ on: 'dial', number: visitorPhone, effect: { kind: 'code', code: 13227 } });
    await run(dial());
    expect(leg(agentPhone).errors).toEqual([13227]);
  });
});

describe('the whisper', () => {
  const dial = `<Dial action="/done"><Number url="/whisper">${visitorPhone}</Number></Dial>`;
  beforeEach(() => {
    const prompt = '<Gather numDigits="1" action="/consent"><Say>Press one.</Say></Gather><Hangup/>';
    setup.answers.set('/whisper', response(prompt));
    setup.answers.set('/consent', (hit) =>
      response(hit.params.Digits === '1' ? '<Say>Thank you.</Say>' : '<Hangup/>'),
    );
  });

  test('the whisper is heard by the callee alone before joining, and its seconds count', async () => {
    setup.simulator.personas.set(visitorPhone, { kind: 'human', presses: ['1'], hangsUpAfterTalking: 30 });
    await run(dial);
    expect(setup.to('/whisper')[0]?.params).toMatchObject({
      CallSid: leg(visitorPhone).sid,
      ParentCallSid: leg(agentPhone).sid,
      To: visitorPhone,
    });
    expect(leg(visitorPhone)).toMatchObject({ talkSeconds: 30, digits: '1' });
    expect(leg(visitorPhone).heard.map(({ text }) => text)).toEqual(['Press one.', 'Thank you.']);
    // Two seconds until the key, one of thanks.
    expect(setup.to('/done')[0]?.params).toMatchObject({ DialCallDuration: '33', DialBridged: 'true' });
  });

  test.each([
    ['declines', ['9']],
    ['says nothing', []],
  ])('a callee who %s is never joined', async (_name, presses) => {
    setup.simulator.personas.set(visitorPhone, { kind: 'human', presses });
    await run(dial);
    expect(leg(visitorPhone)).toMatchObject({ talkSeconds: 0, endedBy: 'document' });
    expect(setup.to('/done')[0]?.params).toMatchObject({ DialBridged: 'false' });
  });
});

describe('documents', () => {
  test.each([
    ['that is broken', '<Response><Say>', 'text/xml', 12100],
    ['of another root', '<Twiml/>', 'text/xml', 12100],
    ['with a verb nobody knows', '<Response><Sing/></Response>', 'text/xml', 12200],
    ['of another type', '{}', 'application/json', 12300],
    ['that is too large', `<Response><Say>${'x'.repeat(70_000)}</Say></Response>`, 'text/xml', 11750],
  ])(
    'a document %s is recorded as an error, and the fallback is requested',
    async (_name, body, type, code) => {
      setup.answers.set('/answered', { status: 200, body, type });
      setup.answers.set('/fallback', response('<Hangup/>'));
      await setup.create({ fallbackUrl: setup.at('/fallback') });
      await setup.advance(10);
      expect(setup.to('/fallback')[0]?.params.ErrorCode).toBe(String(code));
      expect(leg(agentPhone).errors).toEqual([code]);
    },
  );

  test("Redirect is relative to the document's own URL", async () => {
    setup.answers.set('/calls/next', response('<Redirect method="GET">last?a=1&amp;b=2</Redirect>'));
    await run('<Play>https://quoteline.test/ring.mp3</Play><Redirect>calls/next</Redirect>');
    const [hit] = setup.to('/calls/last');
    expect(hit?.method).toBe('GET');
    expect(hit?.params).toMatchObject({ a: '1', b: '2', CallSid: leg(agentPhone).sid });
    expect(hit?.isGenuine).toBe(true);
  });

  test.each([
    ['go-on', 'Still here.', 'document'],
    ['hang-up', 'We are sorry.', 'error'],
  ] as const)('an unreachable action URL leads to "%s"', async (after, words, endedBy) => {
    setup.simulator.faults.add({ on: 'action', effect: { kind: 'dead', after } });
    setup.simulator.personas.set(visitorPhone, { kind: 'busy' });
    await run(`<Dial action="/done">${visitorPhone}</Dial><Say>Still here.</Say>`);
    expect(leg(agentPhone).heard.at(-1)?.text).toContain(words);
    expect(leg(agentPhone)).toMatchObject({ endedBy, errors: [11205] });
  });
});
