import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Leg } from '../leg.ts';
import { callerErrorCode, callErrorCode } from '../numbers.ts';
import { subscribe } from '../subscription.ts';
import { secondsAfter } from '../time.ts';
import { runCall } from '../twiml/run.ts';
import type { Fallback, RunParts, Source } from '../twiml/step.ts';
import { callResource, statusAt } from './call-resource.ts';
import { notFound, RestError } from './errors.ts';
import { answerWithFaults, type ExchangeParts, type Form, formValue, formValues } from './exchange.ts';
import { pageOf } from './paging.ts';

const largestInlineDocument = 4000;
const usualTimeout = 60;
const longestTimeout = 600;

export interface CallParts extends RunParts, ExchangeParts {
  /** The maximum of live calls; more are refused. */
  concurrency: number;
}

/** Registers the Calls resource. */
export function callRoutes(app: FastifyInstance, parts: CallParts, base: string): void {
  const { account, lines, time, faults } = parts;
  const knownAt = () => secondsAfter(time.now(), -faults.behaviour.fetchLagSeconds);
  const find = (sid: string): Leg => {
    const leg = lines.bySid(sid);
    if (!leg) throw notFound(`${base}/Calls/${sid}.json`);
    return leg;
  };

  app.post<{ Body: Form }>(`${base}/Calls.json`, (request, reply) =>
    answerWithFaults(parts, 'create', formValue(request.body, 'To') ?? '', request, reply, () => {
      const leg = createCall(parts, request.body ?? {});
      return {
        status: 201,
        body: callResource(leg, account.accountSid, time.now()),
        leg,
        afterwards: () => lines.start(leg),
      };
    }),
  );

  app.post<{ Params: { sid: string }; Body: Form }>(`${base}/Calls/:sid.json`, (request, reply) => {
    const leg = find(request.params.sid);
    return answerWithFaults(parts, 'update', leg.spec.to, request, reply, () => {
      updateCall(parts, leg, request.body ?? {});
      return { status: 200, body: callResource(leg, account.accountSid, time.now()), leg };
    });
  });

  app.get<{ Params: { sid: string } }>(`${base}/Calls/:sid.json`, (request, reply) => {
    const leg = find(request.params.sid);
    return answerWithFaults(parts, 'fetch', leg.spec.to, request, reply, () => ({
      status: 200,
      body: callResource(leg, account.accountSid, knownAt()),
    }));
  });

  app.get<{ Querystring: Record<string, string> }>(`${base}/Calls.json`, (request, reply) =>
    answerWithFaults(parts, 'fetch', request.query.To ?? '', request, reply, () => {
      const at = knownAt();
      const found = lines
        .all()
        .filter((leg) => leg.spec.createdAt <= at && fits(leg, request.query, at))
        .reverse()
        .map((leg) => callResource(leg, account.accountSid, at));
      return { status: 200, body: pageOf('calls', found, `${base}/Calls.json`, request.query) };
    }),
  );

  app.delete<{ Params: { sid: string } }>(
    `${base}/Calls/:sid.json`,
    async (request, reply): Promise<FastifyReply> => {
      const leg = find(request.params.sid);
      if (!leg.isOver)
        throw new RestError(400, 20001, 'Cannot delete this resource before the call has completed');
      lines.forget(leg);
      return reply.code(204).send();
    },
  );
}

/** Creates a leg without starting it. Refuses what Twilio refuses, in the same order. */
function createCall(parts: CallParts, form: Form): Leg {
  const { account, lines } = parts;
  const to = formValue(form, 'To');
  const from = formValue(form, 'From');
  if (!to) throw new RestError(400, 21201);
  if (!from) throw new RestError(400, 21213);
  const sourceOfCall = readSource(form);
  if (!sourceOfCall) throw new RestError(400, 21205);
  const wrongFrom = callerErrorCode(from, account.from);
  if (wrongFrom) throw new RestError(400, wrongFrom);
  const wrongTo = callErrorCode(to, parts);
  if (wrongTo) throw new RestError(400, wrongTo);
  if (lines.liveCount() >= parts.concurrency) throw new RestError(429, 10004);
  const leg = lines.place({
    to,
    from,
    direction: 'outbound-api',
    parent: null,
    timeout: Math.min(secondsIn(form, 'Timeout') ?? usualTimeout, longestTimeout),
    timeLimit: secondsIn(form, 'TimeLimit'),
    subscription: readCallback(form),
  });
  const fallback = readFallback(form);
  leg.events.once('answered', () => void runCall(parts, leg, sourceOfCall, fallback));
  return leg;
}

/** Ends a call, redirects it to another document, or changes its time limit. */
function updateCall(parts: CallParts, leg: Leg, form: Form): void {
  const status = formValue(form, 'Status');
  const goesTo = readSource(form);
  const limit = secondsIn(form, 'TimeLimit');
  if (status !== undefined && status !== 'completed' && status !== 'canceled')
    throw new RestError(400, 20001);
  if (leg.isOver) throw new RestError(400, 21220);
  if (status === 'canceled' && leg.answeredAt) throw new RestError(400, 21220);
  if (status) return parts.lines.end(leg, leg.answeredAt ? 'completed' : 'canceled', 'api');
  if (limit !== null) parts.lines.limit(leg, limit);
  if (!goesTo) return;
  if (!leg.answeredAt) throw new RestError(400, 21220);
  leg.detached = true;
  leg.documentRun.abort();
  leg.events.emit('redirected');
  void runCall(parts, leg, goesTo, readFallback(form));
}

function readSource(form: Form): Source | null {
  const twiml = formValue(form, 'Twiml');
  const url = formValue(form, 'Url');
  if (twiml !== undefined) {
    if (twiml.length > largestInlineDocument) throw new RestError(400, 21218);
    return { kind: 'document', from: { twiml }, params: {} };
  }
  if (url === undefined) return null;
  if (!URL.canParse(url)) throw new RestError(400, 21205, 'Url is not a valid URL');
  return { kind: 'document', from: { url, method: formValue(form, 'Method') ?? 'POST' }, params: {} };
}

function readFallback(form: Form): Fallback | null {
  const url = formValue(form, 'FallbackUrl');
  return url ? { url, method: formValue(form, 'FallbackMethod') ?? 'POST' } : null;
}

function readCallback(form: Form): Leg['spec']['subscription'] {
  const url = formValue(form, 'StatusCallback');
  if (!url) return null;
  return subscribe(
    url,
    formValue(form, 'StatusCallbackMethod') ?? 'POST',
    formValues(form, 'StatusCallbackEvent'),
  );
}

function secondsIn(form: Form, name: string): number | null {
  const value = Number(formValue(form, name) ?? Number.NaN);
  return Number.isInteger(value) && value > 0 ? value : null;
}

function fits(leg: Leg, query: Record<string, string>, at: Date): boolean {
  const { To, From, ParentCallSid, Status } = query;
  if (To && leg.spec.to !== To) return false;
  if (From && leg.spec.from !== From) return false;
  if (ParentCallSid && leg.spec.parent?.sid !== ParentCallSid) return false;
  if (Status && statusAt(leg, at) !== Status) return false;
  return isWithin(leg.initiatedAt, query, 'StartTime') && isWithin(leg.endedAt, query, 'EndTime');
}

/** Applies the filters `StartTime=` (a day), `StartTime>=` and `StartTime<=`. */
function isWithin(moment: Date | null, query: Record<string, string>, name: string): boolean {
  const [on, from, until] = [query[name], query[`${name}>`], query[`${name}<`]];
  if (!on && !from && !until) return true;
  if (!moment) return false;
  if (on && moment.toISOString().slice(0, 10) !== on.slice(0, 10)) return false;
  if (from && moment < new Date(from)) return false;
  return !until || moment <= new Date(until);
}
