import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/approvals.ts';

export const words: Translation<typeof english> = {
  for: 'Za {name}',
  request: 'Zahtev',
  partners: 'Partneri',
  amount: 'Iznos, bruto',
  onRequest: 'na upit',
  why: 'Ovu poruku dobijate kao član firme {company} na Quoteline.',
  'asked.subject': '{name} traži Vaše odobrenje',
  'reminded.subject': '{name} još čeka Vaše odobrenje',
  'asked.acceptance':
    '{name} želi da prihvati ponude iznad svog ograničenja. Ništa nije naručeno dok neko ne odobri.',
  'asked.order':
    '{name} želi da pošalje porudžbinu iznad svog ograničenja. Ništa nije poslato dok neko ne odobri.',
  'asked.action': 'Pregled i odluka',
  'asked.hint': 'Do {time}. Otvaranje strane još ništa ne odlučuje.',
  'decided.subject.approved': 'Odobreno',
  'decided.subject.rejected': 'Nije odobreno',
  'decided.subject.withdrawn': 'Opozvano',
  'decided.subject.expired': 'Niko nije odlučio na vreme',
  'decided.subject.outdated': 'Odobrenje je zastarelo',
  'decided.lead.approved': '{name}: odobreno je ono što ste tražili. Naručeno je.',
  'decided.lead.rejected': '{name}: nije odobreno ono što ste tražili. Ništa nije naručeno.',
  'decided.lead.withdrawn': 'Ono što ste tražili je opozvano. Ništa nije naručeno.',
  'decided.lead.expired': 'Ponuda je istekla pre nego što je iko odlučio. Ništa nije naručeno.',
  'decided.lead.outdated':
    'Ono što ste tražili se u međuvremenu promenilo, na primer novom verzijom ponude. Ništa nije naručeno; pogledajte i tražite ponovo.',
  'decided.action': 'Prikaz',
  'decided.hint': 'Tu možete i ponovo da tražite.',
};
