import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { dayIn } from '#server/common/zones.ts';
import type { Specification } from '#lib/api/schema.d.ts';
import type { SentRequest } from '#lib/api/types.ts';
import type { Api } from '#lib/api/paths.ts';
import { ApiError } from '#lib/api/problem.ts';
import { failFrom } from '#lib/api/fail.server.ts';
import { mayOwnSomething } from '#lib/server/visit.ts';
import { bodyOf, valuesOf } from './sending.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, locals, parent }) => {
  const { solution } = await parent();
  const specification =
    solution?.id && mayOwnSomething(cookies) ? await findSpecification(locals.api, solution.id) : null;
  return {
    specification,
    name: solution?.name ?? '',
    // One page view sends one request, even if its button is pressed several times.
    key: randomUUID(),
    today: dayIn(locals.timeZone, new Date()),
  };
};

async function findSpecification(api: Api, id: string): Promise<Specification | null> {
  try {
    return await api.get('/api/solutions/{id}/specification', { params: { path: { id } } });
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 404) return null;
    throw cause;
  }
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData();
    const values = valuesOf(form);
    const key = String(form.get('key') ?? '');
    const body = {
      ...bodyOf(values, String(form.get('solution') ?? ''), locals.timeZone),
      specification: String(form.get('specification') ?? ''),
    };
    let sent: SentRequest;
    try {
      sent = await locals.api.post('/api/requests', { params: { header: { 'idempotency-key': key } }, body });
    } catch (cause) {
      return failFrom(cause, { ...values, key });
    }
    redirect(303, `/requests/${sent.id}`);
  },
};
