import { type Cookies, redirect } from '@sveltejs/kit';
import type { Me } from '#lib/api/schema.d.ts';
import { currencyCookie } from '#server/common/currencies.ts';

/**
 * Returns the path of the page that asked for the login, and never one that browsers read as another site.
 */
export function nextOf(url: URL): string | null {
  const next = url.searchParams.get('next');
  const target = next?.startsWith('/') && URL.canParse(next, url.origin) ? new URL(next, url.origin) : null;
  if (target?.origin !== url.origin || target.pathname.startsWith('//')) return null;
  return target.pathname + target.search;
}

/** Adds the page that asked for the login to the address of another one of its steps. */
export function withNext(path: string, url: URL): string {
  const next = nextOf(url);
  return next === null ? path : `${path}${path.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`;
}

/** Sends who has logged in to the page that asked for it, else to their own, and shows amounts in their currency. */
export function goOn(me: Pick<Me, 'role' | 'currency'>, url: URL, cookies: Cookies): never {
  if (me.currency !== null) keepCurrency(cookies, me.currency, url);
  redirect(303, nextOf(url) ?? (me.role === 'agent' ? '/agent' : '/account'));
}

/** Shows amounts in a currency, or as listed, in this browser for a year. */
export function keepCurrency(cookies: Cookies, currency: string, url: URL): void {
  cookies.set(currencyCookie, currency, {
    ...{ path: '/', maxAge: 31_536_000, secure: url.protocol === 'https:' },
  });
}
