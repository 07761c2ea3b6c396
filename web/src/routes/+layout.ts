import { areasOf, loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n } from '#lib/i18n/i18n.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data, route }) => {
  const areas = [...areasOf(route.id), ...(data.call ? (['call', 'calls'] as const) : [])];
  // Only who has a call pays for it.
  const [dictionary, callBar] = await Promise.all([
    loadDictionary(data.locale, areas),
    data.call ? import('#lib/calls/CallBar.svelte') : null,
  ]);
  return {
    ...data,
    i18n: createI18n(data.locale, dictionary, data.timeZone),
    CallBar: callBar?.default ?? null,
  };
};
