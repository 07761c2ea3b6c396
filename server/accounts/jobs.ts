import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '#server/platform/jobs.ts';
import { forgetOldChanges } from './addresses/service.ts';
import { forgetFarewells } from './erasing/service.ts';
import { forgetUnfinished } from './factors/service.ts';
import { forgetExpired } from './registering/service.ts';
import { forgetExpiredResets } from './resetting/service.ts';

/** Deletes registrations that nobody proved, with names and password hashes, links to new passwords that nobody used, past changes of addresses, logins and second factors that nobody finished, and the last addresses of those who were erased. */
export const forgetRegistrations = defineJob<Record<string, never>>('forget-registrations', {
  oneAtATime: true,
  everySeconds: 3_600,
});

export const handlers = (ctx: Context): JobHandler[] => [
  handle(forgetRegistrations, async () => {
    await forgetExpired(ctx);
    await forgetExpiredResets(ctx);
    await forgetOldChanges(ctx);
    await forgetUnfinished(ctx);
    await forgetFarewells(ctx);
  }),
];
