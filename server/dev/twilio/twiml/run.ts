import type { XmlElement } from '@rgrove/parse-xml';
import type { Leg } from '../leg.ts';
import { Interrupted, unlessStopped } from '../time.ts';
import { dial } from './dial.ts';
import { fetchDocument } from './fetch.ts';
import { gather } from './gather.ts';
import { speak, executeSpeech } from './speech.ts';
import type { Fallback, Outcome, Run, RunParts, Source } from './step.ts';

/** Executes a call's documents until it ends or is redirected. */
export async function runCall(
  parts: RunParts,
  leg: Leg,
  source: Source,
  fallback: Fallback | null,
): Promise<void> {
  const documentRun = new AbortController();
  leg.documentRun = documentRun;
  if (leg.isOver) return;
  await untilInterrupted(async () => {
    await execute(parts, leg, source, fallback, documentRun.signal);
    parts.lines.end(leg, 'completed', 'document');
  });
}

/** Executes a document for a callee before they are connected. It may end the leg. */
async function whisper(parts: RunParts, leg: Leg, source: Source): Promise<void> {
  await untilInterrupted(async () => {
    const how = await execute(parts, leg, source, null, leg.documentRun.signal);
    if (how === 'hang-up') parts.lines.end(leg, 'completed', 'document');
  });
}

async function untilInterrupted(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
}

/** Executes documents one after the other. Returns `end` after the last verb. */
async function execute(
  parts: RunParts,
  leg: Leg,
  first: Source,
  fallback: Fallback | null,
  signal: AbortSignal,
): Promise<'end' | 'hang-up'> {
  let source = first;
  let verbs: XmlElement[] = [];
  let base = '';
  for (;;) {
    const fetched = await unlessStopped(fetchDocument(parts, leg, source, fallback, signal), signal);
    const run = { parts, leg, signal, base, whisper: whisper.bind(null, parts) };
    if (fetched.kind === 'failed') return giveUp(run);
    if (fetched.kind === 'verbs') {
      verbs = [...fetched.verbs];
      base = fetched.base;
    }
    const outcome = await runVerbs({ ...run, base }, verbs);
    if (outcome === undefined) return 'end';
    if (outcome === 'hang-up') return outcome;
    source = outcome;
  }
}

/** Executes verbs and removes them from the list. */
async function runVerbs(run: Run, verbs: XmlElement[]): Promise<Outcome> {
  for (let verb = verbs.shift(); verb; verb = verbs.shift()) {
    const outcome = await runVerb(run, verb);
    if (outcome) return outcome;
  }
  return undefined;
}

async function runVerb(run: Run, verb: XmlElement): Promise<Outcome> {
  switch (verb.name) {
    case 'Say':
    case 'Play':
    case 'Pause':
      await executeSpeech(run, verb);
      return undefined;
    case 'Gather':
      return gather(run, verb);
    case 'Dial':
      return dial(run, verb);
    case 'Redirect': {
      const url = new URL(verb.text.trim(), run.base).href;
      return { kind: 'document', from: { url, method: verb.attributes.method ?? 'POST' }, params: {} };
    }
    default:
      // Hangup, or Reject, which is the same in an answered call.
      return 'hang-up';
  }
}

async function giveUp(run: Run): Promise<never> {
  await speak(run, 'We are sorry. An application error has occurred. Goodbye.');
  run.parts.lines.end(run.leg, 'completed', 'error');
  throw new Interrupted();
}
