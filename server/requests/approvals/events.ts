import type { approvalKinds, approvalStatuses } from '#server/common/enums/companies.ts';
import { defineEvent } from '#server/platform/events.ts';
import { defineJob } from '#server/platform/jobs.ts';
import { defineMail } from '#server/platform/mailing/template.ts';

export const approvalAsked = defineEvent<{ approvalId: string; kind: (typeof approvalKinds)[number] }>(
  'approval.asked',
  'request',
);
export const orderApprovalAsked = defineEvent<{ approvalId: string }>('approval.order_asked', 'solution');
export const approvalEnded = defineEvent<{
  approvalId: string;
  status: (typeof approvalStatuses)[number];
  /** The approver for whom a stand-in decided. */
  decidedFor?: string;
}>('approval.ended', 'approval');

/** Asks an approver to decide. Its subject is the approval. */
export const approvalRequestedMail = defineMail<{ isReminder?: boolean }>(
  'approval-requested',
  'approval',
  'approvals',
);

/** Says to who asked what was decided, or why it ended. */
export const approvalDecidedMail = defineMail('approval-decided', 'approval', 'approvals');

/** Ends what nobody decided in time, tells who has become an approver meanwhile, and reminds. */
export const keepApprovals = defineJob<Record<string, never>>('keep-approvals', {
  oneAtATime: true,
  everySeconds: 300,
});
