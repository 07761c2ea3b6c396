import { redirect } from '@sveltejs/kit';
import { acts } from '#server/common/enums/demo-payments.ts';
import { demoApi } from '../demo.server.ts';
import type { Actions, PageServerLoad } from './$types';

const ways = ['prompt', 'late', 'twice', 'reversed', 'never'] as const;

export const load: PageServerLoad = async (event) => demoApi(event).get('/dev/payments.json');

export const actions: Actions = {
  act: async (event) => {
    const form = await event.request.formData();
    const act = acts.find((each) => each === form.get('act'));
    const params = { path: { id: String(form.get('id')) } };
    if (act) await demoApi(event).post('/dev/payments/{id}/acts', { params, body: { act } });
    redirect(303, '/dev/payments');
  },
  faults: async (event) => {
    const form = await event.request.formData();
    const events = ways.find((each) => each === form.get('events')) ?? 'prompt';
    const body = { events, isDown: form.has('isDown') };
    await demoApi(event).put('/dev/payments/faults', { body });
    redirect(303, '/dev/payments');
  },
  kept: async (event) => {
    await demoApi(event).post('/dev/payments/kept');
    redirect(303, '/dev/payments');
  },
};
