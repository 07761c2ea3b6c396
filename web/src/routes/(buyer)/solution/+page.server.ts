import { randomUUID } from 'node:crypto';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { CodeRow, Problem, Solution } from '#lib/api/schema.d.ts';
import type { LineChange } from '#lib/api/types.ts';
import type { Api } from '#lib/api/paths.ts';
import { ApiError, wrongField } from '#lib/api/problem.ts';
import { mayOwnSomething } from '#lib/server/visit.ts';
import { changesOf } from './changes.ts';
import type { Actions, PageServerLoad } from './$types';

const perPage = 100;
/** The API refuses pages beyond it. */
const maxPage = 5_000;
const othersShown = 10;

export const load: PageServerLoad = async ({ cookies, locals, url, depends }) => {
  // A saved line doesn't change the frame of the page.
  depends('app:solution', 'app:solution-lines');
  // The idempotency key, so that a repeated press adds once.
  const addKey = randomUUID();
  // Looking at the page starts no session.
  if (!mayOwnSomething(cookies))
    return { solution: null, others: [], page: 1, perPage, removed: null, addKey };
  const asked = Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1);
  const [{ solution, page }, list] = await Promise.all([
    readPage(locals.api, asked),
    locals.api.get('/api/solutions', { params: { query: { perPage: othersShown } } }),
  ]);
  const removed = solution.removed.find((line) => line.lineId === url.searchParams.get('removed')) ?? null;
  const others = list.items.filter((other) => other.id !== solution.id);
  return { solution, others, page, perPage, removed, addKey };
};

/** Reads a page of the current solution, or the last one if there are fewer. */
async function readPage(api: Api, asked: number): Promise<{ solution: Solution; page: number }> {
  const page = Math.min(asked, maxPage);
  const params = { path: { id: 'current' }, query: { page, perPage } };
  const solution = await api.get('/api/solutions/{id}', { params });
  const last = Math.max(1, Math.ceil(solution.linesTotal / perPage));
  return page > last ? readPage(api, last) : { solution, page };
}

/** The result of a refused action, about a line, the field that adds one, or the page. */
export type Refused = {
  problem?: Problem;
  line?: string;
  values?: { quantity?: string; note?: string; name?: string; code?: string };
  row?: CodeRow;
};

type Event = Pick<RequestEvent, 'request' | 'locals' | 'url'>;

const text = (form: FormData, name: string): string => String(form.get(name) ?? '');
/** Returns the solution that the form is about. */
const ofSolution = (form: FormData) => ({ path: { id: text(form, 'solution') || 'current' } });
/** Returns the line that the form is about. */
const ofLine = (form: FormData) => ({ path: { ...ofSolution(form).path, lineId: text(form, 'line') } });

const changeLine = (api: Api, form: FormData, body: LineChange) =>
  api.patch('/api/solutions/{id}/lines/{lineId}', { params: ofLine(form), body });

/** Redirects to the list, so that a reload repeats nothing. */
function back(url: URL, more: { removed?: string; anchor?: string } = {}): never {
  const query = new URLSearchParams();
  const page = url.searchParams.get('page');
  if (page) query.set('page', page);
  if (more.removed) query.set('removed', more.removed);
  redirect(
    303,
    `/solution${query.size ? `?${query}` : ''}${more.anchor ? `#${encodeURIComponent(more.anchor)}` : ''}`,
  );
}

function refused(cause: unknown, more: Omit<Refused, 'problem'>) {
  if (cause instanceof ApiError) return fail(cause.status, { problem: cause.problem, ...more } as Refused);
  throw cause;
}

async function save({ request, locals, url }: Event) {
  const form = await request.formData();
  const line = text(form, 'line');
  const values = {
    quantity: text(form, 'quantity'),
    ...(form.has('note') && { note: text(form, 'note') }),
  };
  const change = changesOf(form);
  if ('status' in change) return fail(change.status, { problem: change, line, values } as Refused);
  if (change.quantity === 0) return removeLine(form, { locals, url });
  try {
    if (Object.keys(change).length > 0) await changeLine(locals.api, form, change);
  } catch (cause) {
    return refused(cause, { line, values });
  }
  back(url, { anchor: `line-${line}` });
}

async function removeLine(form: FormData, { locals, url }: Pick<Event, 'locals' | 'url'>) {
  const line = text(form, 'line');
  try {
    await locals.api.delete('/api/solutions/{id}/lines/{lineId}', { params: ofLine(form) });
  } catch (cause) {
    // The line was removed already, by a second click or in another tab.
    if (!(cause instanceof ApiError && cause.status === 404)) return refused(cause, { line });
  }
  back(url, { removed: line });
}

const move =
  (places: 1 | -1) =>
  async ({ request, locals, url }: Event) => {
    const form = await request.formData();
    const position = Math.max(1, Number(text(form, 'position')) + places);
    try {
      await changeLine(locals.api, form, { position });
    } catch (cause) {
      return refused(cause, { line: text(form, 'line') });
    }
    back(url, { anchor: `line-${text(form, 'line')}` });
  };

async function add({ request, locals, url }: Event) {
  const form = await request.formData();
  const values = { code: text(form, 'code'), quantity: text(form, 'quantity') };
  if (values.code.trim() === '')
    return fail(422, { problem: wrongField('code', 'required'), values } as Refused);
  const productId = text(form, 'product');
  // "10 x 6305" in the field for the code is read like a row of a list, unless a quantity is given beside it.
  const isLoose =
    productId === '' && ['', '1'].includes(values.quantity.trim()) && !/[\r\n]/.test(values.code);
  const wanted = { code: values.code, quantity: values.quantity, ...(productId && { productId }) };
  let row: CodeRow | undefined;
  try {
    const header = { 'idempotency-key': text(form, 'key') };
    const answer = await locals.api.post('/api/solutions/{id}/lines/by-code', {
      params: { ...ofSolution(form), header },
      body: isLoose ? { text: values.code } : { rows: [wanted] },
    });
    row = answer.rows[0];
  } catch (cause) {
    return refused(cause, { values });
  }
  if (row?.status !== 'added') return fail(422, { row, values } as Refused);
  back(url, { anchor: `line-${row.lineId}` });
}

/** Returns an action that only calls the service to change the solution or its lines. */
const call =
  (run: (form: FormData, api: Api) => Promise<unknown>, anchor?: 'line') =>
  async ({ request, locals, url }: Event) => {
    const form = await request.formData();
    try {
      await run(form, locals.api);
    } catch (cause) {
      return refused(cause, { values: { name: text(form, 'name') } });
    }
    back(url, anchor ? { anchor: `line-${text(form, 'line')}` } : {});
  };

export const actions: Actions = {
  save,
  up: move(-1),
  down: move(1),
  set: save,
  remove: async ({ request, locals, url }) => removeLine(await request.formData(), { locals, url }),
  restore: call(
    (form, api) => api.post('/api/solutions/{id}/lines/{lineId}/restoration', { params: ofLine(form) }),
    'line',
  ),
  add,
  rename: call((form, api) => {
    const body = { name: text(form, 'name') };
    return api.patch('/api/solutions/{id}', { params: ofSolution(form), body });
  }),
  askAll: call((form, api) =>
    api.patch('/api/solutions/{id}', { params: ofSolution(form), body: { ask: 'all' } }),
  ),
  start: call((_form, api) => api.post('/api/solutions', { body: {} })),
  open: call((form, api) =>
    api.patch('/api/solutions/{id}', { params: ofSolution(form), body: { current: true } }),
  ),
};
