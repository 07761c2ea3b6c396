import { defineEvent } from '#server/platform/events.ts';

/** `directory`: that of CATALOG, null for the demo catalogue. */
interface FirstCatalog extends Record<string, unknown> {
  directory: string | null;
}

export const names = { loading: 'demo.catalog_loading', loaded: 'demo.catalog_loaded' };

/** The first catalogue is being loaded. */
export const catalogLoading = defineEvent<FirstCatalog>(names.loading);

/** The first catalogue is there, whole. */
export const catalogLoaded = defineEvent<FirstCatalog>(names.loaded);
