import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Api } from '#lib/api/paths.ts';
import { failFrom } from '#lib/api/fail.server.ts';
import { creditOf } from '#lib/credits/amounts.ts';
import { refused } from '#lib/credits/login.server.ts';
import { type KeptFile, uploadFiles } from './uploading.server.ts';

export const verbs = ['message', 'note', 'review', 'decide', 'withdraw'] as const;
export type Verb = (typeof verbs)[number];

/** What was typed, of the form `verb`. */
export type Values = { verb: Verb; text: string; reason: string; refundCredits: string; kept: KeptFile[] };

/** The complaint of a page: by its id with a login, or by the link of a mail. */
export type Where = { id: string } | { token: string };

type Sent = Values & { decision: 'resolved' | 'rejected'; audience: 'vendor_and_staff' | 'staff' };

async function send(api: Api, where: Where, sent: Sent): Promise<void> {
  const uploads = sent.kept.map(({ id }) => id);
  const { verb, text, reason, decision, refundCredits, audience } = sent;
  const message = { text, uploads };
  const decided = {
    ...{ decision, reason },
    ...(refundCredits && decision === 'resolved' && { refundCredits: creditOf(refundCredits) }),
  };
  if ('token' in where) {
    const params = { path: where };
    if (verb === 'message')
      await api.post('/api/complaint-links/{token}/messages', { params, body: message });
    else if (verb === 'review') await api.post('/api/complaint-links/{token}/review', { params });
    else await api.post('/api/complaint-links/{token}/decision', { params, body: decided });
    return;
  }
  const params = { path: where };
  if (verb === 'message') await api.post('/api/complaints/{id}/messages', { params, body: message });
  else if (verb === 'note')
    await api.post('/api/complaints/{id}/notes', { params, body: { ...message, audience } });
  else if (verb === 'review') await api.post('/api/complaints/{id}/review', { params });
  else if (verb === 'withdraw') await api.post('/api/complaints/{id}/withdrawal', { params });
  else await api.post('/api/complaints/{id}/decision', { params, body: decided });
}

/** Runs a form of a complaint's page and shows the page again, or returns its refusal with what was typed. */
async function act(event: RequestEvent, verb: Verb, where: Where) {
  const { request, locals, url } = event;
  const form = await request.formData();
  const field = (name: string) => String(form.get(name) ?? '').trim();
  const { kept, refused: wrongFile } = await uploadFiles(
    locals.api,
    form,
    'token' in where ? where.token : undefined,
  );
  const values: Values = {
    ...{ verb, kept },
    ...{ text: field(`text-${verb}`), reason: field('reason'), refundCredits: field('refundCredits') },
  };
  if (wrongFile) return failFrom(wrongFile, values);
  try {
    const decision = field('decision') === 'rejected' ? 'rejected' : 'resolved';
    const audience = field('audience') === 'staff' ? 'staff' : 'vendor_and_staff';
    await send(locals.api, where, { ...values, decision, audience });
  } catch (cause) {
    return refused(cause, url.pathname, values);
  }
  redirect(303, `${url.pathname}?done=${verb}`);
}

/** The actions of a page about one complaint. */
export const complaintActions = <Event extends RequestEvent>(whereOf: (event: Event) => Where) =>
  Object.fromEntries(
    verbs.map((verb) => [verb, (event: Event) => act(event, verb, whereOf(event))]),
  ) as Record<Verb, (event: Event) => ReturnType<typeof act>>;

/** Returns what was done, of the address after it. */
export const doneIn = (url: URL): Verb | 'filed' | undefined =>
  ([...verbs, 'filed'] as const).find((verb) => verb === url.searchParams.get('done'));
