import { startIsland } from '#lib/island/island.svelte.ts';
import ComparePage from './ComparePage.svelte';

/** The script of the page that compares products. */
await startIsland(ComparePage);
