import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/mails.ts';

export const words: Translation<typeof english> = {
  for: 'Za: {name}',
  product: 'Proizvod',
  subject: 'Traži se povratni poziv {time}: {product}',
  preview: 'Povratni poziv traži {who}. Proizvod: {product}.',
  heading: '{who} traži povratni poziv',
  guest: 'Posetilac',
  salesLead: 'Razgovor je o kupovini ovog proizvoda.',
  supportLead: 'Potrebna je pomoć u vezi sa ovim proizvodom.',
  when: 'Ne pre',
  language: 'Jezik',
  note: 'Napomena posetioca',
  action: 'Otvorite radni sto i pozovite',
  hint: 'Prvo zvoni Vaš telefon, zatim telefon posetioca. Broj ostaje kod nas.',
  others: 'Obavešteni su svi koji su nadležni za ovaj proizvod; poziv obavlja ko se prvi javi.',
  desk: 'Ako je u međuvremenu otkazan ili obavljen, poziv više nije na Vašem radnom stolu.',
};
