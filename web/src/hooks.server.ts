import { randomUUID } from 'node:crypto';
import { sequence, type Handle, type HandleServerError } from '@sveltejs/kit/hooks';
import { createClient } from '#lib/api/client.ts';
import { ApiError } from '#lib/api/problem.ts';
import { inProcess } from '#lib/server/inProcess.ts';
import { currencyCookie } from '#server/common/currencies.ts';
import { localeCookie, negotiateLocale } from '#server/common/locales.ts';
import { retryAfterSeconds } from '#server/common/unavailable.ts';
import { wantedCurrency } from '#server/common/wanted-currency.ts';
import { isTimeZone } from '#server/common/zones.ts';
import { isTheme } from '#lib/shell/theme.ts';

// Pages opened by a link from a mail: the link itself is the authority, and must not travel on.
const isLinkPage = (pathname: string): boolean =>
  /^\/(?:[efs]|complaints|account\/(?:verify|reset|undo|invitation))\//.test(pathname);

const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/**
 * Refuses bodies that aren't forms, before an action reads them. The server has refused forms of other sites.
 */
const refuseBrokenForms: Handle = async ({ event, resolve }) => {
  const { request } = event;
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return resolve(event);
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (!type || !formTypes.includes(type)) return new Response('Send a form', { status: 415 });
  try {
    await request.clone().formData();
  } catch (cause) {
    const isTooLarge = (cause as { status?: unknown } | null)?.status === 413;
    return new Response('The form is broken', { status: isTooLarge ? 413 : 400 });
  }
  return resolve(event);
};

const preferences: Handle = ({ event, resolve }) => {
  const { cookies, locals, request } = event;
  const theme = cookies.get('theme');
  const timeZone = cookies.get('tz');
  locals.api = createClient(inProcess(event));
  locals.locale = negotiateLocale(cookies.get(localeCookie), request.headers.get('accept-language'));
  locals.currency = wantedCurrency(cookies.get(currencyCookie), request.headers.get('accept-language'));
  locals.theme = isTheme(theme) ? theme : 'system';
  locals.timeZone = timeZone && isTimeZone(timeZone) ? timeZone : 'UTC';
  return resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%lang%', locals.locale).replace('%theme%', locals.theme),
  });
};

const securityHeaders: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  const { headers } = response;
  const secret = isLinkPage(event.url.pathname);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('x-frame-options', 'DENY');
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  headers.set('referrer-policy', secret ? 'no-referrer' : 'same-origin');
  if (secret) headers.set('x-robots-tag', 'noindex, nofollow');
  // Every page shows what its visitor has added; "Back" must not show it as it was, nor to the next person.
  headers.set('cache-control', 'no-store');
  if (response.status === 503) headers.set('retry-after', String(retryAfterSeconds));
  return response;
};

export const handle = sequence(securityHeaders, refuseBrokenForms, preferences);

/** Keeps a refusal's status; whatever was not expected gets a number that is in the log too. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  // The service has logged why it is unavailable.
  if (kind === 'unknown' && error instanceof ApiError && (error.status < 500 || error.status === 503)) {
    return { status: error.status, message: error.problem.title, code: error.problem.code };
  }
  if (kind !== 'unknown') return { message: error.message };
  const id = randomUUID().slice(0, 8);
  // The path of a link page holds its token, so the log gets the route's name.
  console.error(JSON.stringify({ level: 'error', id, route: event.route.id, error: describe(error) }));
  return { message: 'Internal error', id };
};

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
