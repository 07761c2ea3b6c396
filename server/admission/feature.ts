import type { Feature } from '#server/platform/feature.ts';
import { forgetConsentsAgain, optOutAgain } from './consents.ts';
import { handlers } from './jobs.ts';
import { admissionMetrics } from './metrics.ts';
import { personal } from './personal/queries.ts';
import { refusals } from './refusals.ts';

export const admission = {
  name: 'admission',
  jobs: handlers,
  refusals,
  metrics: admissionMetrics,
  forgets: [optOutAgain, forgetConsentsAgain],
  personal,
} satisfies Feature;
