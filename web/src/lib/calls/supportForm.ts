import type { Locale } from '#server/common/locales.ts';
import { areasOfPart, loadDictionary } from '#lib/i18n/dictionary.ts';

/** Loads the form of support calls with its words, which most visits never need. */
export async function loadSupportForm(locale: Locale) {
  const [{ default: SupportForm }] = await Promise.all([
    import('./SupportForm.svelte'),
    loadDictionary(locale, areasOfPart('#lib/calls/SupportForm.svelte')),
  ]);
  return SupportForm;
}
