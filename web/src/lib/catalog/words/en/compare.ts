import type { Words } from '#server/common/words.ts';

/** Products side by side. */
export const words = {
  'compare.title': 'Compare products',
  'compare.only': 'Only what differs',
  'compare.differs': 'differs',
  'compare.none': 'Not given',
  'compare.remove': 'Remove',
  'compare.removeNamed': 'Remove {code} from the comparison',
  'compare.onlyFour': 'Up to four products can be compared. These are the first four.',
  'compare.emptyTitle': 'Nothing to compare yet',
  'compare.emptyText': 'Tick two to four products in a list, then choose Compare.',
  'compare.apart': 'Only products of one category can be compared, so these are kept apart.',
  'compare.alone': 'Nothing of the same category',
} as const satisfies Words;
