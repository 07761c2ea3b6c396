import { redirect } from '@sveltejs/kit';
import { readCredential } from '#lib/account/passkeys.server.ts';
import { loginFirst, refusedForm } from '#lib/account/settings.server.ts';
import type { TwoFactorSecret } from '#lib/api/schema.d.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const path = '/account/settings/security';
const sayings = [
  ...(['changeSent', 'passwordChanged', 'loggedOthersOut', 'loggedOneOut', 'appEnded'] as const),
  ...(['passkeyAdded', 'passkeyRenamed', 'passkeyRemoved'] as const),
];

export const load: PageServerLoad = async ({ locals: { api }, url }) => {
  try {
    const [me, factor] = await Promise.all([api.get('/api/account/me'), api.get('/api/account/two-factor')]);
    // Nothing else may be read before that.
    const hasFactor = factor.totpSince !== null || factor.passkeys.length > 0;
    const mustSetUp = factor.required && !hasFactor;
    const sessions = mustSetUp ? [] : (await api.get('/api/account/sessions')).items;
    const said = sayings.find((key) => key === url.searchParams.get('said'));
    return { me, factor, hasFactor, mustSetUp, sessions, said };
  } catch (cause) {
    return loginFirst(cause, path);
  }
};

const saying = (said: (typeof sayings)[number]): never => redirect(303, `${path}?said=${said}`);

type Values = { newEmail?: string; secret?: TwoFactorSecret; passkeyId?: string; passkeyName?: string };
type FormName =
  | ('email' | 'password' | 'startApp' | 'confirmApp' | 'renewCodes' | 'endApp' | 'endOne' | 'endOthers')
  | ('startPasskey' | 'addPasskey' | 'renamePasskey' | 'removePasskey');
const refused = (cause: unknown, of: FormName, values: Values = {}) =>
  refusedForm(cause, { path, of, values });

async function readForm({ request }: RequestEvent): Promise<(name: string) => string> {
  const form = await request.formData();
  return (name) => String(form.get(name) ?? '');
}

export const actions = {
  email: async (event) => {
    const typed = await readForm(event);
    const newEmail = typed('email');
    try {
      const body = { email: newEmail, password: typed('own') };
      await event.locals.api.post('/api/account/email-changes', { body });
    } catch (cause) {
      return refused(cause, 'email', { newEmail });
    }
    return saying('changeSent');
  },
  password: async (event) => {
    const typed = await readForm(event);
    try {
      const body = { current: typed('current'), password: typed('password') };
      await event.locals.api.put('/api/account/password', { body });
    } catch (cause) {
      return refused(cause, 'password');
    }
    return saying('passwordChanged');
  },
  startApp: async ({ locals }) => {
    try {
      return { secret: await locals.api.post('/api/account/two-factor') };
    } catch (cause) {
      return refused(cause, 'startApp');
    }
  },
  confirmApp: async (event) => {
    const { api } = event.locals;
    const code = (await readForm(event))('code');
    try {
      return await api.put('/api/account/two-factor', { body: { code } });
    } catch (cause) {
      // The same secret again, for another try.
      const secret = await api.post('/api/account/two-factor').catch(() => undefined);
      return refused(cause, 'confirmApp', secret && { secret });
    }
  },
  renewCodes: async (event) => {
    const password = (await readForm(event))('forCodes');
    try {
      return await event.locals.api.post('/api/account/two-factor/recovery-codes', { body: { password } });
    } catch (cause) {
      return refused(cause, 'renewCodes');
    }
  },
  endApp: async (event) => {
    const password = (await readForm(event))('toEnd');
    try {
      await event.locals.api.delete('/api/account/two-factor', { body: { password } });
    } catch (cause) {
      return refused(cause, 'endApp');
    }
    return saying('appEnded');
  },
  startPasskey: async (event) => {
    const password = (await readForm(event))('forPasskey');
    try {
      const { options } = await event.locals.api.post('/api/account/passkey-challenges', {
        body: { password },
      });
      return { passkeyOptions: options };
    } catch (cause) {
      return refused(cause, 'startPasskey');
    }
  },
  addPasskey: async (event) => {
    const typed = await readForm(event);
    const name = typed('passkeyName').trim() || 'Passkey';
    const body = { name, credential: readCredential(typed('credential')) };
    try {
      const { recoveryCodes } = await event.locals.api.post('/api/account/passkeys', { body });
      if (recoveryCodes.length > 0) return { recoveryCodes };
    } catch (cause) {
      return refused(cause, 'addPasskey');
    }
    return saying('passkeyAdded');
  },
  renamePasskey: async (event) => {
    const typed = await readForm(event);
    const id = typed('id');
    const name = typed(`name-${id}`);
    try {
      const path = { id };
      await event.locals.api.patch('/api/account/passkeys/{id}', { params: { path }, body: { name } });
    } catch (cause) {
      return refused(cause, 'renamePasskey', { passkeyId: id, passkeyName: name });
    }
    return saying('passkeyRenamed');
  },
  removePasskey: async (event) => {
    const typed = await readForm(event);
    const id = typed('id');
    try {
      const [path, password] = [{ id }, typed(`toRemove-${id}`)];
      await event.locals.api.delete('/api/account/passkeys/{id}', { params: { path }, body: { password } });
    } catch (cause) {
      return refused(cause, 'removePasskey', { passkeyId: id });
    }
    return saying('passkeyRemoved');
  },
  endOthers: async ({ locals }) => {
    try {
      await locals.api.delete('/api/account/sessions');
    } catch (cause) {
      return refused(cause, 'endOthers');
    }
    return saying('loggedOthersOut');
  },
  endOne: async (event) => {
    const id = (await readForm(event))('id');
    try {
      await event.locals.api.delete('/api/account/sessions/{id}', { params: { path: { id } } });
    } catch (cause) {
      return refused(cause, 'endOne');
    }
    return saying('loggedOneOut');
  },
} satisfies Actions;
