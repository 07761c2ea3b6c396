import type { Feature } from '#server/platform/feature.ts';
import { handlers } from './jobs.ts';
import { refusals } from './refusals.ts';

export const admission = { name: 'admission', jobs: handlers, refusals } satisfies Feature;
