import { redirect } from '@sveltejs/kit';
import { loginFirst, refusedForm } from '#lib/account/settings.server.ts';
import type { Erasure } from '#lib/api/schema.d.ts';
import type { Actions, PageServerLoad } from './$types';

const path = '/account/settings/privacy';

export const load: PageServerLoad = async ({ locals: { api } }) => {
  try {
    return { erasure: await api.get('/api/account/erasure') };
  } catch (cause) {
    return loginFirst(cause, path);
  }
};

/** Reads what is given up, as the boxes said it: "credit 12.50". */
const givenUp = (ticked: readonly string[]): Erasure['leftovers'] =>
  ticked.map((shown) => {
    const [unit = '', amount = ''] = shown.split(' ');
    return { unit, amount };
  });

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData();
    const code = String(form.get('code') ?? '').trim();
    const ticked = form.getAll('giveUp').map(String);
    const endsCompany = form.has('endCompany');
    try {
      const password = String(form.get('password') ?? '');
      await locals.api.delete('/api/account/me', {
        body: {
          ...{ password, giveUp: givenUp(ticked), endCompany: endsCompany },
          ...(code !== '' && { code }),
        },
      });
    } catch (cause) {
      return refusedForm(cause, { path, of: 'erase', values: { ticked, endsCompany } });
    }
    redirect(303, '/account/login?said=erased');
  },
};
