import { redirect, type RequestEvent } from '@sveltejs/kit';
import { parseSetCookie } from 'cookie';
import type { Transport } from '#lib/api/client.ts';
import { asListed, currencyCookie } from '#server/common/currencies.ts';
import { type CallInProcess, callInProcessKey } from '#server/common/in-process.ts';

// The server's modules would be loaded a second time if they were imported here.
function callInProcess(): CallInProcess {
  const call = (globalThis as { [name: symbol]: unknown })[callInProcessKey] as CallInProcess | undefined;
  if (!call) throw new Error('The service is not running in this process');
  return call;
}

/** Calls the service without leaving the process, as the visitor, and passes cookies the service sets on to them. */
export function inProcess(event: RequestEvent): Transport {
  let view = {};
  return async ({ method, url, headers, body }) => {
    const form = body instanceof FormData ? await encoded(body) : null;
    // A change may be a login: nothing that was read before holds after it.
    if (method !== 'GET') view = {};
    const answer = await callInProcess()({
      method,
      url,
      headers: { ...headersOf(event), ...headers, ...form?.headers },
      body: form ? form.body : body,
      address: event.getClientAddress(),
      view,
    });
    if (method !== 'GET') view = {};
    relayCookies(event, answer.cookies);
    setUpFactorFirst(event, answer);
    return answer;
  };
}

const factorPage = '/account/settings/security';

/** Sends accounts that must have a second factor and have none to the page where they set one up. */
function setUpFactorFirst({ url }: RequestEvent, { status, body }: { status: number; body: unknown }): void {
  const isMissing = status === 403 && (body as { code?: unknown } | null)?.code === 'second_factor_missing';
  if (isMissing && url.pathname !== factorPage) redirect(303, factorPage);
}

/** Returns a form with files as it is sent over HTTP. */
async function encoded(form: FormData): Promise<{ headers: Record<string, string>; body: Buffer }> {
  const sent = new Response(form);
  const type = sent.headers.get('content-type') ?? '';
  return { headers: { 'content-type': type }, body: Buffer.from(await sent.arrayBuffer()) };
}

function headersOf({ cookies, locals, request, url }: RequestEvent): Record<string, string> {
  const agent = request.headers.get('user-agent');
  // The language is decided by now, and with it the currency of a visitor who has chosen none.
  const all = [
    ...cookies.getAll().filter(({ name }) => name !== currencyCookie),
    { name: currencyCookie, value: locals.currency ?? asListed },
  ];
  const cookie = all.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`);
  return {
    host: url.host,
    'accept-language': locals.locale,
    ...(agent && { 'user-agent': agent }),
    cookie: cookie.join('; '),
  };
}

function relayCookies(event: RequestEvent, lines: readonly string[]): void {
  for (const line of lines) {
    const { name, value, ...options } = parseSetCookie(line, { decode: (text) => text });
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
