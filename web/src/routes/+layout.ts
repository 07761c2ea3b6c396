import { loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n } from '#lib/i18n/i18n.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data }) => ({
  ...data,
  i18n: createI18n(data.locale, await loadDictionary(data.locale), data.timeZone),
  // Only who has a call pays for it.
  CallBar: data.call ? (await import('#lib/calls/CallBar.svelte')).default : null,
});
