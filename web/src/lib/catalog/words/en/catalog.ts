import type { Words } from '#server/common/words.ts';

/** What lists and product pages share: adding to the solution, terms of an offer. */
export const words = {
  'catalog.add': 'Add',
  'catalog.addNamed': 'Add {code} to the solution',
  'catalog.quantityOf': 'Quantity of {code}',
  'catalog.inLine': '{quantity} in line {position}',
  'catalog.inLines': { one: '{quantity} in {count} line', other: '{quantity} in {count} lines' },
  'catalog.added': '{code} is in your solution',
  'catalog.openSolution': 'Open the solution',
  'catalog.minimum': 'from {minimum}',
  'catalog.minimumPack': 'from {minimum}, in packs of {pack}',
  'catalog.notSellableMinimum': 'Sold from {minimum}.',
  'catalog.notSellablePack': 'Sold from {minimum}, in packs of {pack}.',
  'catalog.wrongQuantity': 'Enter a whole number from 1 to 1,000,000,000.',
  'catalog.notReachable': 'cannot be asked',
  'catalog.soldOutDays': { one: 'Sold out, {count} day', other: 'Sold out, {count} days' },
  'catalog.partnerNotReachable':
    'This partner has no e-mail address here. Its products are listed but cannot be asked for.',
  'catalog.categoryDescription': '{name}: products and services of many partners, with list prices.',
} as const satisfies Words;
