import type { CallBack } from '#lib/api/schema.d.ts';
import { type ActionFailure, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { api, ApiError, type Problem } from '#lib/api.ts';
import { instantOf } from '#server/common/zones.ts';
import { looksLikePhone, wholePhone } from './phones.ts';

type Event = Pick<RequestEvent, 'request' | 'fetch' | 'url' | 'locals' | 'cookies'>;

/** What a form of the panel answers when it was refused, with everything that was entered. */
export type CallRefused = {
  form: 'call' | 'callBack' | 'rate' | 'cancelCallBack';
  problem: Problem;
  values: Record<string, string>;
};

const wrongField = (path: string, code: string): Problem => ({
  type: 'about:blank',
  title: code,
  status: 422,
  code: 'invalid_input',
  detail: '',
  errors: [{ path, code, message: '' }],
});

const refusal = (refused: CallRefused): ActionFailure<{ calling: CallRefused }> =>
  fail(refused.problem.status, { calling: refused });

/**
 * Runs `send` and goes back to the panel, showing the same partner, so that a reload sends nothing again. `send` answers
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
    const { offerId, kind, agentId, key } = values;
    const body = { offerId, kind, phone: phoneOf(values), ...(agentId && { agentId }) };
    await api(event.fetch).post('/api/calls', body, key ? { key } : {});
    return undefined;
  });

/** Form action: asks to be called back, as soon as possible or from a time on. */
export const requestCallBack = (event: Event) =>
  posted(event, 'callBack', async (values) => {
    const { offerId, kind, name, about } = values;
    const phone = phoneOf(values);
    const wantedAt = wantedTime(values, event.locals.timeZone);
    if (!wantedAt) throw new ApiError(wrongField('wantedAt', 'format.deadline'));
    await api(event.fetch).post<CallBack>('/api/call-backs', {
      offerId,
      kind,
      phone,
      wantedAt,
      ...(name?.trim() && { name }),
      ...(about?.trim() && { note: about }),
    });
    return 'call-back';
  });

const wantedTime = ({ when, at }: Record<string, string>, timeZone: string): string | null =>
  when === 'later' ? instantOf(at ?? '', timeZone) : new Date().toISOString();

/** Form action: withdraws a call-back request. */
export const cancelCallBack = (event: Event) =>
  posted(event, 'cancelCallBack', async ({ callBackId = '' }) => {
    await api(event.fetch).delete(`/api/call-backs/${encodeURIComponent(callBackId)}`);
    return 'call-back-cancelled';
  });

/** Form action: rates a call that is over; no page shows it any longer. */
export const rateCall = (event: Event) =>
  posted(event, 'rate', async ({ callId = '', line = '', agent = '', comment = '' }) => {
    const missing = [
      ['line', line],
      ['agent', agent],
    ].flatMap(([path = '', mark = '']) => (/^[1-5]$/.test(mark) ? [] : [path]));
    if (missing.length > 0) {
      const errors = missing.map((path) => ({ path, code: 'not_allowed', message: '' }));
      throw new ApiError({ ...wrongField('', ''), errors });
    }
    await api(event.fetch).post(`/api/calls/${encodeURIComponent(callId)}/rating`, {
      line: Number(line),
      agent: Number(agent),
      ...(comment.trim() && { comment }),
    });
    event.cookies.delete('call', { path: '/' });
    return 'rated';
  });
