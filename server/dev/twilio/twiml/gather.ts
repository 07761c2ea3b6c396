import type { XmlElement } from '@rgrove/parse-xml';
import type { Leg } from '../leg.ts';
import { Interrupted, pause } from '../time.ts';
import { elementsOf, isOn, numberOf } from './document.ts';
import { executeSpeech } from './speech.ts';
import type { Run, Source } from './step.ts';

/** Waits for keys during and after the prompt. Without any the call goes on with the next verb. */
export async function gather(run: Run, verb: XmlElement): Promise<Source | undefined> {
  const { leg, parts } = run;
  const numDigits = verb.attributes.numDigits ? numberOf(verb, 'numDigits', 1, 1, 1000) : Infinity;
  const timeout = numberOf(verb, 'timeout', 5, 1, 600);
  const keys = listen(leg, numDigits, verb.attributes.finishOnKey ?? '#');
  leg.prompts += 1;
  leg.listens = true;
  leg.events.emit('prompt', leg.prompts);
  parts.lines.touch(leg);
  try {
    await speakUntilKey(run, verb, keys);
    while (!keys.isDone) {
      const before = keys.digits;
      if (!(await keys.next(run, timeout)) && keys.digits === before) break;
    }
  } finally {
    keys.stop();
    leg.listens = false;
    parts.lines.touch(leg);
  }
  if (keys.digits === '' && !isOn(verb, 'actionOnEmptyResult', false)) return undefined;
  return {
    kind: 'action',
    from: {
      url: new URL(verb.attributes.action ?? run.base, run.base).href,
      method: verb.attributes.method ?? 'POST',
    },
    params: {
      Digits: keys.digits,
      ...(keys.finishedOn ? { FinishedOnKey: keys.finishedOn } : {}),
      msg: 'Gather End',
    },
  };
}

/** Speaks until the first key. */
async function speakUntilKey(run: Run, verb: XmlElement, keys: Keys): Promise<void> {
  const signal = AbortSignal.any([run.signal, keys.pressed]);
  try {
    for (const child of elementsOf(verb)) await executeSpeech(run, child, signal);
  } catch (error) {
    if (!(error instanceof Interrupted) || run.signal.aborted) throw error;
  }
}

interface Keys {
  readonly digits: string;
  readonly isDone: boolean;
  readonly finishedOn: string;
  /** Aborted by the first key. */
  pressed: AbortSignal;
  /** Waits for a key. Returns false after so many seconds without one. */
  next(run: Run, seconds: number): Promise<boolean>;
  stop(): void;
}

function listen(leg: Leg, numDigits: number, finishOnKey: string): Keys {
  const first = new AbortController();
  let key = new AbortController();
  let digits = '';
  let isDone = false;
  let finishedOn = '';
  const take = (digit: string) => {
    if (isDone) return;
    if (digit === finishOnKey) {
      isDone = true;
      finishedOn = digit;
    } else {
      digits += digit;
      isDone = digits.length >= numDigits;
    }
    first.abort();
    key.abort();
  };
  leg.events.on('digit', take);
  return {
    get digits() {
      return digits;
    },
    get isDone() {
      return isDone;
    },
    get finishedOn() {
      return finishedOn;
    },
    pressed: first.signal,
    async next(run, seconds) {
      if (key.signal.aborted) key = new AbortController();
      try {
        await pause(run.parts.time, seconds, AbortSignal.any([run.signal, key.signal]));
        return false;
      } catch (error) {
        if (!(error instanceof Interrupted) || run.signal.aborted) throw error;
        return true;
      }
    },
    stop: () => void leg.events.off('digit', take),
  };
}
