import type { Translation } from '#server/common/words.ts';
import type { MailDocument } from '#server/platform/mailing/document.ts';
import { type MailTemplate, mailTemplate } from '#server/platform/mailing/template.ts';
import { type Translator, translatorFor } from '#server/platform/mailing/translator.ts';
import { inEveryLanguage } from '#server/platform/words.ts';
import type { words as english } from '../words/en/approvals.ts';
import { approvalDecidedMail, approvalRequestedMail } from './events.ts';
import { orderIn, partsIn } from './input.ts';
import { findApproval, type NamedApproval } from './queries.ts';

const words = await inEveryLanguage<{ words: Translation<typeof english> }>(
  `${import.meta.dirname}/../words`,
  'approvals',
);

const headersOf = ({ number }: NamedApproval): { headers?: Record<string, string> } =>
  number === null ? {} : { headers: { 'X-Quoteline-Request': number } };

export const approvalMails: readonly MailTemplate[] = [
  mailTemplate(approvalRequestedMail, async ({ db, config }, { subjectId, locale, toName, content }) => {
    const found = await findApproval(db, subjectId);
    // Decided meanwhile.
    if (found?.approval.status !== 'waiting') return null;
    const translator = translatorFor(words, locale, found.timeZone);
    const { t } = translator;
    const name = found.requester ?? '';
    const document = documentOf(translator, found, {
      subject: t(content.isReminder ? 'reminded.subject' : 'asked.subject', { name }),
      lead: t(`asked.${found.approval.kind}`, { name }),
      to: toName,
      url: `${config.publicUrl}/account/approvals/${subjectId}`,
      action: t('asked.action'),
      hint: t('asked.hint', { time: translator.time(found.approval.expiresAt) }),
    });
    return { document, ...headersOf(found) };
  }),
  mailTemplate(approvalDecidedMail, async ({ db, config }, { subjectId, locale, toName }) => {
    const found = await findApproval(db, subjectId);
    const status = found?.approval.status;
    if (!found || !status || status === 'waiting') return null;
    const translator = translatorFor(words, locale, found.timeZone);
    const { t } = translator;
    const lead = t(`decided.lead.${status}`, { name: found.decidedBy ?? '' });
    const document = documentOf(translator, found, {
      subject: t(`decided.subject.${status}`),
      lead: found.approval.note ? `${lead}\n\n${found.approval.note}` : lead,
      to: toName,
      url: `${config.publicUrl}/account/approvals/${subjectId}`,
      action: t('decided.action'),
      hint: t('decided.hint'),
    });
    return { document, ...headersOf(found) };
  }),
];

interface Letter {
  subject: string;
  lead: string;
  to: string;
  url: string;
  action: string;
  hint: string;
}

function documentOf(
  translator: Translator<typeof english>,
  { approval, company, number, title }: NamedApproval,
  { subject, lead, to, url, action, hint }: Letter,
): MailDocument {
  const { t, lang, money, list } = translator;
  const named = title || (approval.kind === 'order' ? orderIn(approval).title : '');
  const facts = [
    { label: t('request'), value: [number, named].filter(Boolean).join(', ') },
    { label: t('partners'), value: list(partsIn(approval).map(({ vendor }) => vendor.name)) },
    { label: t('amount'), value: list(approval.amounts.map(money)) || t('onRequest') },
  ];
  return {
    ...{ lang, subject, lead, preview: lead.split('\n')[0] ?? '', heading: subject, sections: [] },
    addressee: t('for', { name: to }),
    facts: facts.filter(({ value }) => value !== ''),
    action: { label: action, url, hint },
    footer: [t('why', { company })],
  };
}
