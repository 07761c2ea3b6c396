import type { Words } from '#server/common/words.ts';

/** Partners and what they offer: their list, their pages. */
export const words = {
  'partners.title': 'Partners',
  'partners.text': 'Suppliers who sell here. One request can ask any number of them.',
  'partners.table': 'Partners and what they offer',
  'partners.description': 'The partners who sell here, with their country and the number of their products.',
  'partners.partner': 'Partner',
  'partners.country': 'Country',
  'partners.offers': 'Products and services',
  'partners.reachable': 'Answers requests',
  'partners.reachableYes': 'by e-mail',
  'partners.emptyTitle': 'No partners yet',
  'partners.emptyText': 'Partners appear when a catalogue is imported.',
  'partners.aboutOne': 'Products and services of {name}, with list prices and availability.',
} as const satisfies Words;
