import { redirect } from '@sveltejs/kit';
import { currencyCookie } from '#server/common/currencies.ts';
import { isCurrencyChoice } from '#server/common/wanted-currency.ts';
import { isLocale, localeCookie } from '#server/common/locales.ts';
import { isTheme } from '#lib/shell/theme.ts';
import { ownPath } from '#lib/server/ownPath.ts';
import type { RequestHandler } from './$types';

/** Keeps the chosen language, currency or colours in a cookie and goes back to the page it was chosen on. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = await request.formData();
  const keep = { path: '/', maxAge: 31_536_000, secure: url.protocol === 'https:' };
  const locale = String(form.get('locale') ?? '');
  const theme = String(form.get('theme') ?? '');
  if (isLocale(locale)) cookies.set(localeCookie, locale, keep);
  if (isTheme(theme)) cookies.set('theme', theme, keep);
  const currency = String(form.get('currency') ?? '');
  if (isCurrencyChoice(currency)) cookies.set(currencyCookie, currency, keep);
  redirect(303, ownPath(String(form.get('to') ?? '/'), url.origin));
};
