import { redirect } from '@sveltejs/kit';
import { refused } from '#lib/credits/login.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const verbs = ['unlock', 'end', 'reset'] as const;
type Verb = (typeof verbs)[number];

export const load: PageServerLoad = async ({ locals, params, url }) => ({
  person: await locals.api.get('/api/staff/people/{id}', { params: { path: params } }),
  done: verbs.find((verb) => verb === url.searchParams.get('done')),
});

async function act({ locals, params, url, request }: RequestEvent, verb: Verb) {
  const path = { params: { path: params } };
  const reason = String((await request.formData()).get('reason') ?? '');
  try {
    if (verb === 'unlock') await locals.api.post('/api/staff/people/{id}/unlocking', path);
    else if (verb === 'end') await locals.api.delete('/api/staff/people/{id}/sessions', path);
    else await locals.api.post('/api/staff/people/{id}/second-factor-reset', { ...path, body: { reason } });
  } catch (cause) {
    return refused(cause, url.pathname, { reason });
  }
  redirect(303, `${url.pathname}?done=${verb}`);
}

export const actions: Actions = {
  unlock: (event) => act(event, 'unlock'),
  end: (event) => act(event, 'end'),
  reset: (event) => act(event, 'reset'),
};
