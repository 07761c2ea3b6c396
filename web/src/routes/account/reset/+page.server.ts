import { failFrom } from '#lib/api/fail.server.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const email = String((await request.formData()).get('email') ?? '');
    try {
      await locals.api.post('/api/account/password-resets', { body: { email } });
    } catch (cause) {
      return failFrom(cause, { email });
    }
    return { sentTo: email.trim() };
  },
};
