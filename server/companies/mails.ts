import type { Translation } from '#server/common/words.ts';
import { type MailTemplate, mailTemplate } from '#server/platform/mailing/template.ts';
import { translatorFor } from '#server/platform/mailing/translator.ts';
import { inEveryLanguage } from '#server/platform/words.ts';
import { invitationMail } from './events.ts';
import { findInvitation } from './invitations/queries.ts';
import { invitationLink } from './invitations/service.ts';
import type { words as english } from './words/en/mails.ts';

const words = await inEveryLanguage<{ words: Translation<typeof english> }>(
  `${import.meta.dirname}/words`,
  'mails',
);

export const companyMails: readonly MailTemplate[] = [
  mailTemplate(invitationMail, async ({ db, config, links }, { subjectId, locale, toEmail, content }) => {
    const found = await findInvitation(db, subjectId);
    const { invitation, company, invitedBy } = found ?? {};
    // Mailed again, withdrawn or accepted meanwhile.
    const isOpen = invitation && !invitation.withdrawnAt && !invitation.acceptedAt;
    if (!isOpen || invitation.version !== content.version) return null;
    const { t, lang, date } = translatorFor(words, locale, 'UTC');
    const token = links.issue(invitationLink.purpose, subjectId, invitation.version);
    const lead = t('invited.lead', { company: company ?? '', name: invitedBy ?? company ?? '' });
    const document = {
      ...{ lang, lead, preview: lead, facts: [], sections: [] },
      subject: t('invited.subject', { company: company ?? '' }),
      addressee: t('for', { address: toEmail }),
      heading: t('invited.subject', { company: company ?? '' }),
      action: {
        label: t('invited.action'),
        url: `${config.publicUrl}/account/invitation/${token}`,
        hint: t('invited.hint', { date: date(invitation.expiresAt.toISOString().slice(0, 10)) }),
      },
      footer: [t('invited.notYou')],
    };
    return { document };
  }),
];
