import { startIsland } from '#lib/island/island.svelte.ts';
import SearchPage from './SearchPage.svelte';

/** The script of the page of the search. */
await startIsland(SearchPage);
