import { areasOf, loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n } from '#lib/i18n/i18n.ts';
import type { PageLoad } from './$types';

/** Uses the partner's time zone, in which deadlines and validity end. */
export const load: PageLoad = async ({ data, parent, route }) => {
  const { locale } = await parent();
  const words = createI18n(locale, await loadDictionary(locale, areasOf(route.id)), data.enquiry.timeZone);
  return { ...data, words };
};
