import type { Db } from '#db/client.ts';
import type { Locale } from '#server/common/locales.ts';
import { digestMail } from '#server/platform/mailing/digests.ts';
import { type LinksSection, oneLine } from '#server/platform/mailing/document.ts';
import { type MailContext, mailTemplate } from '#server/platform/mailing/template.ts';
import { translatorFor } from '#server/platform/mailing/translator.ts';
import { answerLinkVersion } from '../enquiries/rules.ts';
import { enquiryMail, linkRenewedMail } from './kinds.ts';
import type { RequestMailWords, Translator } from './parts.ts';
import { loadWaiting, type WaitingMail } from './queries.ts';

/** Writes the digest of enquiries to one partner's address, or of confirmations to one buyer's, with a link each. */
export const waitingTemplate = (words: Readonly<Record<Locale, RequestMailWords>>) =>
  mailTemplate(digestMail, async (ctx, delivery) => {
    const waiting = await withWorkingLinks(ctx.db, delivery.content.deliveryIds);
    const [first] = waiting;
    if (!first) return null;
    const zone = first.enquiry?.vendorTimeZone ?? first.request.timeZone ?? 'UTC';
    const translator = translatorFor(words, delivery.locale, zone);
    const isVendor = first.enquiry !== null;
    const whose = wordsFor(first);
    const shown = whose === 'news' ? onePerEnquiry(waiting) : waiting;
    const count = shown.length;
    return {
      document: {
        lang: translator.lang,
        subject: translator.t(digestWords[whose].subject, { count }),
        preview: translator.list(shown.slice(0, 5).map(({ request }) => request.number)),
        addressee: translator.t('for', { name: first.enquiry?.vendorName ?? delivery.toName }),
        heading: translator.t(digestWords[whose].heading, { count }),
        lead: translator.t(digestWords[whose].lead),
        facts: [],
        action: null,
        sections: [section(ctx, translator, shown)],
        footer: isVendor
          ? [translator.t('useLink'), translator.t('waiting.personal', { name: delivery.toName })]
          : [translator.t('followLink'), translator.t('notYou')],
      },
    };
  });

const digestWords = {
  enquiries: { subject: 'waiting.subject', heading: 'waiting.heading', lead: 'waiting.lead' },
  news: { subject: 'waiting.newsSubject', heading: 'waiting.newsSubject', lead: 'waiting.newsLead' },
  own: { subject: 'waiting.ownSubject', heading: 'waiting.ownHeading', lead: 'waiting.ownLead' },
} as const;

/** Mails of different caps are never in one digest, so the first one tells. */
function wordsFor({ enquiry, delivery }: WaitingMail): keyof typeof digestWords {
  if (!enquiry) return 'own';
  return [enquiryMail.name, linkRenewedMail.name].includes(delivery.kind) ? 'enquiries' : 'news';
}

const onePerEnquiry = (waiting: WaitingMail[]): WaitingMail[] => [
  ...new Map(waiting.map((mail) => [mail.enquiry?.id, mail])).values(),
];

async function withWorkingLinks(db: Db, deliveryIds: string[]): Promise<WaitingMail[]> {
  const waiting = await loadWaiting(db, deliveryIds);
  return waiting.filter(({ delivery, request, enquiry }) =>
    enquiry ? delivery.linkRevokedAt === null : request.followRevokedAt === null,
  );
}

function section(ctx: MailContext, translator: Translator, waiting: WaitingMail[]): LinksSection {
  const isVendor = waiting[0]?.enquiry !== null;
  return {
    kind: 'links',
    title: translator.t(isVendor ? 'waiting.title' : 'waiting.ownTitle'),
    items: waiting.map((mail) => ({
      title: titleOf(mail),
      text: textOf(translator, mail),
      label: translator.t(isVendor ? 'waiting.action' : 'waiting.ownAction'),
      url: urlOf(ctx, mail),
    })),
  };
}

function titleOf({ request, enquiry }: WaitingMail): string {
  const who = enquiry ? (request.contactCompany ?? request.contactName) : request.title;
  return oneLine([request.number, who].filter(Boolean).join(', '));
}

function textOf(translator: Translator, { request, enquiry, lines }: WaitingMail): string {
  const deadline = enquiry?.deadline ?? request.deadline;
  const count = translator.t('lines', { count: lines });
  return deadline ? `${count}, ${translator.t('answerBy')}: ${translator.day(deadline)}` : count;
}

function urlOf({ config, links }: MailContext, { delivery, request, enquiry }: WaitingMail): string {
  if (!enquiry) return `${config.publicUrl}/f/${links.issue('follow', request.id, request.linkVersion)}`;
  const version = answerLinkVersion({ enquiry, delivery });
  return `${config.publicUrl}/e/${links.issue('answer', delivery.id, version)}`;
}
