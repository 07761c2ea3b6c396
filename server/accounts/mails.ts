import type { Translation } from '#server/common/words.ts';
import type { MailDocument } from '#server/platform/mailing/document.ts';
import { type MailTemplate, mailTemplate } from '#server/platform/mailing/template.ts';
import { translatorFor } from '#server/platform/mailing/translator.ts';
import { inEveryLanguage } from '#server/platform/words.ts';
import { findChange } from './addresses/queries.ts';
import { changePurpose, undoPurpose } from './addresses/service.ts';
import {
  accountErasedMail,
  alreadyRegisteredMail,
  emailChangedMail,
  emailChangeMail,
  type FactorChange,
  passwordChangedMail,
  passwordResetMail,
  secondFactorMail,
  verifyAddressMail,
} from './events.ts';
import { credentials } from './queries.ts';
import { findRegistration } from './registering/queries.ts';
import { verifyPurpose } from './registering/service.ts';
import { findReset } from './resetting/queries.ts';
import { resetPurpose } from './resetting/service.ts';
import type { words as english } from './words/en/mails.ts';

const words = await inEveryLanguage<{ words: Translation<typeof english> }>(
  `${import.meta.dirname}/words`,
  'mails',
);

export const accountMails: readonly MailTemplate[] = [
  mailTemplate(verifyAddressMail, async ({ db, config, links }, { subjectId, locale, toEmail }) => {
    // Proven or expired meanwhile.
    if (!(await findRegistration(db, subjectId))) return null;
    const url = `${config.publicUrl}/account/verify/${links.issue(verifyPurpose, subjectId, 1)}`;
    return { document: documentOf('verify', { locale, toEmail, url }) };
  }),
  mailTemplate(alreadyRegisteredMail, async ({ config }, { locale, toEmail }) => {
    const url = `${config.publicUrl}/account/login`;
    return { document: documentOf('known', { locale, toEmail, url }) };
  }),
  mailTemplate(passwordResetMail, async ({ db, config, links }, { subjectId, toEmail }) => {
    const isOpen = await findReset(db, subjectId);
    const account = isOpen && (await credentials(db, toEmail));
    if (!account) return null;
    const url = `${config.publicUrl}/account/reset/${links.issue(resetPurpose, subjectId, 1)}`;
    return { document: documentOf('reset', { locale: account.locale, toEmail, url }) };
  }),
  mailTemplate(emailChangeMail, async ({ db, config, links }, { subjectId, locale, toEmail }) => {
    const change = await findChange(db, subjectId);
    if (!change) return null;
    if (await credentials(db, toEmail)) {
      const login = `${config.publicUrl}/account/login`;
      return { document: documentOf('known', { locale, toEmail, url: login }) };
    }
    const url = `${config.publicUrl}/account/verify/${links.issue(changePurpose, subjectId, 1)}`;
    return { document: documentOf('change', { locale, toEmail, url }) };
  }),
  mailTemplate(emailChangedMail, async ({ config, links }, { subjectId, locale, toEmail }) => {
    const url = `${config.publicUrl}/account/undo/${links.issue(undoPurpose, subjectId, 1)}`;
    return { document: documentOf('moved', { locale, toEmail, url }) };
  }),
  mailTemplate(passwordChangedMail, async ({ config }, { locale, toEmail }) => {
    const url = `${config.publicUrl}/account/reset`;
    return { document: documentOf('changed', { locale, toEmail, url }) };
  }),
  mailTemplate(accountErasedMail, async (_ctx, { locale, toEmail }) => ({
    document: erasedDocument(locale, toEmail),
  })),
  mailTemplate(secondFactorMail, async ({ config }, { content, locale, toEmail }) => {
    const url = `${config.publicUrl}/account/reset`;
    return { document: factorDocument(content, { locale, toEmail, url }) };
  }),
];

interface AccountLetter {
  locale: string;
  toEmail: string;
  url: string;
}

function documentOf(
  about: 'verify' | 'known' | 'change' | 'moved' | 'reset' | 'changed',
  { locale, toEmail, url }: AccountLetter,
): MailDocument {
  const { t, lang } = translatorFor(words, locale, 'UTC');
  return {
    lang,
    subject: t(`${about}.subject`),
    preview: t(`${about}.lead`),
    addressee: t('for', { address: toEmail }),
    heading: t(`${about}.subject`),
    lead: t(`${about}.lead`),
    facts: [],
    action: { label: t(`${about}.action`), url, hint: t(`${about}.hint`) },
    sections: [],
    footer: [t(`${about}.notYou`)],
  };
}

function factorDocument(change: FactorChange, { locale, toEmail, url }: AccountLetter): MailDocument {
  const { t, lang } = translatorFor(words, locale, 'UTC');
  const subject = t(`${change.what}.subject`);
  const lead =
    change.what === 'recoveryCodeUsed'
      ? t('recoveryCodeUsed.lead', { count: change.left })
      : t(`${change.what}.lead`);
  return {
    ...{ lang, subject, preview: lead, addressee: t('for', { address: toEmail }), heading: subject, lead },
    ...{ facts: [], sections: [] },
    action: { label: t('factor.action'), url, hint: t('factor.hint') },
    footer: [t('factor.notYou')],
  };
}

/** Has no link: there is nothing left to open. */
function erasedDocument(locale: string, toEmail: string): MailDocument {
  const { t, lang } = translatorFor(words, locale, 'UTC');
  const [subject, lead] = [t('erased.subject'), t('erased.lead')];
  const kept = ['partners', 'books', 'complaints', 'backups'] as const;
  return {
    ...{ lang, subject, preview: lead, addressee: t('for', { address: toEmail }), heading: subject, lead },
    ...{ facts: [], action: null },
    sections: [
      {
        kind: 'list',
        title: t('erased.kept'),
        items: kept.map((what) => ({ title: t(`erased.${what}`), text: t(`erased.${what}Text`) })),
      },
    ],
    footer: [t('erased.last')],
  };
}
