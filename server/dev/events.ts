import { defineEvent } from '#server/platform/events.ts';

/** `directory`: the value of CATALOG; null: the demo catalogue. */
interface FirstCatalog extends Record<string, unknown> {
  directory: string | null;
}

export const names = { loading: 'demo.catalog_loading', loaded: 'demo.catalog_loaded' };

/** Recorded before the first catalogue is loaded. */
export const catalogLoading = defineEvent<FirstCatalog>(names.loading);

/** Recorded after the first catalogue has been loaded. */
export const catalogLoaded = defineEvent<FirstCatalog>(names.loaded);
