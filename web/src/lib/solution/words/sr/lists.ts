import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/lists.ts';

export const words: Translation<typeof english> = {
  'lists.askEverybodyHint':
    'Stavka koja je već u rešenju tada pita sve njih, pored partnera koje pita sada. Red koji imenuje jednog partnera pita samo njega.',
  'lists.joins': 'Dodaje se stavci {position}: {before} + {added} = {quantity}',
  'lists.joined': 'Dodato stavci {position}: {before} + {added} = {quantity}',
  'lists.joinsRows': {
    one: '{count} red ovog spiska, ukupno {quantity}',
    few: '{count} reda ovog spiska, ukupno {quantity}',
    other: '{count} redova ovog spiska, ukupno {quantity}',
  },
  'lists.joinsNote': {
    one: '{count} red se dodaje stavci koja je već u rešenju. Pored njega vidite kolika će biti njena količina.',
    few: '{count} reda se dodaju stavkama koje su već u rešenju. Pored svakog vidite kolika će biti njena količina.',
    other:
      '{count} redova se dodaje stavkama koje su već u rešenju. Pored svakog vidite kolika će biti njena količina.',
  },
  'lists.joinedNote': {
    one: '{count} red je dodat stavci koja je već bila u rešenju.',
    few: '{count} reda su dodata stavkama koje su već bile u rešenju.',
    other: '{count} redova je dodato stavkama koje su već bile u rešenju.',
  },
  'lists.rowSearch': 'Tražite',
  'lists.rowSearchOf': 'Šta se traži u redu {row}',
  'lists.rowSearchDo': 'Tražite za red {row}',
  'lists.rowFound': {
    one: '{count} proizvod ili usluga za „{q}”',
    few: '{count} proizvoda i usluge za „{q}”',
    other: '{count} proizvoda i usluga za „{q}”',
  },
  'lists.rowFoundNone': 'Ništa nije nađeno za „{q}”. Probajte sa manje reči.',
  'lists.rowFoundAll': 'Pogledajte sve',
};
