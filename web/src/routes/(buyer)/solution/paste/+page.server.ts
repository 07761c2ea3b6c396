import { randomUUID } from 'node:crypto';
import { fail } from '@sveltejs/kit';
import type { CodeRow, Problem } from '#lib/api/schema.d.ts';
import type { LinesByCode } from '#lib/api/types.ts';
import type { Api } from '#lib/api/paths.ts';
import { ApiError } from '#lib/api/problem.ts';
import { decodeList } from '#lib/solution/decode.ts';
import type { Actions, PageServerLoad } from './$types';
import { type Given, givenRows } from './rows.ts';

/** What is shown after a list was entered: what was added, and the rows that need another look. */
export type Outcome = {
  /** Rows added since the list was entered. */
  addedSoFar: number;
  added: CodeRow[];
  open: Given[];
};
export type Refused = {
  problem?: Problem;
  /** The code of a fault that keeps the whole list from being read. */
  wrong?: 'solution.pasteWorkbook' | 'solution.pasteNothing' | 'solution.pasteTooMany';
  text?: string;
};

export const load: PageServerLoad = ({ depends }) => {
  depends('app:solution');
  // The idempotency key, so that a repeated press adds once.
  return { addKey: randomUUID() };
};

export const actions: Actions = {
  list: async ({ request, locals }) => {
    const form = await request.formData();
    const file = form.get('file');
    const typed = String(form.get('text') ?? '');
    const chosen = file instanceof File && file.size > 0;
    const text = chosen ? decodeList(new Uint8Array(await file.arrayBuffer())) : typed;
    if (text === null) return fail(422, { wrong: 'solution.pasteWorkbook', text: typed } as Refused);
    if (text.trim() === '') return fail(422, { wrong: 'solution.pasteNothing', text: typed } as Refused);
    const key = String(form.get('key') ?? '');
    return enter(locals.api, key, { text }, { text, addedSoFar: 0, rowOf: (row) => row });
  },

  rows: async ({ request, locals }) => {
    const form = await request.formData();
    const given = givenRows(form).filter((row) => row.code.trim() !== '');
    const rows = given.map(({ code, quantity, productId }) => ({
      code,
      quantity,
      ...(productId && { productId }),
    }));
    const addedSoFar = Number(form.get('added')) || 0;
    return enter(
      locals.api,
      String(form.get('key') ?? ''),
      { rows },
      { text: '', addedSoFar, rowOf: (row) => given[row - 1]?.row ?? row, given },
    );
  },
};

type Entered = {
  text: string;
  addedSoFar: number;
  /** The row of the list as it was first entered. */
  rowOf: (row: number) => number;
  given?: Given[];
};

async function enter(api: Api, key: string, body: LinesByCode, entered: Entered) {
  try {
    const params = { path: { id: 'current' }, header: { 'idempotency-key': key } };
    const { rows } = await api.post('/api/solutions/{id}/lines/by-code', { params, body });
    const added = rows.filter((row) => row.status === 'added');
    const open = rows
      .filter((row) => row.status !== 'added' && row.status !== 'header')
      .map((row): Given => ({
        row: entered.rowOf(row.row),
        input: entered.given?.[row.row - 1]?.input ?? row.input,
        code: row.code,
        quantity: entered.given?.[row.row - 1]?.quantity ?? quantityOf(row),
        answer: row,
      }));
    const outcome: Outcome = { addedSoFar: entered.addedSoFar + added.length, added, open };
    return { outcome };
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    const tooMany = cause.problem.errors?.some(
      ({ code }) => code === 'too_many_items' || code === 'too_long',
    );
    return fail(cause.status, {
      ...(tooMany ? { wrong: 'solution.pasteTooMany' } : { problem: cause.problem }),
      text: entered.text,
    } as Refused);
  }
}

// A quantity that could not be read stays as it was typed: an empty field would mean 1.
const quantityOf = (row: CodeRow): string =>
  row.quantity === null ? row.quantityText || '?' : String(row.quantity);
