import type { Words } from '#server/common/words.ts';

/** Rows of a list that join lines, or are searched for. */
export const words = {
  'lists.askEverybodyHint':
    'A line that is already in the solution then asks all of them, besides the partners it asks now. A row that names one partner asks only that partner.',
  'lists.joins': 'Adds to line {position}: {before} + {added} = {quantity}',
  'lists.joined': 'Added to line {position}: {before} + {added} = {quantity}',
  'lists.joinsRows': {
    one: '{count} row of this list, {quantity} in all',
    other: '{count} rows of this list, {quantity} in all',
  },
  'lists.joinsNote': {
    one: '{count} row adds to a line that is already in the solution. Beside it you see what its quantity becomes.',
    other:
      '{count} rows add to lines that are already in the solution. Beside each you see what its quantity becomes.',
  },
  'lists.joinedNote': {
    one: '{count} row was added to a line that was already in the solution.',
    other: '{count} rows were added to lines that were already in the solution.',
  },
  'lists.rowSearch': 'Search',
  'lists.rowSearchOf': 'What to search for in row {row}',
  'lists.rowSearchDo': 'Search for row {row}',
  'lists.rowFound': {
    one: '{count} product or service for “{q}”',
    other: '{count} products and services for “{q}”',
  },
  'lists.rowFoundNone': 'Nothing found for “{q}”. Try fewer words.',
  'lists.rowFoundAll': 'See all',
} as const satisfies Words;
