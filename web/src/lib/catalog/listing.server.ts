import { randomUUID } from 'node:crypto';
import type { SearchResult, SolutionSummary } from '#lib/api/types.ts';
import { type Cookies, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Api } from '#lib/api/paths.ts';
import { ApiError, wrongField } from '#lib/api/problem.ts';
import type { Problem } from '#lib/api/schema.d.ts';
import { mayOwnSomething } from '#lib/server/visit.ts';
import { readQuantity } from '#lib/solution/quantities.ts';
import { withoutAction } from './actionPath.ts';
import { apiQuery, type Fixed, type Listing, type Prices, readListing } from './listing.ts';
import { pricesOf } from './prices.ts';

export type InSolution = SolutionSummary['inSolution'];

/** A page of products by the URL's query, and those of them that are in the solution. */
export type ListingData = {
  listing: Listing;
  prices: Prices;
  /** Null when the entered text is too long to be searched for. */
  result: SearchResult | null;
  inSolution: InSolution;
  /** The idempotency key, so that a repeated press adds once. */
  addKey: string;
};

export async function loadListing(
  { locals, url, cookies }: Pick<RequestEvent, 'locals' | 'url' | 'cookies'>,
  fixed: Fixed = {},
): Promise<ListingData> {
  const listing = readListing(url.searchParams);
  const prices = pricesOf(listing, locals.locale);
  const addKey = randomUUID();
  try {
    const result = await locals.api.get('/api/products', {
      params: { query: apiQuery(listing, fixed, prices) },
    });
    const inSolution = await linesWith(
      locals.api,
      cookies,
      result.items.map((item) => item.id),
    );
    return { listing, prices, result, inSolution, addKey };
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 422)
      return { listing, prices, result: null, inSolution: [], addKey };
    throw cause;
  }
}

/** Returns the current solution's lines with these products, without a request for visitors without a session. */
export async function linesWith(
  api: Api,
  cookies: Cookies,
  productIds: readonly string[],
): Promise<InSolution> {
  if (!mayOwnSomething(cookies) || productIds.length === 0) return [];
  const query = { products: productIds.join(',') };
  const summary = await api.get('/api/solutions/current/summary', { params: { query } });
  return summary.inSolution;
}

/** The result of a refused addition, with everything that was entered. */
export type AddRefused = {
  problem: Problem;
  values: { productId: string; quantity: string; offerIds: string[]; note: string; askAll: boolean };
};

/**
 * Form action: adds a product to the current solution and redirects to the page it came from, so that a reload adds
 * nothing again.
 */
export async function addLine({ request, locals, url }: Pick<RequestEvent, 'request' | 'locals' | 'url'>) {
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '');
  const values = {
    productId: text('productId'),
    quantity: text('quantity'),
    offerIds: form.getAll(form.has('askAll') ? 'everyOfferId' : 'offerIds').map(String),
    note: text('note'),
    askAll: form.has('askAll'),
  };
  const quantity = readQuantity(values.quantity);
  if (quantity === null || quantity < 1 || quantity > 1_000_000_000) {
    return fail(422, { problem: wrongField('quantity', 'wrong_type'), values } satisfies AddRefused);
  }
  if (form.has('choosesOffers') && values.offerIds.length === 0) {
    return fail(422, { problem: wrongField('offerIds', 'no_vendor_to_ask'), values } satisfies AddRefused);
  }
  try {
    const line = {
      productId: values.productId,
      quantity,
      ...(values.offerIds.length > 0 && { offerIds: values.offerIds }),
      ...(values.note.trim() && { note: values.note }),
    };
    await locals.api.post('/api/solutions/{id}/lines', {
      params: { path: { id: 'current' }, header: { 'idempotency-key': text('key') } },
      body: line,
    });
  } catch (cause) {
    if (cause instanceof ApiError) {
      return fail(cause.status, { problem: cause.problem, values } satisfies AddRefused);
    }
    throw cause;
  }
  const query = withoutAction(url.search);
  redirect(303, `${url.pathname}${query.size ? `?${query}` : ''}#p-${encodeURIComponent(values.productId)}`);
}
