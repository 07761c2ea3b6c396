import { failFrom } from '#lib/api/fail.server.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ locals, params }) => {
    try {
      await locals.api.post('/api/account/email-change-undos', { body: { token: params.token } });
    } catch (cause) {
      return failFrom(cause, {});
    }
    return { isUndone: true };
  },
};
