import { features } from './features.ts';
import { secrets, type Store } from './platform/backup/store.ts';
import { forgottenStore } from './platform/forgetting.ts';

/** All that backups hold besides the database. */
export const stores: readonly Store[] = [
  secrets,
  forgottenStore,
  ...features.flatMap((feature) => feature.stores ?? []),
];
