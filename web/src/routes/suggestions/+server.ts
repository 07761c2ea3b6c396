import { render } from 'svelte/server';
import { loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n, i18nContext } from '#lib/i18n/i18n.ts';
import Suggestions from '#lib/shell/Suggestions.svelte';
import type { RequestHandler } from './$types';

const longest = 200;

/** Returns the list of the search box for what is typed there, as HTML. */
export const GET: RequestHandler = async ({ url, locals }) => {
  const q = (url.searchParams.get('q') ?? '').trim().slice(0, longest);
  const nothing = { products: [], categories: [], tags: [], vendors: [] };
  const [found, dictionary] = await Promise.all([
    q ? locals.api.get('/api/suggestions', { params: { query: { q } } }) : nothing,
    loadDictionary(locals.locale, ['suggestions']),
  ]);
  const i18n = createI18n(locals.locale, dictionary, locals.timeZone);
  const { body } = render(Suggestions, { props: { found, q }, context: i18nContext(i18n) });
  return new Response(body, { headers: { 'content-type': 'text/html; charset=utf-8' } });
};
