import { areasOf, areasOfPart, loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n } from '#lib/i18n/i18n.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data, route }) => {
  const callAreas = data.call ? areasOfPart('#lib/calls/CallBar.svelte') : [];
  const areas = [...areasOf(route.id), ...callAreas];
  // Pages of partners and agents have no search; the words of calls are only loaded for visitors with a call.
  const [dictionary, header, callBar] = await Promise.all([
    loadDictionary(data.locale, areas),
    data.slim || data.bare ? null : import('#lib/shell/Header.svelte'),
    data.call ? import('#lib/calls/CallBar.svelte') : null,
  ]);
  return {
    ...data,
    i18n: createI18n(data.locale, dictionary, data.timeZone),
    Header: header?.default ?? null,
    CallBar: callBar?.default ?? null,
  };
};
