import { afterEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import { api } from '#lib/api/browser.ts';
import type { ApiPaths } from '#lib/api/paths.ts';
import { ApiError } from '#lib/api/problem.ts';
import { queryString } from '#lib/api/query.ts';
import type { Client } from '#lib/api/client.ts';
import type { ProductDetail } from '#lib/api/schema.d.ts';

const sent: Request[] = [];

/** Answers every call with the same response and keeps what was sent. */
function serve(answer: () => Response | Promise<Response>) {
  vi.stubGlobal('fetch', (input: string, init: RequestInit) => {
    sent.push(new Request(new URL(input, 'http://localhost'), init));
    return Promise.resolve(answer());
  });
}
afterEach(() => {
  sent.length = 0;
  vi.unstubAllGlobals();
});

const refused = async (answer: () => Response | Promise<Response>) => {
  serve(answer);
  return api.post('/api/account/logout').catch((error: unknown) => error);
};

describe('a call from the browser', () => {
  test('a call returns the data, nothing for 204, and throws a refusal with its code', async () => {
    serve(() => Response.json({ call: null }));
    expect(await api.get('/api/calls/current')).toEqual({ call: null });
    serve(() => new Response(null, { status: 204 }));
    expect(await api.post('/api/account/logout')).toBeUndefined();
    const refusal = { code: 'quote_expired', status: 409 };
    const error = await refused(() => Response.json(refusal, { status: 409 }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 409, problem: { code: 'quote_expired' } });
  });

  test('an answer that is no JSON, and no answer at all, are thrown as refusals, too', async () => {
    expect(await refused(() => new Response('<html>', { status: 502 }))).toMatchObject({
      status: 502,
      problem: { code: 'internal' },
    });
    expect(await refused(() => Promise.reject(new TypeError('fetch failed')))).toMatchObject({
      status: 503,
      problem: { code: 'unreachable' },
    });
  });

  test('an aborted call throws what fetch throws', async () => {
    const given = await refused(() => Promise.reject(new DOMException('', 'AbortError')));
    expect(given).not.toBeInstanceOf(ApiError);
    expect(given).toMatchObject({ name: 'AbortError' });
  });

  test('a call sends its path, query, key and body', async () => {
    serve(() => Response.json({}));
    await api.post('/api/solutions/{id}/lines', {
      params: { path: { id: 'a/ b' }, header: { 'idempotency-key': 'k' } },
      body: { productId: 'č', quantity: 1 },
    });
    await api.get('/api/products', { params: { query: { q: 'a b&c', vendor: ['1', '2'], category: '' } } });
    const [post, get] = sent;
    expect(post?.url).toBe('http://localhost/api/solutions/a%2F%20b/lines');
    expect(post?.headers.get('idempotency-key')).toBe('k');
    expect(post?.headers.get('content-type')).toBe('application/json');
    expect(await post?.json()).toEqual({ productId: 'č', quantity: 1 });
    expect(get?.url).toBe('http://localhost/api/products?q=a+b%26c&vendor=1&vendor=2');
    expect(get?.headers.has('content-type')).toBe(false);
  });

  test('an empty key is left out', async () => {
    serve(() => Response.json({}));
    await api.post('/api/solutions/{id}/lines', {
      params: { path: { id: 'current' }, header: { 'idempotency-key': '' } },
      body: { productId: '1', quantity: 1 },
    });
    expect(sent[0]?.headers.has('idempotency-key')).toBe(false);
  });

  // The compiler checks these with the types of the tests.
  test('the path, parameters, body and answer of a call are typed by the API’s document', () => {
    type Get<Path extends Parameters<Client<ApiPaths>['get']>[0]> = typeof api.get<Path>;
    expectTypeOf<ReturnType<Get<'/api/products/{id}'>>>().resolves.toEqualTypeOf<ProductDetail>();
    expectTypeOf<ReturnType<typeof api.post<'/api/account/logout'>>>().resolves.toBeUndefined();
    expectTypeOf<Parameters<Get<'/api/calls/current'>>['length']>().toEqualTypeOf<1 | 2>();
    expectTypeOf<Parameters<Get<'/api/products/{id}'>>['length']>().toEqualTypeOf<2>();
    expectTypeOf<'/api/account/login'>().not.toExtend<Parameters<typeof api.get>[0]>();
    type Login = Parameters<typeof api.post<'/api/account/login'>>[1]['body'];
    expectTypeOf<keyof Login>().toEqualTypeOf<'code' | 'email' | 'password'>();
    expectTypeOf<Login['email']>().toEqualTypeOf<string>();
  });
});

test('a query leaves out what is empty and keeps 0 and false', () => {
  expect(queryString({ page: 0, all: false, none: null, no: '' })).toBe('?page=0&all=false');
});
