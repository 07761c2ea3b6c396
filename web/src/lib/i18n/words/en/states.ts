import type { Words } from '#server/common/words.ts';

/** States of availability, requests, enquiries, deliveries, quotes and lines, as codes on the wire. */
export const words = {
  'availability.in_stock': 'In stock',
  'availability.out_of_stock': 'Out of stock',
  'availability.on_request': 'On request',
  'availability.stock': '{count} in stock',
  'availability.leadTime': { one: '{count} day', other: '{count} days' },
  'kind.product': 'Product',
  'kind.service': 'Service',
  'kind.quote': 'Request for quote',
  'kind.order': 'Order',
} as const satisfies Words;
