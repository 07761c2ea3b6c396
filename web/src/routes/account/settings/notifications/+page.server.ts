import { redirect } from '@sveltejs/kit';
import { loginFirst, refusedForm } from '#lib/account/settings.server.ts';
import { mailChoices } from '#server/common/enums/accounts.ts';
import type { Actions, PageServerLoad } from './$types';

const path = '/account/settings/notifications';

export const load: PageServerLoad = async ({ locals: { api }, url }) => {
  try {
    const choices = await api.get('/api/account/notifications');
    return { choices, isSaved: url.searchParams.get('said') === 'saved' };
  } catch (cause) {
    return loginFirst(cause, path);
  }
};

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData();
    const wants = (choice: (typeof mailChoices)[number]) => form.get(choice) !== null;
    const body = {
      ...{ answers: wants('answers'), messages: wants('messages') },
      ...{ payments: wants('payments'), approvals: wants('approvals') },
    };
    try {
      await locals.api.put('/api/account/notifications', { body });
    } catch (cause) {
      return refusedForm(cause, { path, of: 'choices', values: {} });
    }
    redirect(303, `${path}?said=saved`);
  },
};
