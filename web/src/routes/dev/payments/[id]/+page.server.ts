import { error, fail, redirect } from '@sveltejs/kit';
import { cards } from '#server/common/enums/demo-payments.ts';
import { demoApi } from '../../demo.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { payments } = await demoApi(event).get('/dev/payments.json');
  const payment = payments.find(({ id }) => id === event.params.id);
  if (!payment) error(404);
  return { payment };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const card = cards.find((each) => each === form.get('card')) ?? 'declined';
    const params = { path: { id: event.params.id } };
    const { next } = await demoApi(event).post('/dev/payments/{id}/pay', { params, body: { card } });
    if (next === null) return fail(402, { declined: true });
    redirect(303, next);
  },
};
