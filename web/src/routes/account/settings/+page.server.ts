import { redirect } from '@sveltejs/kit';
import { failFrom } from '#lib/api/fail.server.ts';
import { ApiError } from '#lib/api/problem.ts';
import { isLocale, localeCookie } from '#server/common/locales.ts';
import type { Actions, PageServerLoad } from './$types';

const sayings = ['saved', 'changeSent', 'passwordChanged', 'loggedOthersOut', 'loggedOneOut'] as const;
const loginFirst = '/account/login?next=/account/settings';

export const load: PageServerLoad = async ({ locals, url }) => {
  try {
    const [me, { items }] = await Promise.all([
      locals.api.get('/api/account/me'),
      locals.api.get('/api/account/sessions'),
    ]);
    return { me, sessions: items, said: sayings.find((key) => key === url.searchParams.get('said')) };
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 401) redirect(303, loginFirst);
    throw cause;
  }
};

const saying = (said: (typeof sayings)[number]): never => redirect(303, `/account/settings?said=${said}`);

/** Names the form that was refused, and sends to the login whose session has ended. */
function refused<Values>(cause: unknown, of: 'profile' | 'email' | 'password' | 'sessions', values: Values) {
  if (cause instanceof ApiError && cause.problem.code === 'login_required') redirect(303, loginFirst);
  return failFrom(cause, { ...values, of });
}

export const actions: Actions = {
  profile: async ({ request, locals, cookies, url }) => {
    const form = await request.formData();
    const typed = (name: string) => String(form.get(name) ?? '');
    const values = { name: typed('name'), company: typed('company'), locale: typed('locale') };
    try {
      await locals.api.patch('/api/account/me', { body: values });
    } catch (cause) {
      return refused(cause, 'profile', values);
    }
    if (isLocale(values.locale))
      cookies.set(localeCookie, values.locale, {
        ...{ path: '/', maxAge: 31_536_000, secure: url.protocol === 'https:' },
      });
    return saying('saved');
  },
  email: async ({ request, locals }) => {
    const form = await request.formData();
    const newEmail = String(form.get('email') ?? '');
    try {
      await locals.api.post('/api/account/email-changes', {
        body: { email: newEmail, password: String(form.get('own') ?? '') },
      });
    } catch (cause) {
      return refused(cause, 'email', { newEmail });
    }
    return saying('changeSent');
  },
  password: async ({ request, locals }) => {
    const form = await request.formData();
    const typed = (name: string) => String(form.get(name) ?? '');
    try {
      await locals.api.put('/api/account/password', {
        body: { current: typed('current'), password: typed('password') },
      });
    } catch (cause) {
      return refused(cause, 'password', {});
    }
    return saying('passwordChanged');
  },
  endOthers: async ({ locals }) => {
    try {
      await locals.api.delete('/api/account/sessions');
    } catch (cause) {
      return refused(cause, 'sessions', {});
    }
    return saying('loggedOthersOut');
  },
  endOne: async ({ request, locals }) => {
    const id = String((await request.formData()).get('id') ?? '');
    try {
      await locals.api.delete('/api/account/sessions/{id}', { params: { path: { id } } });
    } catch (cause) {
      return refused(cause, 'sessions', {});
    }
    return saying('loggedOneOut');
  },
};
