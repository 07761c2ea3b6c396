import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import type { CodeRow, List, Problem } from '#lib/api/schema.d.ts';
import type { Api } from '#lib/api/paths.ts';
import { ApiError } from '#lib/api/problem.ts';
import { mayOwnSomething } from '#lib/server/visit.ts';
import type { Actions, PageServerLoad } from './$types';
import { enteredRows, type EnteredRow, type Found, type OpenRow, openRow, stillOpen } from './rows.ts';
import { asEntered, foundFor, mostFound } from './searching.ts';

/** What is shown after rows were added: these, and the rows that need another look. */
export type Outcome = {
  listId: string;
  /** Rows added since the list was entered. */
  addedSoFar: number;
  added: CodeRow[];
  open: OpenRow[];
};
/** What is shown after a search for a row: the form as it was entered, with what was found. */
export type Searched = {
  open: OpenRow[];
  ask: 'one' | 'all';
  everybody: number[];
  /** The row that was searched for. */
  row: number;
};
export type Refused = {
  problem?: Problem;
  /** The code of a fault that keeps the whole list from being read. */
  wrong?:
    | 'errors.list_old_workbook'
    | 'errors.list_unreadable'
    | 'solution.pasteNothing'
    | 'solution.pasteTooMany'
    | 'solution.pasteGone';
  text?: string;
};

export const load: PageServerLoad = async ({ cookies, depends, locals, url }) => {
  depends('app:solution');
  // The idempotency key, so that a repeated press adds once.
  const addKey = randomUUID();
  const listId = url.searchParams.get('list');
  if (!listId || !mayOwnSomething(cookies)) return { addKey, list: null, open: [], gone: listId !== null };
  try {
    const list = await locals.api.get('/api/solutions/{id}/lists/{listId}', { params: ofList(listId) });
    return { addKey, list, open: openRows(list), gone: false };
  } catch (cause) {
    if (!(cause instanceof ApiError && cause.status === 404)) throw cause;
    return { addKey, list: null, open: [], gone: true };
  }
};

const ofList = (listId: string) => ({ path: { id: 'current', listId } });
const openRows = ({ rows }: List): OpenRow[] => rows.map(openRow).filter((row) => row !== null);

export const actions: Actions = {
  list: async ({ request, locals }) => {
    const form = await request.formData();
    const file = form.get('file');
    const text = String(form.get('text') ?? '');
    const chosen = file instanceof File && file.size > 0;
    if (!chosen && text.trim() === '') return fail(422, { wrong: 'solution.pasteNothing', text } as Refused);
    let list: List;
    try {
      list = await locals.api.post('/api/solutions/{id}/lists', {
        params: { path: { id: 'current' } },
        body: chosen ? (formOf(file) as never) : { text },
      });
    } catch (cause) {
      return refused(cause, text);
    }
    redirect(303, `/solution/paste?list=${list.id}`);
  },

  columns: async ({ request, locals }) => {
    const form = await request.formData();
    const listId = String(form.get('list') ?? '');
    const columns = [...form.entries()].flatMap(([name, role]) =>
      name.startsWith('role-')
        ? [{ index: Number(name.slice(5)), role: String(role) as List['columns'][number]['role'] }]
        : [],
    );
    try {
      await locals.api.put('/api/solutions/{id}/lists/{listId}', {
        params: ofList(listId),
        body: { columns },
      });
    } catch (cause) {
      return refused(cause, '');
    }
    redirect(303, `/solution/paste?list=${encodeURIComponent(listId)}`);
  },

  add: async ({ request, locals }) => {
    const form = await request.formData();
    const listId = String(form.get('list') ?? '');
    const entered = enteredRows(form).filter(({ code, productId }) => code.trim() !== '' || productId);
    const ready = String(form.get('ready') ?? '')
      .split(',')
      .filter(Boolean)
      .map((row) => ({ row: Number(row) }));
    const everybody = new Set(form.getAll('everybody').map(Number));
    const corrected = entered.map(({ input: _input, name: _name, found: _found, ...row }) => row);
    const rows = [...ready, ...corrected]
      .sort((a, b) => a.row - b.row)
      .map((row) => ({ ...row, ...(everybody.has(row.row) && { ask: 'all' as const }) }));
    return add(locals.api, { listId, rows, entered, form });
  },

  search: async ({ request, locals }) => {
    const form = await request.formData();
    const listId = String(form.get('list') ?? '');
    const row = Number(form.get('search'));
    const q = String(form.get(`q-${row}`) ?? '').trim();
    try {
      const list = await locals.api.get('/api/solutions/{id}/lists/{listId}', { params: ofList(listId) });
      const found = await foundBy(locals.api, q);
      const entered = enteredRows(form).map((one) => (one.row === row ? { ...one, found } : one));
      const searched: Searched = {
        ...{ open: asEntered(openRows(list), entered), row },
        ask: form.get('ask') === 'all' ? 'all' : 'one',
        everybody: form.getAll('everybody').map(Number),
      };
      if (!form.has('added')) return { searched };
      const addedSoFar = Number(form.get('added')) || 0;
      const outcome: Outcome = { listId, addedSoFar, added: [], open: searched.open };
      return { searched, outcome };
    } catch (cause) {
      return refused(cause, '');
    }
  },
};

/** Searches for a row. Nothing typed finds nothing, not the whole catalogue. */
async function foundBy(api: Api, q: string): Promise<Found> {
  if (q === '') return foundFor(q, [], 0);
  const query = { q, perPage: mostFound };
  const { items, total } = await api.get('/api/products', { params: { query } });
  return foundFor(q, items, total);
}

type Adding = {
  listId: string;
  rows: { row: number; code?: string; quantity?: string; productId?: string; ask?: 'all' }[];
  entered: EnteredRow[];
  form: FormData;
};

async function add(api: Api, { listId, rows, entered, form }: Adding) {
  const params = { ...ofList(listId), header: { 'idempotency-key': String(form.get('key') ?? '') } };
  const ask = form.get('ask') === 'all' ? 'all' : 'one';
  try {
    const answer = await api.post('/api/solutions/{id}/lists/{listId}/addition', {
      params,
      body: { rows, ask },
    });
    const added = answer.rows.filter((row) => row.status === 'added');
    const byRow = new Map(entered.map((row) => [row.row, row]));
    const open = answer.rows
      .filter(({ status }) => !['added', 'header', 'skipped'].includes(status))
      .map((row) => stillOpen(row, byRow.get(row.row), byRow.get(row.row)?.input ?? row.input));
    const outcome: Outcome = {
      listId,
      addedSoFar: (Number(form.get('added')) || 0) + added.length,
      added,
      open,
    };
    return { outcome };
  } catch (cause) {
    return refused(cause, '');
  }
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file);
  return form;
}

const faults: Record<string, Refused['wrong']> = {
  list_old_workbook: 'errors.list_old_workbook',
  list_unreadable: 'errors.list_unreadable',
  not_found: 'solution.pasteGone',
};

function refused(cause: unknown, text: string) {
  if (!(cause instanceof ApiError)) throw cause;
  const { problem, status } = cause;
  const tooMany =
    problem.code === 'too_large' ||
    problem.errors?.some(({ code }) => code === 'too_many_items' || code === 'too_long');
  const wrong = tooMany ? 'solution.pasteTooMany' : faults[problem.code];
  return fail(status, { ...(wrong ? { wrong } : { problem }), text } as Refused);
}
