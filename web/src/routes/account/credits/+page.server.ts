import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { ApiError } from '#lib/api/problem.ts';
import type { TopUp } from '#lib/api/schema.d.ts';
import { creditOf } from '#lib/credits/amounts.ts';
import { cheaperChoice, choicesOf } from '#lib/credits/choices.ts';
import { refused, toLogin } from '#lib/credits/login.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, url }) => {
  const page = Math.min(1_000, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
  const currency = url.searchParams.get('currency') ?? undefined;
  try {
    const [credits, entries, topUps, prices, company] = await Promise.all([
      api.get('/api/credits'),
      api.get('/api/credits/entries', { params: { query: { page } } }),
      api.get('/api/credits/top-ups', { params: { query: { perPage: 10 } } }),
      api.get('/api/credits/prices', { params: { query: { ...(currency && { currency }) } } }),
      api.get('/api/company').catch((cause: unknown) => {
        // Without a company.
        if (cause instanceof ApiError && cause.status === 403) return null;
        throw cause;
      }),
    ]);
    const holder = company && { name: company.name, people: company.people.length };
    // One page view makes one top-up, even if its button is pressed several times.
    return { credits, holder, entries, topUps, prices, choices: choicesOf(prices), key: randomUUID() };
  } catch (cause) {
    return toLogin(cause, url);
  }
};

export const actions: Actions = {
  default: async ({ request, locals, url }) => {
    const form = await request.formData();
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const values = {
      ...{ choice: text('choice'), credits: text('credits'), country: text('country') },
      ...{ vatId: text('vatId'), billTo: text('billTo'), currency: text('currency'), key: text('key') },
      method: text('method'),
    };
    const { currency, country, vatId, billTo } = values;
    const method = values.method === 'card' ? 'card' : 'transfer';
    // A press beside the hint of a cheaper number decides; before it, the hint is shown once.
    const decided = text('decided');
    const credits = creditOf(decided || values.credits || values.choice);
    let topUp: TopUp;
    try {
      if (!decided) {
        const query = { ...(currency && { currency }) };
        const prices = await locals.api.get('/api/credits/prices', { params: { query } });
        const cheaper = cheaperChoice(prices, credits);
        if (cheaper) return fail(422, { problem: undefined, cheaper: { ...cheaper, than: credits }, values });
      }
      topUp = await locals.api.post('/api/credits/top-ups', {
        params: { header: { 'idempotency-key': values.key } },
        body: {
          credits,
          ...{ method, currency },
          ...(country && { country }),
          ...(vatId && { vatId }),
          ...(billTo && { billTo }),
        },
      });
    } catch (cause) {
      return refused(cause, url.pathname + url.search, values);
    }
    redirect(303, topUp.paymentUrl ?? `/account/credits/${topUp.id}`);
  },
};
