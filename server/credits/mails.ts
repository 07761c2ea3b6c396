import type { Translation } from '#server/common/words.ts';
import type { MailDocument } from '#server/platform/mailing/document.ts';
import { type MailTemplate, mailTemplate } from '#server/platform/mailing/template.ts';
import { translatorFor } from '#server/platform/mailing/translator.ts';
import { inEveryLanguage } from '#server/platform/words.ts';
import { type TopUpNews, topUpMail } from './events.ts';
import type { words as english } from './words/en/mails.ts';

const words = await inEveryLanguage<{ words: Translation<typeof english> }>(
  `${import.meta.dirname}/words`,
  'mails',
);

/** Written from their content alone, as a top-up changes later. */
export const topUpMails: readonly MailTemplate[] = [
  mailTemplate(topUpMail, ({ config }, { subjectId, locale, toName, content }) => {
    const url = `${config.publicUrl}/account/credits/${subjectId}`;
    return Promise.resolve({ document: documentOf(content, { locale, toName, url }) });
  }),
];

function documentOf(
  news: TopUpNews,
  { locale, toName, url }: { locale: string; toName: string; url: string },
): MailDocument {
  const { t, lang, money, number } = translatorFor(words, locale, 'UTC');
  const inCurrency = (amount: string) => money({ amount, currency: news.currency });
  const { cause, reference } = news;
  const isAboutMoney = cause === 'part' || cause === 'paid' || cause === 'surplus' || cause === 'settled';
  const fact = (key: 'received' | 'rest' | 'surplus') => ({
    label: t(`topUp.${key}`),
    value: inCurrency(news[key]),
  });
  const lead =
    cause === 'settled' || cause === 'failed' || cause === 'dispute_won'
      ? t(`topUp.${cause}.lead`)
      : t(`topUp.${cause}.lead`, { amount: inCurrency(news.amount) });
  return {
    ...{ lang, lead, preview: lead },
    subject: t(`topUp.${cause}.subject`, { reference }),
    addressee: t('for', { name: toName }),
    heading: t(`topUp.${cause}.subject`, { reference }),
    facts: [
      { label: t('topUp.credits'), value: number(Number(news.credits)) },
      ...(news.ordered === null ? [] : [{ label: t('topUp.ordered'), value: number(Number(news.ordered)) }]),
      ...(isAboutMoney ? [fact('received')] : []),
      ...(isAboutMoney && Number(news.rest) > 0 ? [fact('rest')] : []),
      ...(Number(news.surplus) > 0 ? [fact('surplus')] : []),
    ],
    action: {
      label: t(cause === 'part' ? 'topUp.pay' : 'topUp.open'),
      url,
      hint: t(cause === 'part' ? 'topUp.payHint' : 'topUp.openHint'),
    },
    sections: [],
    footer: [t('footer')],
  };
}
