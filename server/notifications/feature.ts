import type { Feature } from '#server/platform/feature.ts';
import { handlers } from './jobs.ts';

export const notifications = { name: 'notifications', jobs: handlers } satisfies Feature;
