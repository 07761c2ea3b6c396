import { startIsland } from '#lib/island/island.svelte.ts';
import ReviewPage from './ReviewPage.svelte';

/** The script of the review. */
await startIsland(ReviewPage);
