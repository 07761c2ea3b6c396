import { redirect } from '@sveltejs/kit';
import { api, failFrom } from '#lib/api.ts';
import { nextTime } from '#lib/desk/until.ts';
import type { Actions, RequestEvent } from './$types';

const field = (form: FormData, name: string) => String(form.get(name) ?? '').replaceAll('\r\n', '\n');

/** A verb of the desk: done, and back to the page; or what was refused. */
const verb =
  (act: (service: ReturnType<typeof api>, form: FormData, event: RequestEvent) => Promise<unknown>) =>
  async (event: RequestEvent) => {
    const form = await event.request.formData();
    try {
      await act(api(event.fetch), form, event);
    } catch (cause) {
      return failFrom(cause, {});
    }
    redirect(303, '/agent');
  };

const call = (form: FormData, verbs: string) =>
  `/api/agent/calls/${encodeURIComponent(field(form, 'id'))}/${verbs}`;
const callBack = (form: FormData, verbs: string) =>
  `/api/agent/call-backs/${encodeURIComponent(field(form, 'id'))}/${verbs}`;

export const actions: Actions = {
  status: verb((service, form, { locals }) => {
    const status = field(form, 'status');
    const typed = status === 'available' ? field(form, 'until') : '';
    // Else an instant, as the page has it; what is neither is the service's to refuse, in its words.
    const until = typed && (nextTime(typed, locals.timeZone, new Date()) ?? typed);
    return service.put('/api/agent/status', { status, ...(until && { until }) });
  }),
  decline: verb((service, form) => service.post(call(form, 'decline'))),
  hangup: verb((service, form) => service.post(call(form, 'hangup'))),
  note: verb((service, form) => service.put(call(form, 'note'), { note: field(form, 'note') })),
  extend: verb((service, form) => service.post(call(form, 'wrap-up'), { action: 'extend' })),
  finish: verb((service, form) => service.post(call(form, 'wrap-up'), { action: 'finish' })),
  callBack: verb((service, form) => service.post(callBack(form, 'call'))),
  closeCallBack: verb((service, form) => {
    const note = field(form, `note:${field(form, 'id')}`).trim();
    return service.post(callBack(form, 'closing'), note ? { note } : {});
  }),
  seen: verb((service) => service.post('/api/agent/missed/seen')),
};
