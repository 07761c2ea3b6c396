import type { Translation } from '#server/common/words.ts';
import { type MailDocument, oneLine, shortened } from '#server/platform/mailing/document.ts';
import { mailTemplate } from '#server/platform/mailing/template.ts';
import { type Translator, translatorFor } from '#server/platform/mailing/translator.ts';
import { inEveryLanguage } from '#server/platform/words.ts';
import { formatCredit } from '#server/common/credits.ts';
import { type ComplaintContent, complaintMail } from './events.ts';
import { complaintLink } from './link.ts';
import { findAny, findMessage, type FoundComplaint } from './queries.ts';
import { isOpen } from './rules.ts';
import type { words as english } from './words/en/mails.ts';

const words = await inEveryLanguage<{ words: Translation<typeof english> }>(
  `${import.meta.dirname}/words`,
  'mails',
);

/** Mails a complaint's news to a buyer, to people of a vendor or to staff. */
export const complaintTemplate = mailTemplate(
  complaintMail,
  async ({ db, config, links }, { subjectId, locale, toName, content }) => {
    const found = await findAny(db, subjectId);
    if (!found) return null;
    const { status, id, linkVersion } = found.complaint;
    const isReminder = content.news === 'reminder' || content.news === 'overdue';
    if (isReminder && !isOpen(status)) return null;
    const message = content.messageId === undefined ? null : await findMessage(db, content.messageId);
    const paths: Record<ComplaintContent['page'], string> = {
      buyer: `/account/complaints/${id}`,
      vendor: `/vendor/complaints/${id}`,
      staff: `/staff/complaints/${id}`,
      link: `/complaints/${links.issue(complaintLink.purpose, id, linkVersion)}`,
    };
    const url = config.publicUrl + paths[content.page];
    const translator = translatorFor(words, locale, content.timeZone);
    const text = message?.text ?? null;
    return { document: documentOf(translator, found, content, { url, toName, text }) };
  },
);

const longestName = 200;
const longestText = 2_000;

interface Written {
  url: string;
  toName: string;
  /** The message that it is about. */
  text: string | null;
}

function documentOf(
  translator: Translator<typeof english>,
  { complaint, vendor }: FoundComplaint,
  content: ComplaintContent,
  { url, toName, text }: Written,
): MailDocument {
  const { t } = translator;
  const { number, category, wish, subject, subjectType, reason, refund } = complaint;
  const cut = (long: string) => shortened(oneLine(long), longestName, (kept) => `${kept} …`);
  const { news, dueAt, page } = content;
  const side = page === 'link' ? 'vendor' : page;
  const about = cut(
    subject.number && subject.number !== subject.title
      ? `${subject.title}, ${subject.number}`
      : subject.title,
  );
  const isDecided = news === 'resolved' || news === 'rejected';
  const decided = isDecided ? reason : text;
  const lead = news === 'filed' ? t(`lead.filed.${side}`) : t(`lead.${news}`);
  return {
    lang: translator.lang,
    subject: t('subject', { number, news: t(`news.${news}`) }),
    preview: lead,
    addressee: t('for', { name: side === 'vendor' ? vendor.name : toName }),
    heading: t(`news.${news}`),
    lead: isDecided && refund !== null ? `${lead}\n${t('refund', { credits: formatCredit(refund) })}` : lead,
    facts: [
      { label: t('number'), value: number },
      { label: t(`about.${subjectType}`), value: about },
      { label: t('partner'), value: cut(vendor.name) },
      { label: t('category'), value: t(`category.${category}`) },
      { label: t('wish'), value: t(`wish.${wish}`) },
      ...(dueAt ? [{ label: t('due'), value: translator.time(new Date(dueAt)) }] : []),
    ],
    action: { label: t('action'), url, hint: t(page === 'link' ? 'hintLink' : 'hint') },
    sections: decided
      ? [
          {
            kind: 'words',
            title: t(isDecided ? 'reason' : 'text'),
            text: shortened(decided, longestText, (kept) => `${kept} …`),
          },
        ]
      : [],
    footer: [t(`footer.${side}`)],
  };
}
