import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/mails.ts';

export const words: Translation<typeof english> = {
  for: 'Za {address}',
  'invited.subject': '{company} Vas poziva da kupujete zajedno',
  'invited.lead':
    '{name} Vas poziva u firmu {company} na Quoteline. Kolege jedni drugima vide zahteve i porudžbine i dele kredit firme.',
  'invited.action': 'Prikaz pozivnice',
  'invited.hint': 'Važi do {date}, za ovu adresu. Otvaranje strane još ništa ne menja.',
  'invited.notYou': 'Ako ne poznajete ovu firmu, nije potrebno ništa.',
};
