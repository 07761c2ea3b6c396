import type { Feature } from '#server/platform/feature.ts';
import { handlers } from './jobs.ts';

export const admission = { name: 'admission', jobs: handlers } satisfies Feature;
