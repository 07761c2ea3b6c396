import type { XmlElement } from '@rgrove/parse-xml';
import type { Leg } from '../leg.ts';
import { dialErrorCode } from '../numbers.ts';
import { Interrupted, pause, unlessStopped } from '../time.ts';
import { callParams } from '../callbacks.ts';
import { elementsOf, isOn, numberOf } from './document.ts';
import type { Outcome, Run, Source } from './step.ts';
import { readSubscription } from '../subscription.ts';

/** The parameters for a `<Dial action>`. */
type DialResult = Record<string, string>;

/** Holds the result also after an interruption. */
interface Dialling {
  result: DialResult;
}

/** A dialled leg and its `<Number>`. */
interface DialledLeg {
  child: Leg;
  noun: XmlElement;
}

const mostNumbers = 10;
const longestSeconds = 14_400;
const callerNotOurs = 13214;

/** Dials other phones and connects the first that picks up. Returns the action as the next source. */
export async function dial(run: Run, verb: XmlElement): Promise<Outcome> {
  const dialling: Dialling = { result: {} };
  try {
    await dialPhones(run, verb, dialling);
  } catch (error) {
    if (error instanceof Interrupted && run.leg.isOver)
      await requestActionAfterHangUp(run, verb, dialling.result);
    throw error;
  }
  return verb.attributes.action ? actionOf(run, verb, dialling.result) : undefined;
}

function actionOf(run: Run, verb: XmlElement, params: DialResult): Source {
  const url = new URL(verb.attributes.action ?? run.base, run.base).href;
  return { kind: 'action', from: { url, method: verb.attributes.method ?? 'POST' }, params };
}

/** Requests the action after the caller hung up, and ignores the response. */
async function requestActionAfterHangUp(run: Run, verb: XmlElement, result: DialResult): Promise<void> {
  const { leg, parts } = run;
  if (!verb.attributes.action || !parts.faults.behaviour.actionWhenParentLeaves) return;
  const { from, params } = actionOf(run, verb, result);
  if (!('url' in from)) return;
  const effects = parts.faults.take('action', { number: leg.spec.to });
  if (effects.some((effect) => effect.kind === 'dead')) return;
  await parts.web.ask({ ...from, params: { ...callParams(leg, parts.account.accountSid), ...params } });
}

async function dialPhones(run: Run, verb: XmlElement, dialling: Dialling): Promise<void> {
  const { leg, parts } = run;
  const startedAt = parts.time.now();
  const callerId = verb.attributes.callerId ?? leg.spec.from;
  dialling.result = resultOf(null);
  if (callerId !== parts.account.from) return void leg.errors.push(callerNotOurs);
  const all = placeAll(run, verb, callerId);
  let chosen: DialledLeg | null = null;
  try {
    chosen = await firstPickUp(run, all);
    if (chosen) {
      for (const other of all) if (other !== chosen) end(run, other.child, 'picked_elsewhere');
      if (await isJoinable(run, chosen)) await connectLegs(run, verb, chosen.child, startedAt);
    }
  } finally {
    // The caller hung up or was redirected, or the conversation has ended.
    for (const { child } of all) end(run, child, 'other_side');
    dialling.result = resultOf((chosen ?? all.at(-1))?.child ?? null);
  }
}

function placeAll(run: Run, verb: XmlElement, callerId: string): DialledLeg[] {
  const { leg, parts } = run;
  const nouns = elementsOf(verb);
  const all: DialledLeg[] = [];
  // `<Client>` isn't simulated.
  const phones = (nouns.length > 0 ? nouns : [verb]).filter(({ name }) => name !== 'Client');
  for (const noun of phones.slice(0, mostNumbers)) {
    const number = noun.text.replace(/[\s().-]/g, '');
    const refused = parts.faults.take('dial', { number }).at(-1)?.code ?? dialErrorCode(number, parts);
    if (refused !== null) {
      leg.errors.push(refused);
      continue;
    }
    const child = parts.lines.place({
      to: number,
      from: callerId,
      direction: 'outbound-dial',
      parent: leg,
      timeout: numberOf(verb, 'timeout', 30, 5, 600),
      timeLimit: null,
      subscription: noun === verb ? null : readSubscription(noun.attributes, run.base),
    });
    all.push({ child, noun });
  }
  for (const { child } of all) parts.lines.start(child);
  return all;
}

/** Returns the first leg that picks up; null if none does. */
function firstPickUp(run: Run, all: DialledLeg[]): Promise<DialledLeg | null> {
  const answers = all.map(
    (dialled) =>
      new Promise<DialledLeg>((resolve) => dialled.child.events.once('answered', () => resolve(dialled))),
  );
  const allOver = Promise.all(all.map(({ child }) => child.ended)).then(() => null);
  return unlessStopped(Promise.race([...answers, allOver]), run.signal);
}

/** Runs the `<Number url>` for the callee alone. Returns false if they have left by then. */
async function isJoinable(run: Run, { child, noun }: DialledLeg): Promise<boolean> {
  const { url: asked, method = 'POST' } = noun.attributes;
  if (noun.name === 'Number' && asked) {
    const url = new URL(asked, run.base).href;
    await unlessStopped(
      run.whisper(child, { kind: 'document', from: { url, method }, params: {} }),
      run.signal,
    );
  }
  return !child.isOver && !child.detached;
}

/** Connects both until one hangs up, the time is up, or the callee is redirected. */
async function connectLegs(run: Run, verb: XmlElement, child: Leg, startedAt: Date): Promise<void> {
  const { leg, parts } = run;
  const now = parts.time.now();
  const stop = new AbortController();
  const signal = AbortSignal.any([run.signal, stop.signal]);
  leg.talks.push({ with: child.spec.to, from: now, to: null });
  child.talks.push({ with: leg.spec.to, from: now, to: null });
  leg.events.emit('bridged');
  child.events.emit('bridged');
  parts.lines.touch(leg);
  const limit = numberOf(verb, 'timeLimit', longestSeconds, 1, longestSeconds);
  const counts = parts.faults.behaviour.timeLimitFrom === 'dial' ? startedAt : (child.answeredAt ?? now);
  const left = Math.max(0, limit - (now.getTime() - counts.getTime()) / 1000);
  const star = new Promise<void>((resolve) => {
    if (!isOn(verb, 'hangupOnStar', false)) return;
    const hear = (digit: string) => digit === '*' && resolve();
    leg.events.on('digit', hear);
    signal.addEventListener('abort', () => leg.events.off('digit', hear));
  });
  const sentElsewhere = new Promise<void>((resolve) => child.events.once('redirected', resolve));
  const limitReached = pause(parts.time, left, signal)
    .then(() => end(run, child, 'time_limit'))
    .catch((error: unknown) => {
      if (!(error instanceof Interrupted)) throw error;
    });
  try {
    await unlessStopped(Promise.race([child.ended, star, sentElsewhere, limitReached]), run.signal);
  } finally {
    stop.abort();
    for (const line of [leg, child]) if (line.talk) line.talk.to = parts.time.now();
    parts.lines.touch(leg);
  }
}

function end(run: Run, child: Leg, by: 'picked_elsewhere' | 'other_side' | 'time_limit'): void {
  const { lines, faults } = run.parts;
  if (child.isOver || child.detached) return;
  if (child.answeredAt) lines.end(child, 'completed', by);
  else lines.end(child, by === 'other_side' ? faults.behaviour.childWhenParentLeaves : 'canceled', by);
}

function resultOf(child: Leg | null): DialResult {
  if (!child) return { DialCallStatus: 'failed', DialBridged: 'false' };
  const status = child.isOver ? child.status : 'completed';
  return {
    DialCallSid: child.sid,
    DialCallStatus: status,
    ...(child.answeredAt ? { DialCallDuration: String(child.durationSeconds) } : {}),
    DialBridged: String(child.talks.length > 0),
  };
}
