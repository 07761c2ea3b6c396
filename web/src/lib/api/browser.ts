import { createClient, type Transport } from './client.ts';
import type { Api } from './paths.ts';
import { ApiError, problemOf } from './problem.ts';

/** Calls the service over HTTP, from the browser. */
export const overHttp: Transport = async ({ method, url, headers, body, signal }) => {
  const accept = 'application/json';
  const sent = { accept, ...(body !== undefined && { 'content-type': accept }), ...headers };
  const init = { method, headers: sent, body: JSON.stringify(body), signal: signal ?? null };
  const response = await fetch(url, init).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(problemOf(503, 'unreachable'));
  });
  const { status, ok } = response;
  const read = (): Promise<unknown> => (ok ? response.json() : response.json().catch(() => null));
  return { status, body: status === 204 ? undefined : await read() };
};

/** The service, for code that runs in the browser; on the server it is `locals.api`. */
export const api: Api = createClient(overHttp);
