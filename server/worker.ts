import type { Context } from './context.ts';
import { features } from './features.ts';
import * as housekeeping from './platform/housekeeping.ts';
import type { JobHandler } from './platform/jobs.ts';

/** Collects the jobs of all features and of the platform. */
export function jobHandlers(ctx: Context): JobHandler[] {
  return [...features.flatMap((feature) => feature.jobs?.(ctx) ?? []), ...housekeeping.handlers(ctx)];
}
