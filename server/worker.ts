import type { Context } from './context.ts';
import { features } from './features.ts';
import { backupJobs } from './platform/backup/jobs.ts';
import * as housekeeping from './platform/housekeeping.ts';
import type { JobHandler } from './platform/jobs.ts';
import { mailingJobs } from './platform/mailing/deliver.ts';
import { digestJobs } from './platform/mailing/digests.ts';
import { stores } from './stores.ts';

const mailTemplates = features.flatMap((feature) => feature.mails ?? []);

/** Collects the jobs of all features and of the platform. */
export function jobHandlers(ctx: Context): JobHandler[] {
  return [
    ...features.flatMap((feature) => feature.jobs?.(ctx) ?? []),
    ...mailingJobs(ctx, mailTemplates),
    ...digestJobs(ctx),
    ...housekeeping.handlers(ctx),
    ...backupJobs(ctx, stores),
  ];
}
