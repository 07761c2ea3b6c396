import type { operations, Problem } from '#lib/api/schema.d.ts';
import type { BodyOf } from '#lib/api/types.ts';
import { type ActionFailure, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { entered } from '#lib/api/entered.ts';
import { ApiError, problemOf, wrongField } from '#lib/api/problem.ts';
import { instantOf } from '#server/common/zones.ts';
import { dismissCall, lookForCalls } from './shown.ts';
import { looksLikePhone, wholePhone } from './phones.ts';

type StartCall = BodyOf<operations['startCall']>;
type RequestCallBack = BodyOf<operations['requestCallBack']>;
type Event = Pick<RequestEvent, 'request' | 'url' | 'locals' | 'cookies'>;

/** The result of a refused form of the panel, with everything that was entered. */
export type CallRefused = {
  form: 'call' | 'callBack' | 'rate' | 'cancelCallBack';
  problem: Problem;
  values: Record<string, string>;
};

const refusal = (refused: CallRefused): ActionFailure<{ calling: CallRefused }> =>
  fail(refused.problem.status, { calling: refused });

/**
 * Runs `send` and redirects to the panel with the same partner, so that a reload sends nothing again. `send` returns
 * what the panel says afterwards, if anything.
 */
async function posted(
  { request, url }: Event,
  form: CallRefused['form'],
  send: (values: Record<string, string>) => Promise<string | undefined>,
) {
  const values: Record<string, string> = {};
  for (const [name, value] of await request.formData()) if (typeof value === 'string') values[name] = value;
  let said: string | undefined;
  try {
    said = await send(values);
  } catch (cause) {
    if (cause instanceof ApiError) return refusal({ form, problem: cause.problem, values });
    throw cause;
  }
  const query = new URLSearchParams();
  if (values['partner']) query.set('partner', values['partner']);
  if (values['kind'] === 'support') query.set('team', 'support');
  if (said) query.set('said', said);
  redirect(303, `${url.pathname}${query.size > 0 ? `?${query}` : ''}#call`);
}

function phoneOf(values: Record<string, string>): string {
  const phone = wholePhone(values['country'] ?? '', values['phone'] ?? '');
  if (!looksLikePhone(phone)) throw new ApiError(wrongField('phone', 'phone_not_valid'));
  return phone;
}

/** Form action: calls the chosen agent, then the visitor. */
export const startCall = (event: Event) =>
  posted(event, 'call', async (values) => {
    const { offerId = '', kind, agentId, key } = values;
    const phone = phoneOf(values);
    const body: StartCall = { offerId, kind: entered(kind), phone, ...(agentId && { agentId }) };
    await event.locals.api.post('/api/calls', { params: { header: { 'idempotency-key': key } }, body });
    return undefined;
  });

/** Form action: requests a call-back, as soon as possible or from a given time on. */
export const requestCallBack = (event: Event) =>
  posted(event, 'callBack', async (values) => {
    const { offerId = '', kind, name, about } = values;
    const phone = phoneOf(values);
    const wantedAt = wantedTime(values, event.locals.timeZone);
    if (!wantedAt) throw new ApiError(wrongField('wantedAt', 'format.deadline'));
    const body: RequestCallBack = {
      offerId,
      kind: entered(kind),
      phone,
      wantedAt,
      ...(name?.trim() && { name }),
      ...(about?.trim() && { note: about }),
    };
    await event.locals.api.post('/api/call-backs', { body });
    // The agent starts the call, so this browser must look for it.
    lookForCalls(event.cookies);
    return 'call-back';
  });

const wantedTime = ({ when, at }: Record<string, string>, timeZone: string): string | null =>
  when === 'later' ? instantOf(at ?? '', timeZone) : new Date().toISOString();

/** Form action: cancels a call-back request. */
export const cancelCallBack = (event: Event) =>
  posted(event, 'cancelCallBack', async ({ callBackId = '' }) => {
    await event.locals.api.delete('/api/call-backs/{id}', { params: { path: { id: callBackId } } });
    return 'call-back-cancelled';
  });

/** Form action: rates an ended call, which pages then stop showing. */
export const rateCall = (event: Event) =>
  posted(event, 'rate', async ({ callId = '', line = '', agent = '', comment = '' }) => {
    const missing = [
      ['line', line],
      ['agent', agent],
    ].flatMap(([path = '', mark = '']) => (/^[1-5]$/.test(mark) ? [] : [path]));
    if (missing.length > 0) {
      const errors = missing.map((path) => ({ path, code: 'not_allowed', message: '' }));
      throw new ApiError(problemOf(422, 'invalid_input', errors));
    }
    await event.locals.api.post('/api/calls/{id}/rating', {
      params: { path: { id: callId } },
      body: { line: Number(line), agent: Number(agent), ...(comment.trim() && { comment }) },
    });
    dismissCall(event.cookies, callId);
    return 'rated';
  });
