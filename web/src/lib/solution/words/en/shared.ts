import type { Words } from '#server/common/words.ts';

/** A solution behind a read-only link. */
export const words = {
  'shared.title': 'Shared solution',
  'shared.lead': 'Somebody shared this list with you. You can read it; a copy is yours to change.',
  'shared.take': 'Take a copy of my own',
  'shared.lines': 'Lines',
  'shared.product': 'Product',
  'shared.quantity': 'Quantity',
  'shared.asked': 'Partners to ask',
  'shared.total': 'List price',
  'shared.gone': 'This link does not work any more',
  'shared.goneText': 'Its owner has ended it, or the address is incomplete.',
} as const satisfies Words;
