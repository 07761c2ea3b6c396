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
  'catalog.minimum': 'Minimum {minimum}',
  'catalog.minimumPack': 'Minimum {minimum}, packs of {pack}',
  'catalog.notSellableMinimum': 'The minimum is {minimum}.',
  'catalog.notSellablePack': 'The minimum is {minimum}, in packs of {pack}.',
  'catalog.wrongQuantity': 'Enter the quantity as a whole number, for example 10.',
  'catalog.notReachable': 'can’t be asked here',
  'catalog.delivery': { one: 'Delivery {count} day', other: 'Delivery {count} days' },
  'catalog.soldOutDays': { one: 'Out of stock · {count} day', other: 'Out of stock · {count} days' },
  'catalog.partnerNotReachable': 'This partner has no e-mail address here, so you can’t send it a request.',
  'catalog.categoryDescription': '{name}: products and services of many partners, with list prices.',
  'catalog.askAll': { one: 'Ask {count} partner', other: 'Ask all {count} partners' },
} as const satisfies Words;
