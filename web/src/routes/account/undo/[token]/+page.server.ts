import { checkedLink } from '#lib/account/links.server.ts';
import { failFrom } from '#lib/api/fail.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Says at once that a link does not work. */
export const load: PageServerLoad = async ({ locals, params }) => ({
  works: (await checkedLink(locals.api, 'email_change_undo', params.token)) !== null,
});

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
