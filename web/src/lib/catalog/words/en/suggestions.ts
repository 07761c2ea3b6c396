import type { Words } from '#server/common/words.ts';

/** The list of the search box, which only the server prints. */
export const words = {
  'suggestions.codes': 'Codes',
  'suggestions.products': 'Products and services',
  'suggestions.categories': 'Categories',
  'suggestions.tags': 'Tags',
  'suggestions.partners': 'Partners',
  'suggestions.all': 'All results',
  'suggestions.count': { one: '{count} suggestion', other: '{count} suggestions' },
  'suggestions.none': 'No suggestions',
  'suggestions.allResults': 'All results for “{q}”',
} as const satisfies Words;
