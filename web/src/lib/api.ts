import { fail, type ActionFailure } from '@sveltejs/kit';

/** A refusal of the service, `application/problem+json`. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: { path: string; code: string; message: string }[];
};

/** Thrown by every call that was not answered with 2xx. Status 503 and `unreachable`: no answer at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}`);
    this.status = problem.status;
    this.problem = problem;
  }
}

export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;
type Options = { query?: Query; /** The `Idempotency-Key`. */ key?: string; signal?: AbortSignal };

/**
 * Typed calls of the service: `api(fetch).get<SearchResult>('/api/products', { query })`. Give it the
 * `fetch` of the load function or action; in the browser the global one does. Types come by
 * `import type` from the `schema.ts` of a server feature. Answers with 204 give undefined.
 */
export function api(fetch: typeof globalThis.fetch) {
  const call = async <T>(method: string, path: string, body: unknown, options: Options = {}): Promise<T> => {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (options.key) headers['idempotency-key'] = options.key;
    const request: RequestInit = { method, headers, ...(options.signal && { signal: options.signal }) };
    if (body !== undefined) request.body = JSON.stringify(body);
    const response = await fetch(path + queryString(options.query), request).catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
      throw new ApiError(bareProblem(503, 'unreachable'));
    });
    if (!response.ok) throw new ApiError(await problemOf(response));
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
  return {
    get: <T>(path: string, options?: Options) => call<T>('GET', path, undefined, options),
    post: <T = undefined>(path: string, body?: unknown, options?: Options) =>
      call<T>('POST', path, body, options),
    put: <T = undefined>(path: string, body?: unknown, options?: Options) =>
      call<T>('PUT', path, body, options),
    patch: <T = undefined>(path: string, body?: unknown, options?: Options) =>
      call<T>('PATCH', path, body, options),
    delete: <T = undefined>(path: string, options?: Options) => call<T>('DELETE', path, undefined, options),
  };
}

/** The answer of a form action to a refusal, with what the person typed; anything else is rethrown. */
export function failFrom<Values>(
  cause: unknown,
  values: Values,
): ActionFailure<{ problem: Problem; values: Values }> {
  if (cause instanceof ApiError) return fail(cause.status, { problem: cause.problem, values });
  throw cause;
}

/** `{q: 'a b', page: 2, vendor: ['1', '2']}` gives `?q=a+b&page=2&vendor=1&vendor=2`; empty values are left out. */
export function queryString(query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null && item !== '') parameters.append(name, String(item));
    }
  }
  return parameters.size ? `?${parameters}` : '';
}

const bareProblem = (status: number, code: string): Problem => ({
  type: 'about:blank',
  title: code,
  status,
  code,
  detail: '',
});

async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => null)) as Partial<Problem> | null;
  return { ...bareProblem(response.status, 'internal'), ...body, status: response.status };
}
