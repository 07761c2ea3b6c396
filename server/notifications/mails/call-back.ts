import type { MailContents } from '../events.ts';
import type { Voice } from '../words/voice.ts';
import { type MailDocument, oneLine, shortened } from './document.ts';

const longestName = 200;
const longestNote = 2_000;

/** To an agent: somebody wants to be called back, when and about what; the number stands with us. */
export function callBackMail(voice: Voice, content: MailContents['call-back'], url: string): MailDocument {
  const wantedAt = new Date(content.wantedAt);
  const cut = (text: string) => shortened(oneLine(text), longestName, (kept) => `${kept} …`);
  const { name, code } = content.product;
  const who = cut(content.name) || voice.t('call-back.guest');
  const time = voice.time(wantedAt);
  return {
    lang: voice.lang,
    subject: voice.t('call-back.subject', { time, product: cut(code || name) }),
    preview: voice.t('call-back.preview', { who, product: cut(name) }),
    addressee: voice.t('for', { name: content.vendorName }),
    heading: voice.t('call-back.heading', { who }),
    lead: voice.t(`call-back.${content.kind}Lead`),
    facts: [
      { label: voice.t('call-back.when'), value: time },
      { label: voice.t('product'), value: cut(code && code !== name ? `${name}, ${code}` : name) },
      { label: voice.t('call-back.language'), value: voice.language(content.locale) },
    ],
    action: { label: voice.t('call-back.action'), url, hint: voice.t('call-back.hint') },
    sections: content.note
      ? [
          {
            kind: 'words',
            title: voice.t('call-back.note'),
            text: shortened(content.note, longestNote, (kept) => `${kept} …`),
          },
        ]
      : [],
    footer: [voice.t('call-back.others'), voice.t('call-back.desk')],
  };
}
