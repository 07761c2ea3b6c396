import type { Feature } from '#server/platform/feature.ts';
import { handlers } from './jobs.ts';
import { personal } from './personal.ts';

export const ledger = { name: 'ledger', jobs: handlers, personal } satisfies Feature;
