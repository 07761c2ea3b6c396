import { areasOf, areasOfPart, loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n } from '#lib/i18n/i18n.ts';
import { isPlain } from '#lib/plain/routes.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data, route }) => {
  const callAreas = data.call ? areasOfPart('#lib/calls/FloatingCall.svelte') : [];
  const areas = [...areasOf(route.id), ...callAreas];
  // Pages of partners and agents have no search; the words of calls are only loaded for visitors with a call.
  const [dictionary, header, slimHeader, floatingCall, server] = await Promise.all([
    loadDictionary(data.locale, areas),
    data.slim || data.bare ? null : import('#lib/shell/Header.svelte'),
    data.slim ? import('#lib/shell/SlimHeader.svelte') : null,
    data.call ? import('#lib/calls/FloatingCall.svelte') : null,
    import.meta.env.SSR && isPlain(route.id) ? import('#lib/island/rendering.ts') : null,
  ]);
  return {
    ...data,
    i18n: createI18n(data.locale, dictionary, data.timeZone),
    Header: header?.default ?? null,
    SlimHeader: slimHeader?.default ?? null,
    FloatingCall: floatingCall?.default ?? null,
    /** Renders the islands of a page without SvelteKit's runtime. */
    renderIsland: server?.render ?? null,
    Island: server?.Island ?? null,
  };
};
