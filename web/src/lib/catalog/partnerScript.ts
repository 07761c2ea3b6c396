import { startIsland } from '#lib/island/island.svelte.ts';
import PartnerPage from './PartnerPage.svelte';

/** The script of the page of a partner. */
await startIsland(PartnerPage);
