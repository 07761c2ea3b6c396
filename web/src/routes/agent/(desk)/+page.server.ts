import { redirect } from '@sveltejs/kit';
import { failFrom } from '#lib/api/fail.server.ts';
import { entered } from '#lib/api/entered.ts';
import type { Api } from '#lib/api/paths.ts';
import { ApiError, wrongField } from '#lib/api/problem.ts';
import type { operations } from '#lib/api/schema.d.ts';
import type { BodyOf } from '#lib/api/types.ts';
import { nextTime } from '#lib/desk/until.ts';
import type { Actions, RequestEvent } from './$types';

type AgentStatus = BodyOf<operations['setAgentStatus']>;

const field = (form: FormData, name: string) => String(form.get(name) ?? '').replaceAll('\r\n', '\n');

/** Runs an action of the desk and redirects to the page, or returns its refusal. */
const verb =
  (act: (api: Api, form: FormData, event: RequestEvent) => Promise<unknown>) =>
  async (event: RequestEvent) => {
    const form = await event.request.formData();
    try {
      await act(event.locals.api, form, event);
    } catch (cause) {
      return failFrom(cause, {});
    }
    redirect(303, '/agent');
  };

/** Returns the call or call-back that the form is about. */
const params = (form: FormData) => ({ path: { id: field(form, 'id') } });

const wrapUp = (api: Api, form: FormData, action: 'extend' | 'finish') =>
  api.post('/api/agent/calls/{id}/wrap-up', { params: params(form), body: { action } });

export const actions: Actions = {
  status: verb((api, form, { locals }) => {
    const status = field(form, 'status');
    const typed = status === 'available' ? field(form, 'until').trim() : '';
    if (form.has('byPhone') && !typed) throw new ApiError(wrongField('until', 'required'));
    // Otherwise an instant from the page; the service refuses anything else.
    const until = typed && (nextTime(typed, locals.timeZone, new Date()) ?? typed);
    const body: AgentStatus = { status: entered(status), ...(until && { until }) };
    return api.put('/api/agent/status', { body });
  }),
  decline: verb((api, form) => api.post('/api/agent/calls/{id}/decline', { params: params(form) })),
  hangup: verb((api, form) => api.post('/api/agent/calls/{id}/hangup', { params: params(form) })),
  note: verb((api, form) => {
    const body = { note: field(form, 'note') };
    return api.put('/api/agent/calls/{id}/note', { params: params(form), body });
  }),
  extend: verb((api, form) => wrapUp(api, form, 'extend')),
  finish: verb((api, form) => wrapUp(api, form, 'finish')),
  callBack: verb((api, form) => api.post('/api/agent/call-backs/{id}/call', { params: params(form) })),
  closeCallBack: verb((api, form) => {
    const note = field(form, `note:${field(form, 'id')}`).trim();
    const body = note ? { note } : {};
    return api.post('/api/agent/call-backs/{id}/closing', { params: params(form), body });
  }),
  seen: verb((api) => api.post('/api/agent/missed/seen')),
};
