import { startIsland } from '#lib/island/island.svelte.ts';
import CategoryPage from './CategoryPage.svelte';

/** The script of the page of a category. */
await startIsland(CategoryPage);
