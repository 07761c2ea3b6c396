import { type ApiCall, createClient, type Transport } from './client.ts';
import type { Api } from './paths.ts';
import { ApiError, problemOf } from './problem.ts';

/** Calls the service over HTTP, from the browser. */
export const overHttp: Transport = (call) => send(call);

async function send({ method, url, headers, body, signal }: ApiCall, more: RequestInit = {}) {
  const accept = 'application/json';
  const sent = { accept, ...(body !== undefined && { 'content-type': accept }), ...headers };
  const init = { method, headers: sent, body: JSON.stringify(body), signal: signal ?? null, ...more };
  const response = await fetch(url, init).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(problemOf(503, 'unreachable'));
  });
  const { status, ok } = response;
  const read = (): Promise<unknown> => (ok ? response.json() : response.json().catch(() => null));
  return { status, body: status === 204 ? undefined : await read() };
}

/** The service, for code that runs in the browser; on the server it is `locals.api`. */
export const api: Api = createClient(overHttp);

// Browsers refuse more than 64 KiB of what outlives a page.
const lastingCharacters = 16_000;

/** The same, for a write that is to arrive though the page is being left. */
export const lastingApi: Api = createClient((call) =>
  send(call, { keepalive: JSON.stringify(call.body ?? '').length < lastingCharacters }),
);
