import { error } from '@sveltejs/kit';
import { carriedOut, typedIn } from '#lib/company/form.server.ts';
import { readLimits } from '#lib/company/limits.ts';
import { toLogin } from '#lib/credits/login.server.ts';
import type { Actions, PageServerLoad } from './$types';

const list = '/account/company';

export const load: PageServerLoad = async ({ locals: { api }, params, url }) => {
  const company = await api.get('/api/company').catch((cause: unknown) => toLogin(cause, url));
  const person = company.people.find(({ id }) => id === params.id);
  const isAdmin = company.role === 'admin';
  if (!person || !(isAdmin || person.isYou)) error(404);
  return { company, person, isAdmin };
};

export const actions: Actions = {
  save: async ({ request, locals, params }) => {
    const form = await request.formData();
    const text = typedIn(form);
    const limits = readLimits(form, 'limits');
    const monthlyLimits = readLimits(form, 'monthlyLimits');
    const role = (['admin', 'approver', 'requester'] as const).find((one) => one === text('role'));
    const monthlyCredits = text('monthlyCredits').replace(',', '.');
    const body = { limits, monthlyLimits, monthlyCredits: monthlyCredits || null, ...(role && { role }) };
    const save = () =>
      locals.api.patch('/api/company/people/{id}', { params: { path: { id: params.id } }, body });
    return carriedOut(save, {
      ...{ back: list, next: `${list}?said=saved` },
      values: { doing: 'save' as const, ...{ limits, monthlyLimits, monthlyCredits, role: role ?? '' } },
    });
  },
  standIn: async ({ request, locals, params }) => {
    const text = typedIn(await request.formData());
    const body = { id: text('id'), from: text('from'), until: text('until') };
    const path = { id: params.id };
    const save = () =>
      body.id
        ? locals.api.put('/api/company/people/{id}/stand-in', { params: { path }, body })
        : locals.api.delete('/api/company/people/{id}/stand-in', { params: { path } });
    return carriedOut(save, {
      ...{ back: list, next: `${list}?said=saved` },
      values: { doing: 'standIn' as const, standIn: body },
    });
  },
  remove: async ({ request, locals, params }) => {
    const isOwn = typedIn(await request.formData())('own') !== '';
    const remove = () =>
      locals.api.delete('/api/company/people/{id}', { params: { path: { id: params.id } } });
    return carriedOut(remove, {
      ...{ back: list, next: `${list}?said=${isOwn ? 'left' : 'removed'}` },
      values: { doing: 'remove' as const },
    });
  },
};
