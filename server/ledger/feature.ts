import type { Feature } from '#server/platform/feature.ts';
import { handlers } from './jobs.ts';

export const ledger = { name: 'ledger', jobs: handlers } satisfies Feature;
