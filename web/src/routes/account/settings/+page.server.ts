import { redirect } from '@sveltejs/kit';
import { keepCurrency } from '#lib/account/login.server.ts';
import { loginFirst, refusedForm } from '#lib/account/settings.server.ts';
import { isLocale, localeCookie } from '#server/common/locales.ts';
import type { Actions, PageServerLoad } from './$types';

const path = '/account/settings';

export const load: PageServerLoad = async ({ locals, url }) => {
  try {
    const me = await locals.api.get('/api/account/me');
    return { me, isSaved: url.searchParams.get('said') === 'saved' };
  } catch (cause) {
    return loginFirst(cause, path);
  }
};

export const actions: Actions = {
  profile: async ({ request, locals, cookies, url }) => {
    const form = await request.formData();
    const typed = (name: string) => String(form.get(name) ?? '');
    const values = {
      ...{ name: typed('name'), company: typed('company') },
      ...{ locale: typed('locale'), currency: typed('currency') },
    };
    try {
      await locals.api.patch('/api/account/me', { body: values });
    } catch (cause) {
      return refusedForm(cause, { path, of: 'profile', values });
    }
    if (isLocale(values.locale))
      cookies.set(localeCookie, values.locale, {
        ...{ path: '/', maxAge: 31_536_000, secure: url.protocol === 'https:' },
      });
    keepCurrency(cookies, values.currency, url);
    redirect(303, `${path}?said=saved`);
  },
};
