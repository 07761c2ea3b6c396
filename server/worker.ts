import * as callBacks from './calls/backs/jobs.ts';
import * as calls from './calls/jobs.ts';
import type { Context } from './context.ts';
import * as notifications from './notifications/jobs.ts';
import * as housekeeping from './platform/housekeeping.ts';
import type { JobHandler } from './platform/jobs.ts';
import * as presence from './presence/jobs.ts';
import * as quotes from './requests/answering/jobs.ts';
import * as search from './search/jobs.ts';
import * as solutions from './solutions/jobs.ts';

/** Every job there is, with what runs it. */
export function jobHandlers(ctx: Context): JobHandler[] {
  return [
    ...notifications.handlers(ctx),
    ...presence.handlers(ctx),
    ...calls.handlers(ctx),
    ...callBacks.handlers(ctx),
    ...quotes.handlers(ctx),
    ...search.handlers(ctx),
    ...solutions.handlers(ctx),
    ...housekeeping.handlers(ctx),
  ];
}
