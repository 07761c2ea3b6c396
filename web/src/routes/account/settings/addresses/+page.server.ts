import { redirect } from '@sveltejs/kit';
import { loginFirst, refusedForm } from '#lib/account/settings.server.ts';
import type { Actions, PageServerLoad } from './$types';

const path = '/account/settings/addresses';

export const load: PageServerLoad = async ({ locals: { api }, url }) => {
  try {
    const { items } = await api.get('/api/account/addresses');
    const changed = items.find(({ id }) => id === url.searchParams.get('change'))?.id ?? '';
    return { addresses: items, changed, isSaved: url.searchParams.get('said') === 'saved' };
  } catch (cause) {
    return loginFirst(cause, path);
  }
};

/** The fields of a form, as typed. `id`: of the address; empty: a new one. */
function typedIn(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '');
  return {
    ...{ id: text('id'), name: text('name'), place: text('place'), country: text('country') },
    isDefault: form.get('isDefault') !== null,
  };
}

const saved = (): never => redirect(303, `${path}?said=saved`);

export const actions: Actions = {
  save: async ({ request, locals: { api } }) => {
    const values = typedIn(await request.formData());
    const { id, isDefault, ...address } = values;
    const body = { ...address, ...(isDefault && { isDefault }) };
    try {
      if (id === '') await api.post('/api/account/addresses', { body });
      else await api.put('/api/account/addresses/{id}', { params: { path: { id } }, body });
    } catch (cause) {
      return refusedForm(cause, { path, of: 'save', values });
    }
    return saved();
  },
  remove: async ({ request, locals: { api } }) => {
    const values = typedIn(await request.formData());
    try {
      await api.delete('/api/account/addresses/{id}', { params: { path: { id: values.id } } });
    } catch (cause) {
      return refusedForm(cause, { path, of: 'remove', values });
    }
    return saved();
  },
};
