import type { Translation } from '#server/common/words.ts';
import { type MailDocument, oneLine, shortened } from '#server/platform/mailing/document.ts';
import { mailTemplate } from '#server/platform/mailing/template.ts';
import { type Voice, voiceOf } from '#server/platform/mailing/voice.ts';
import { inEveryLanguage } from '#server/platform/words.ts';
import { type CallBackContent, callBackMail } from './events.ts';
import { statusOf } from './queries.ts';
import { isOver } from './rules.ts';
import type { words as english } from './words/en/mails.ts';

const words = await inEveryLanguage<{ words: Translation<typeof english> }>(
  `${import.meta.dirname}/words`,
  'mails',
);

/**
 * Mails to agents that somebody wants to be called back. Their link leads to the desk, where the agent logs in: other
 * readers of the mail learn no more by it.
 */
export const callBackTemplate = mailTemplate(
  callBackMail,
  async ({ db, config }, { subjectId, locale, content }) => {
    const status = await statusOf(db, subjectId);
    if (status !== null && isOver(status)) return null;
    const voice = voiceOf(words, locale, content.timeZone);
    return { document: documentOf(voice, content, `${config.publicUrl}/agent`) };
  },
  { forgetsContent: true },
);

const longestName = 200;
const longestNote = 2_000;

/** To an agent: somebody wants to be called back, when and about what; the number stands with us. */
function documentOf(voice: Voice<typeof english>, content: CallBackContent, url: string): MailDocument {
  const wantedAt = new Date(content.wantedAt);
  const cut = (text: string) => shortened(oneLine(text), longestName, (kept) => `${kept} …`);
  const { name, code } = content.product;
  const who = cut(content.name) || voice.t('guest');
  const time = voice.time(wantedAt);
  return {
    lang: voice.lang,
    subject: voice.t('subject', { time, product: cut(code || name) }),
    preview: voice.t('preview', { who, product: cut(name) }),
    addressee: voice.t('for', { name: content.vendorName }),
    heading: voice.t('heading', { who }),
    lead: voice.t(`${content.kind}Lead`),
    facts: [
      { label: voice.t('when'), value: time },
      { label: voice.t('product'), value: cut(code && code !== name ? `${name}, ${code}` : name) },
      { label: voice.t('language'), value: voice.language(content.locale) },
    ],
    action: { label: voice.t('action'), url, hint: voice.t('hint') },
    sections: content.note
      ? [
          {
            kind: 'words',
            title: voice.t('note'),
            text: shortened(content.note, longestNote, (kept) => `${kept} …`),
          },
        ]
      : [],
    footer: [voice.t('others'), voice.t('desk')],
  };
}
