import { approversChanged } from '#server/companies/events.ts';
import type { Context } from '#server/context.ts';
import { handle, type JobHandler } from '#server/platform/jobs.ts';
import { mailDigest } from './answering/digest.ts';
import { keepApprovalsUp, mailAllApprovers } from './approvals/ending.ts';
import { keepApprovals } from './approvals/events.ts';
import { answerDigest, noteLinkChanges } from './events.ts';

export function handlers(ctx: Context): JobHandler[] {
  return [
    handle(keepApprovals, () => keepApprovalsUp(ctx)),
    handle(approversChanged, ({ companyId }) => mailAllApprovers(ctx, companyId)),
    handle(answerDigest, ({ requestId }) => mailDigest(ctx, requestId)),
    handle(noteLinkChanges, async ({ changes }) => {
      for (const { event, of } of changes)
        ctx.security.note(event, { address: 'npm run links', subject: of });
    }),
  ];
}
