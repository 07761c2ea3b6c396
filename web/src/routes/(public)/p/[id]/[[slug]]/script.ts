import { startIsland } from '#lib/island/island.svelte.ts';
import { type Loaded, partsFor } from './parts.ts';
import ProductPage from './ProductPage.svelte';

/** The script of a product's page. */
await startIsland(ProductPage, async ({ data, locale }) => ({
  ...data,
  ...(await partsFor(data as Loaded, locale)),
}));
