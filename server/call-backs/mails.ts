import type { Translation } from '#server/common/words.ts';
import { type MailDocument, oneLine, shortened } from '#server/platform/mailing/document.ts';
import { mailTemplate } from '#server/platform/mailing/template.ts';
import { type Translator, translatorFor } from '#server/platform/mailing/translator.ts';
import { inEveryLanguage } from '#server/platform/words.ts';
import { type CallBackContent, callBackMail } from './events.ts';
import { statusOf } from './queries.ts';
import { isOver } from './rules.ts';
import type { words as english } from './words/en/mails.ts';

const words = await inEveryLanguage<{ words: Translation<typeof english> }>(
  `${import.meta.dirname}/words`,
  'mails',
);

/** Mails agents a call-back request. Links to the desk, which needs a login, so that a forwarded mail reveals no more. */
export const callBackTemplate = mailTemplate(
  callBackMail,
  async ({ db, config }, { subjectId, locale, content }) => {
    const status = await statusOf(db, subjectId);
    if (status !== null && isOver(status)) return null;
    const translator = translatorFor(words, locale, content.timeZone);
    return { document: documentOf(translator, content, `${config.publicUrl}/agent`) };
  },
  { forgetsContent: true },
);

const longestName = 200;
const longestNote = 2_000;

/** Names time and product, but not the number, which only the desk has. */
function documentOf(
  translator: Translator<typeof english>,
  content: CallBackContent,
  url: string,
): MailDocument {
  const wantedAt = new Date(content.wantedAt);
  const cut = (text: string) => shortened(oneLine(text), longestName, (kept) => `${kept} …`);
  const { name, code } = content.product;
  const who = cut(content.name) || translator.t('guest');
  const time = translator.time(wantedAt);
  return {
    lang: translator.lang,
    subject: translator.t('subject', { time, product: cut(code || name) }),
    preview: translator.t('preview', { who, product: cut(name) }),
    addressee: translator.t('for', { name: content.vendorName }),
    heading: translator.t('heading', { who }),
    lead: translator.t(`${content.kind}Lead`),
    facts: [
      { label: translator.t('when'), value: time },
      { label: translator.t('product'), value: cut(code && code !== name ? `${name}, ${code}` : name) },
      { label: translator.t('language'), value: translator.language(content.locale) },
    ],
    action: { label: translator.t('action'), url, hint: translator.t('hint') },
    sections: content.note
      ? [
          {
            kind: 'words',
            title: translator.t('note'),
            text: shortened(content.note, longestNote, (kept) => `${kept} …`),
          },
        ]
      : [],
    footer: [translator.t('others'), translator.t('desk')],
  };
}
