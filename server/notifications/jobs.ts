import type { Context } from '#server/context.ts';
import type { JobHandler } from '#server/platform/jobs.ts';

export function handlers(_ctx: Context): JobHandler[] {
  return [];
}
