import { redirect } from '@sveltejs/kit';
import { refused } from '#lib/credits/login.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const verbs = ['unlock', 'end'] as const;
type Verb = (typeof verbs)[number];

export const load: PageServerLoad = async ({ locals, params, url }) => ({
  person: await locals.api.get('/api/staff/people/{id}', { params: { path: params } }),
  done: verbs.find((verb) => verb === url.searchParams.get('done')),
});

async function act({ locals, params, url }: RequestEvent, verb: Verb) {
  const path = { params: { path: params } };
  try {
    if (verb === 'unlock') await locals.api.post('/api/staff/people/{id}/unlocking', path);
    else await locals.api.delete('/api/staff/people/{id}/sessions', path);
  } catch (cause) {
    return refused(cause, url.pathname, {});
  }
  redirect(303, `${url.pathname}?done=${verb}`);
}

export const actions: Actions = {
  unlock: (event) => act(event, 'unlock'),
  end: (event) => act(event, 'end'),
};
