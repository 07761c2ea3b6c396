import { ApiError } from '#lib/api/problem.ts';
import { carriedOut, typedIn } from '#lib/company/form.server.ts';
import { readLimits } from '#lib/company/limits.ts';
import { toLogin } from '#lib/credits/login.server.ts';
import type { Actions, PageServerLoad } from './$types';

const here = '/account/company';
const sayings = [
  'created',
  'joined',
  'saved',
  'invited',
  'withdrawn',
  'declined',
  'removed',
  'left',
] as const;

export const load: PageServerLoad = async ({ locals: { api, timeZone }, url }) => {
  const said = sayings.find((key) => key === url.searchParams.get('said'));
  try {
    const { items } = await api.get('/api/account/invitations');
    const company = await api.get('/api/company').catch((cause: unknown) => {
      // Without a company.
      if (cause instanceof ApiError && cause.status === 403) return null;
      throw cause;
    });
    return { company, invitations: items, said, timeZone };
  } catch (cause) {
    return toLogin(cause, url);
  }
};

const isRole = (text: string) => (['admin', 'approver', 'requester'] as const).find((role) => role === text);

export const actions: Actions = {
  create: async ({ request, locals }) => {
    const text = typedIn(await request.formData());
    const body = { name: text('name'), timeZone: text('timeZone') || 'UTC' };
    return carriedOut(() => locals.api.post('/api/company', { body }), {
      ...{ back: here, next: `${here}?said=created` },
      values: { doing: 'create' as const, ...body },
    });
  },
  rename: async ({ request, locals }) => {
    const text = typedIn(await request.formData());
    const body = { name: text('name'), timeZone: text('timeZone') };
    return carriedOut(() => locals.api.patch('/api/company', { body }), {
      ...{ back: here, next: `${here}?said=saved` },
      values: { doing: 'rename' as const, ...body },
    });
  },
  invite: async ({ request, locals }) => {
    const form = await request.formData();
    const text = typedIn(form);
    const role = isRole(text('role')) ?? 'requester';
    const monthlyCredits = text('monthlyCredits').replace(',', '.');
    const typed = { email: text('email'), role, limits: readLimits(form, 'limits') };
    const body = { ...typed, monthlyCredits: monthlyCredits || null };
    return carriedOut(() => locals.api.post('/api/company/people', { body }), {
      ...{ back: here, next: `${here}?said=invited` },
      values: { doing: 'invite' as const, ...typed, monthlyCredits },
    });
  },
  again: async ({ request, locals }) => {
    const text = typedIn(await request.formData());
    const { invitations } = await locals.api.get('/api/company');
    const {
      email = '',
      role,
      limits,
      monthlyLimits,
      monthlyCredits = null,
    } = invitations.find(({ id }) => id === text('id')) ?? {};
    const body = {
      ...{ email, monthlyCredits },
      ...(role && { role }),
      ...(limits && { limits }),
      ...(monthlyLimits && { monthlyLimits }),
    };
    return carriedOut(() => locals.api.post('/api/company/people', { body }), {
      ...{ back: here, next: `${here}?said=invited`, values: { doing: 'again' as const } },
    });
  },
  withdraw: async ({ request, locals }) => {
    const path = { id: typedIn(await request.formData())('id') };
    return carriedOut(() => locals.api.delete('/api/company/invitations/{id}', { params: { path } }), {
      ...{ back: here, next: `${here}?said=withdrawn`, values: { doing: 'withdraw' as const } },
    });
  },
  join: async ({ request, locals }) => {
    const path = { id: typedIn(await request.formData())('id') };
    const post = () => locals.api.post('/api/account/invitations/{id}/acceptance', { params: { path } });
    return carriedOut(post, {
      ...{ back: here, next: `${here}?said=joined`, values: { doing: 'join' as const } },
    });
  },
  decline: async ({ request, locals }) => {
    const path = { id: typedIn(await request.formData())('id') };
    return carriedOut(() => locals.api.delete('/api/account/invitations/{id}', { params: { path } }), {
      ...{ back: here, next: `${here}?said=declined`, values: { doing: 'decline' as const } },
    });
  },
};
