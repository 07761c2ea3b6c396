import { redirect } from '@sveltejs/kit';
import { goOn, withNext } from '#lib/account/login.server.ts';
import { readCredential } from '#lib/account/passkeys.server.ts';
import { failFrom } from '#lib/api/fail.server.ts';
import { ApiError } from '#lib/api/problem.ts';
import type { Me } from '#lib/api/schema.d.ts';
import type { Actions, PageServerLoad } from './$types';

/** Sends back to the first step if there is no login that waits. Rethrows anything else. */
function beginAgain(cause: unknown, url: URL): void {
  if (cause instanceof ApiError && cause.problem.code === 'login_step_over')
    redirect(303, withNext('/account/login?said=stepOver', url));
}

export const load: PageServerLoad = async ({ locals, url }) => {
  try {
    return { step: await locals.api.get('/api/account/second-step'), again: withNext('/account/login', url) };
  } catch (cause) {
    beginAgain(cause, url);
    throw cause;
  }
};

export const actions: Actions = {
  default: async ({ request, locals, url, cookies }) => {
    const form = await request.formData();
    const signed = form.get('credential');
    let me: Me;
    try {
      me =
        signed === null
          ? await locals.api.post('/api/account/second-step', {
              body: { code: String(form.get('code') ?? '') },
            })
          : await locals.api.post('/api/account/second-step/passkey', {
              body: { credential: readCredential(String(signed)) },
            });
    } catch (cause) {
      beginAgain(cause, url);
      return failFrom(cause, {});
    }
    return goOn(me, url, cookies);
  },
};
