import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/sections.ts';

export const words: Translation<typeof english> = {
  'sections.nav': 'Vaš nalog',
  'sections.page.overview': 'Pregled',
  'sections.page.notices': 'Obaveštenja',
  'sections.page.requests': 'Zahtevi',
  'sections.page.solutions': 'Rešenja',
  'sections.page.wishes': 'Lista želja',
  'sections.page.calls': 'Pozivi',
  'sections.page.credits': 'Krediti',
  'sections.page.complaints': 'Reklamacije',
  'sections.page.company': 'Firma i ljudi',
  'sections.page.approvals': 'Odobrenja',
  'sections.page.settings': 'Podešavanja',
};
