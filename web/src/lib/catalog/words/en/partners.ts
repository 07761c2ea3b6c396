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
  'partners.quality': 'Quality {score} of 100',
  'partners.qualityNone': 'Quality: too little has happened yet for a figure',
  'partners.qualityHow':
    'What happened here in the last {days} days. Of 100 points, 40 are for the share of enquiries answered, 20 for answering fast (all within 4 hours, none after 72), and 40 for the share of calls taken; each complaint per hundred calls costs 2, at most 30. With fewer than five enquiries and calls together there is no figure.',
  'partners.answered': 'Enquiries answered',
  'partners.answeredOf': '{answered} of {asked}',
  'partners.median': 'Median time to answer',
  'partners.hours': { one: '{count} hour', other: '{count} hours' },
  'partners.callsTaken': 'Calls taken',
  'partners.callsMissed': 'Calls missed',
  'partners.complaints': 'Complaints per hundred calls',
} as const satisfies Words;
