import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/sections.ts';

export const words: Translation<typeof english> = {
  'sections.nav': 'Vaš nalog',
  'sections.page.overview': 'Pregled',
  'sections.page.credits': 'Krediti',
  'sections.page.complaints': 'Reklamacije',
  'sections.page.settings': 'Podešavanja',
};
