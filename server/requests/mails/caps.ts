import type { Context } from '#server/context.ts';
import type { MailCap } from '#server/platform/mailing/caps.ts';

/** Returns the caps of mails that anybody can have sent to anybody. */
export function capsOf({ config: { limits } }: Pick<Context, 'config'>): {
  partner: MailCap;
  /** Of what buyers write to partners after an enquiry. */
  messages: MailCap;
  unproven: MailCap;
} {
  return {
    partner: { name: 'enquiries', most: limits.mailsPerPartnerAddress },
    messages: { name: 'messages', most: limits.mailsPerPartnerAddress },
    unproven: { name: 'confirmations', most: limits.mailsPerUnprovenAddress },
  };
}
