import type {
  Client as OpenApiClient,
  ClientPathsWithMethod,
  ParamsOption,
  RequestBodyOption,
} from 'openapi-fetch';
import { ApiError, problemOf } from './problem.ts';
import { type Query, queryString } from './query.ts';
import type { DataOf } from './types.ts';

/** A call of the service, over HTTP or in process. */
export interface ApiCall {
  method: string;
  /** Path and query. */
  url: string;
  headers: Record<string, string>;
  body: unknown;
  signal: AbortSignal | undefined;
}

/** Transports a call to the service and returns its answer. Throws when there is none. */
export type Transport = (call: ApiCall) => Promise<{ status: number; body: unknown }>;

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Init<Operation> = ParamsOption<Operation> & RequestBodyOption<Operation> & { signal?: AbortSignal };
/** An operation that needs neither parameters nor a body is called with its path alone. */
type InitArgument<Operation> =
  Record<never, never> extends Init<Operation> ? [init?: Init<Operation>] : [init: Init<Operation>];
type OperationAt<PathItem, M> = M extends keyof PathItem ? PathItem[M] : never;
type Send<Paths extends object, M extends Method> = <
  Path extends ClientPathsWithMethod<OpenApiClient<Paths>, M>,
>(
  path: Path,
  ...init: InitArgument<OperationAt<Paths[Path], M>>
) => Promise<DataOf<OperationAt<Paths[Path], M>>>;

/**
 * Calls operations of an OpenAPI document, with the options of `openapi-fetch`:
 * `api.get('/api/products/{id}', { params: { path: { id } } })`. Throws `ApiError` for a refusal.
 */
export type Client<Paths extends object> = { [M in Method]: Send<Paths, M> };

type AnyInit = {
  params?: { path?: Record<string, string>; query?: Query; header?: Record<string, string | undefined> };
  body?: unknown;
  signal?: AbortSignal;
};

export function createClient<Paths extends object>(transport: Transport): Client<Paths> {
  const sendBy =
    (method: string) =>
    async (path: string, { params = {}, body, signal }: AnyInit = {}): Promise<unknown> => {
      const url = fillPath(path, params.path) + queryString(params.query);
      const given = Object.entries(params.header ?? {}).filter(([, value]) => value);
      const headers = Object.fromEntries(given) as Record<string, string>;
      const answer = await transport({ method, url, headers, body, signal });
      if (answer.status < 300) return answer.body;
      const { status } = answer;
      throw new ApiError({ ...problemOf(status, 'internal'), ...(answer.body as object | null), status });
    };
  return {
    get: sendBy('GET'),
    post: sendBy('POST'),
    put: sendBy('PUT'),
    patch: sendBy('PATCH'),
    delete: sendBy('DELETE'),
  } as Client<Paths>;
}

const fillPath = (path: string, values: Record<string, string> = {}): string =>
  path.replace(/\{(\w+)\}/g, (_placeholder, name: string) => encodeURIComponent(values[name] ?? ''));
