import { admit } from '#lib/rooms/admitting.server.ts';
import { pageIn } from '#lib/rooms/paging.server.ts';
import type { PageServerLoad } from './$types';

const kinds = ['sales', 'support'] as const;
const results = ['talked', 'missed', 'running'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  // Agents have theirs at the desk.
  await admit(locals.api, url, ['manager']);
  const { searchParams } = url;
  const kind = kinds.find((each) => each === searchParams.get('kind'));
  const result = results.find((each) => each === searchParams.get('result'));
  const q = searchParams.get('q')?.trim().slice(0, 200) ?? '';
  const query = { page: pageIn(url), ...(kind && { kind }), ...(result && { result }), ...(q && { q }) };
  return { calls: await locals.api.get('/api/vendor/calls', { params: { query } }), kind, result, q };
};
