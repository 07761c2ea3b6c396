import type { RequestEvent } from '@sveltejs/kit';
import { parseSetCookie } from 'cookie';

/** The part of Fastify's `inject` that pages need. */
type Inject = (request: {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  url: string;
  headers: Record<string, string>;
  payload?: Buffer;
}) => Promise<{
  statusCode: number;
  headers: Record<string, string | string[] | number | undefined>;
  rawPayload: Buffer;
}>;

type Process = { [name: symbol]: unknown };

// The server's modules would be loaded a second time if they were imported here, so the running
// process leaves both in its global scope before it loads the pages.
const service = (): Inject => {
  const app = (globalThis as Process)[Symbol.for('quoteline.app')] as { inject: Inject } | undefined;
  if (!app) throw new Error('The service is not running in this process');
  return app.inject;
};
const secret = (): string => String((globalThis as Process)[Symbol.for('quoteline.internal')] ?? '');

const passedOn = ['accept', 'content-type', 'idempotency-key'];

/**
 * Answers a page's call of `/api` without leaving the process: with the visitor's cookies,
 * language and address, and hands cookies the service sets on to the visitor. The secret of this
 * process tells the service that the address is true and that the page has checked the origin.
 */
export async function callService(event: RequestEvent, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const headers: Record<string, string> = {
    host: event.url.host,
    'x-quoteline-internal': secret(),
    'x-quoteline-client-address': event.getClientAddress(),
    'accept-language': event.locals.locale,
  };
  for (const name of passedOn) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  const agent = event.request.headers.get('user-agent');
  if (agent) headers['user-agent'] = agent;
  const cookies = event.cookies.getAll();
  if (cookies.length) {
    headers['cookie'] = cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
  }

  const payload = request.body ? Buffer.from(await request.arrayBuffer()) : undefined;
  const answer = await service()({
    method: request.method as 'GET',
    url: url.pathname + url.search,
    headers,
    ...(payload && { payload }),
  });
  relayCookies(event, answer.headers['set-cookie']);

  const bodiless = request.method === 'HEAD' || [204, 205, 304].includes(answer.statusCode);
  return new Response(bodiless ? null : new Uint8Array(answer.rawPayload), {
    status: answer.statusCode,
    headers: responseHeaders(answer.headers),
  });
}

function relayCookies(event: RequestEvent, header: string | string[] | number | undefined): void {
  for (const line of [header ?? []].flat()) {
    const { name, value, ...options } = parseSetCookie(String(line), { decode: (text) => text });
    if (value === undefined) continue;
    event.cookies.set(name, value, {
      ...options,
      path: options.path ?? '/',
      httpOnly: options.httpOnly ?? false,
      secure: options.secure ?? false,
      sameSite: options.sameSite ?? 'lax',
      encode: (text) => text,
    });
  }
}

function responseHeaders(from: Record<string, string | string[] | number | undefined>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(from)) {
    const ours = ['set-cookie', 'content-length', 'transfer-encoding', 'connection'].includes(name);
    if (value !== undefined && !ours) headers.set(name, [value].flat().join(', '));
  }
  return headers;
}
