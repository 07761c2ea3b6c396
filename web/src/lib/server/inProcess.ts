import type { RequestEvent } from '@sveltejs/kit';
import { parseSetCookie } from 'cookie';
import type { Transport } from '#lib/api/client.ts';

/** The part of Fastify's `inject` that pages need. */
type Inject = (request: {
  method: string;
  url: string;
  headers: Record<string, string>;
  payload?: string;
}) => Promise<{
  statusCode: number;
  headers: Record<string, string | string[] | number | undefined>;
  payload: string;
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

/**
 * Calls the service without leaving the process: with the visitor's cookies, language and address, and hands cookies
 * the service sets on to the visitor. The secret of this process tells the service that the address is true and that
 * the page has checked the origin.
 */
export const inProcess =
  (event: RequestEvent): Transport =>
  async ({ method, url, headers, body }) => {
    const sent: Record<string, string> = {
      host: event.url.host,
      'x-quoteline-internal': secret(),
      'x-quoteline-client-address': event.getClientAddress(),
      'accept-language': event.locals.locale,
    };
    for (const [name, value] of Object.entries(headers)) if (value) sent[name] = value;
    const agent = event.request.headers.get('user-agent');
    if (agent) sent['user-agent'] = agent;
    const cookies = event.cookies.getAll();
    if (cookies.length)
      sent['cookie'] = cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
    if (body !== undefined) sent['content-type'] = 'application/json';

    const payload = body === undefined ? undefined : JSON.stringify(body);
    const answer = await service()({ method, url, headers: sent, ...(payload && { payload }) });
    relayCookies(event, answer.headers['set-cookie']);
    const text = answer.payload;
    return { status: answer.statusCode, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };

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
