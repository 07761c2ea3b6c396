import type { XmlElement } from '@rgrove/parse-xml';
import { pause } from '../time.ts';
import { numberOf } from './document.ts';
import type { Run } from './step.ts';

const charactersPerSecond = 15;
// Assumed, because files aren't fetched.
const fileSeconds = 3;

/** Speaks a text, for a time that depends on its length. */
export async function speak(run: Run, text: string, signal = run.signal, language?: string): Promise<void> {
  addHeard(run, 'say', text, language);
  await pause(run.parts.time, Math.max(1, Math.ceil(text.length / charactersPerSecond)), signal);
}

/** Executes Say, Play or Pause. */
export async function executeSpeech(run: Run, verb: XmlElement, signal = run.signal): Promise<void> {
  if (verb.name === 'Pause') {
    return pause(run.parts.time, numberOf(verb, 'length', 1, 0, 600), signal);
  }
  // loop="0" repeats until the call ends.
  const asked = numberOf(verb, 'loop', 1, 0, 1000);
  const text = verb.text.replace(/\s+/g, ' ').trim();
  for (let done = 0; asked === 0 || done < asked; done += 1) {
    if (verb.name === 'Say') await speak(run, text, signal, verb.attributes['language']);
    else {
      addHeard(run, 'play', text);
      await pause(run.parts.time, fileSeconds, signal);
    }
  }
}

function addHeard({ leg, parts }: Run, kind: 'say' | 'play', text: string, language?: string): void {
  leg.heard.push({ at: parts.time.now(), kind, text, ...(language ? { language } : {}) });
  parts.lines.touch(leg);
}
