import type { XmlElement } from '@rgrove/parse-xml';
import { callParams } from '../callbacks.ts';
import type { Leg } from '../leg.ts';
import { pause } from '../time.ts';
import { readDocument } from './document.ts';
import type { Fallback, RunParts, Source } from './step.ts';

export type Fetched =
  | { kind: 'verbs'; verbs: XmlElement[]; base: string }
  /** An action without a response, after which the call goes on with the next verb. */
  | { kind: 'go-on' }
  | { kind: 'failed' };

const httpFailure = 11200;
const connectionFailure = 11205;

/** Fetches a document, or the fallback's if that fails. Adds errors to the leg. */
export async function fetchDocument(
  parts: RunParts,
  leg: Leg,
  source: Source,
  fallback: Fallback | null,
  signal: AbortSignal,
): Promise<Fetched> {
  if ('twiml' in source.from) return parsed(leg, source.from.twiml, 'text/xml', '') ?? { kind: 'failed' };
  const { url } = source.from;
  let wrongSignature = false;
  let extra: Record<string, string> = {};
  let isDead = false;
  for (const effect of parts.faults.take(source.kind, { number: leg.spec.to })) {
    if (effect.kind === 'delay') await pause(parts.time, effect.seconds, signal);
    if (effect.kind === 'wrong-signature') wrongSignature = true;
    if (effect.kind === 'extra') extra = effect.params;
    if (effect.kind === 'dead' && effect.after === 'go-on') {
      leg.errors.push(connectionFailure);
      return { kind: 'go-on' };
    }
    if (effect.kind === 'dead') isDead = true;
  }
  if (isDead) leg.errors.push(connectionFailure);
  else {
    const fetched = await ask(parts, leg, source.from, { ...source.params, ...extra }, wrongSignature);
    if (fetched) return fetched;
  }
  if (!fallback) return { kind: 'failed' };
  const errorParams = { ErrorCode: String(leg.errors.at(-1)), ErrorUrl: url };
  return (await ask(parts, leg, fallback, errorParams, false)) ?? { kind: 'failed' };
}

async function ask(
  parts: RunParts,
  leg: Leg,
  { url, method }: { url: string; method: string },
  params: Record<string, string>,
  wrongSignature: boolean,
): Promise<Fetched | null> {
  const all = { ...callParams(leg, parts.account.accountSid), ...params };
  const answer = await parts.web.ask({ url, method, params: all, wrongSignature });
  if (!answer.ok || answer.status < 200 || answer.status > 299) {
    leg.errors.push(answer.ok ? httpFailure : connectionFailure);
    return null;
  }
  // An empty body counts as an empty document.
  if (answer.body === '') return { kind: 'verbs', verbs: [], base: url };
  return parsed(leg, answer.body, answer.contentType, url);
}

function parsed(leg: Leg, body: string, contentType: string, base: string): Fetched | null {
  const read = readDocument(body, contentType);
  if ('verbs' in read) return { kind: 'verbs', verbs: read.verbs, base };
  leg.errors.push(read.error);
  return null;
}
