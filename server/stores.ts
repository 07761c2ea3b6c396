import { features } from './features.ts';
import { secrets, type Store } from './platform/backup/store.ts';

/** All that backups hold besides the database. */
export const stores: readonly Store[] = [secrets, ...features.flatMap((feature) => feature.stores ?? [])];
