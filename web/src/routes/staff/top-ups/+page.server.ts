import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import type { Api } from '#lib/api/paths.ts';
import { creditOf, moneyOf } from '#lib/credits/amounts.ts';
import { refused, toLogin } from '#lib/credits/login.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const outcomes = [
  'confirm',
  'part',
  'surplus',
  'counted',
  'reverse',
  'refund',
  'refundCard',
  'settle',
  'cancel',
] as const;
const statuses = ['waiting', 'paid', 'cancelled', 'disputed'] as const;
type Outcome = (typeof outcomes)[number];

export const load: PageServerLoad = async ({ locals: { api, timeZone }, url }) => {
  const page = Math.min(1_000, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
  const status = statuses.find((each) => each === url.searchParams.get('status')) ?? 'waiting';
  const q = url.searchParams.get('q')?.slice(0, 100) ?? '';
  try {
    const topUps = await api.get('/api/staff/top-ups', {
      params: { query: { page, status, ...(q && { q }) } },
    });
    const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());
    const done = outcomes.find((outcome) => outcome === url.searchParams.get('done'));
    return { topUps, status, q, today, key: randomUUID(), done };
  } catch (cause) {
    return toLogin(cause, url);
  }
};

const field = (form: FormData, name: string) => String(form.get(name) ?? '').trim();

/** Runs an action on the top-up that the form names and shows the page again, or returns its refusal with what was typed. */
const verb =
  (name: Outcome, act: (api: Api, values: Record<string, string>) => Promise<Outcome>) =>
  async ({ request, locals, url }: RequestEvent) => {
    const form = await request.formData();
    const id = field(form, 'id');
    const names = ['receivedOn', 'amount', 'currency', 'bankReference', 'known'];
    names.push('reason', 'refundAmount', 'key');
    const values = { id, verb: name, ...Object.fromEntries(names.map((key) => [key, field(form, key)])) };
    const next = new URLSearchParams(url.searchParams);
    next.delete(`/${name}`);
    next.delete('done');
    try {
      next.set('done', await act(locals.api, values));
    } catch (cause) {
      return refused(cause, `/staff/top-ups?${next}`, values);
    }
    redirect(303, `/staff/top-ups?${next}`);
  };

const pathOf = ({ id = '' }: Record<string, string>) => ({ path: { id } });

export const actions: Actions = {
  confirm: verb('confirm', async (api, values) => {
    const { receivedOn = '', amount = '', currency = '', bankReference, known } = values;
    const { payments, status, surplus } = await api.post('/api/staff/top-ups/{id}/confirmation', {
      params: pathOf(values),
      body: {
        ...{ receivedOn, amount: { amount: moneyOf(amount, currency), currency } },
        ...(bankReference && { bankReference }),
      },
    });
    // The service answers a repeated payment as it did before; only the page knows how many it showed.
    if (payments.length === Number(known)) return 'counted';
    if (status === 'waiting') return 'part';
    return Number(surplus.amount) > 0 ? 'surplus' : 'confirm';
  }),
  reverse: verb('reverse', async (api, values) => {
    const { bankReference = '', reason = '' } = values;
    await api.post('/api/staff/top-ups/{id}/reversal', {
      params: pathOf(values),
      body: { bankReference, reason },
    });
    return 'reverse';
  }),
  refund: verb('refund', async (api, values) => {
    const { refundAmount = '', reason = '', key = '' } = values;
    const params = { ...pathOf(values), header: { 'idempotency-key': key } };
    const { cardState } = await api.post('/api/staff/top-ups/{id}/refund', {
      params,
      body: { amount: creditOf(refundAmount), reason },
    });
    return cardState === 'paid' ? 'refundCard' : 'refund';
  }),
  settle: verb('settle', async (api, values) => {
    await api.post('/api/staff/top-ups/{id}/settlement', { params: pathOf(values) });
    return 'settle';
  }),
  cancel: verb('cancel', async (api, values) => {
    await api.post('/api/staff/top-ups/{id}/cancellation', { params: pathOf(values) });
    return 'cancel';
  }),
};
