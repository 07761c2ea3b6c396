import type { Words } from '#server/common/words.ts';

/** States of availability, requests, enquiries, deliveries, quotes and lines, as codes on the wire. */
export const states = {
  'availability.in_stock': 'Na stanju',
  'availability.out_of_stock': 'Rasprodato',
  'availability.on_request': 'Na upit',
  'availability.stock': '{count} na stanju',
  'availability.leadTime': { one: '{count} dan', few: '{count} dana', other: '{count} dana' },
  'kind.product': 'Proizvod',
  'kind.service': 'Usluga',
  'kind.quote': 'Upit za ponudu',
  'kind.order': 'Porudžbina',
} as const satisfies Words;
