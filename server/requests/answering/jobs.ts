import type { Context } from '#server/context.ts';
import { handle, type JobHandler } from '#server/platform/jobs.ts';
import { answerDigest } from './events.ts';
import * as quotes from './service.ts';

export function handlers(ctx: Context): JobHandler[] {
  return [handle(answerDigest, ({ requestId }) => quotes.tellOfAnswers(ctx, requestId))];
}
