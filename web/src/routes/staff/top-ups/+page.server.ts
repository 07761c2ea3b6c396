import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { failFrom } from '#lib/api/fail.server.ts';
import type { Api } from '#lib/api/paths.ts';
import { toLogin } from '#lib/credits/login.server.ts';
import { readAmount } from '#server/common/amounts.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { api, timeZone }, url }) => {
  const page = Math.min(1_000, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
  const status = url.searchParams.get('status') === 'paid' ? 'paid' : 'waiting';
  const q = url.searchParams.get('q')?.slice(0, 100) ?? '';
  try {
    const topUps = await api.get('/api/staff/top-ups', {
      params: { query: { page, status, ...(q && { q }) } },
    });
    const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());
    const done = ['confirm', 'reverse', 'refund'].find((verb) => verb === url.searchParams.get('done'));
    return {
      topUps,
      status,
      q,
      today,
      key: randomUUID(),
      done: done as 'confirm' | 'reverse' | 'refund' | undefined,
    };
  } catch (cause) {
    return toLogin(cause, url);
  }
};

const field = (form: FormData, name: string) => String(form.get(name) ?? '').trim();

/** Returns what was typed as the service wants it; it refuses what can't be read. */
function amountOf(typed: string): string {
  const read = readAmount(typed);
  return read.kind === 'amount' ? read.amount : typed;
}

/** Runs an action on the top-up that the form names and shows the page again, or returns its refusal with what was typed. */
const verb =
  (name: string, act: (api: Api, values: Record<string, string>) => Promise<unknown>) =>
  async ({ request, locals, url }: RequestEvent) => {
    const form = await request.formData();
    const id = field(form, 'id');
    const names = ['receivedOn', 'amount', 'currency', 'bankReference', 'reason', 'refundAmount', 'key'];
    const values = { id, verb: name, ...Object.fromEntries(names.map((key) => [key, field(form, key)])) };
    try {
      await act(locals.api, values);
    } catch (cause) {
      return failFrom(cause, values);
    }
    const next = new URLSearchParams(url.searchParams);
    next.delete(`/${name}`);
    next.set('done', name);
    redirect(303, `/staff/top-ups?${next}`);
  };

const pathOf = ({ id = '' }: Record<string, string>) => ({ path: { id } });

export const actions: Actions = {
  confirm: verb('confirm', (api, values) => {
    const { receivedOn = '', amount = '', currency = '', bankReference } = values;
    return api.post('/api/staff/top-ups/{id}/confirmation', {
      params: pathOf(values),
      body: {
        ...{ receivedOn, amount: { amount: amountOf(amount), currency } },
        ...(bankReference && { bankReference }),
      },
    });
  }),
  reverse: verb('reverse', (api, values) => {
    const { bankReference = '', reason = '' } = values;
    return api.post('/api/staff/top-ups/{id}/reversal', {
      params: pathOf(values),
      body: { bankReference, reason },
    });
  }),
  refund: verb('refund', (api, values) => {
    const { refundAmount = '', reason = '', key = '' } = values;
    const params = { ...pathOf(values), header: { 'idempotency-key': key } };
    return api.post('/api/staff/top-ups/{id}/refund', {
      params,
      body: { amount: amountOf(refundAmount), reason },
    });
  }),
};
