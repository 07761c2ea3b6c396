import { failFrom } from '#lib/api/fail.server.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData();
    const typed = (name: string) => String(form.get(name) ?? '');
    // The password is not sent back to the page.
    const values = { name: typed('name'), company: typed('company'), email: typed('email') };
    const { locale, api } = locals;
    try {
      await api.post('/api/account/registrations', {
        body: { ...values, password: typed('password'), locale },
      });
    } catch (cause) {
      return failFrom(cause, values);
    }
    return { sentTo: values.email.trim() };
  },
};
