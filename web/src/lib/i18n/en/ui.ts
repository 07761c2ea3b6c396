import type { Words } from '../words.ts';

/** Words of the ui kit itself: controls that speak the same on every page. */
export const ui = {
  'ui.optional': '(optional)',
  'ui.working': 'Working',
  'ui.more': 'One more',
  'ui.less': 'One less',
  'ui.moreStep': '{count} more',
  'ui.lessStep': '{count} less',
  'ui.undo': 'Undo',
  'ui.close': 'Close',
  'ui.remove': 'Remove {name}',
  'ui.messages': 'Messages',
  'ui.breadcrumbs': 'You are here',
  'ui.steps': 'Steps',
  'ui.stepDone': 'done',
  'ui.stepNow': 'now',
  'ui.pages': 'Pages',
  'ui.page': 'Page {number}',
  'ui.previous': 'Previous',
  'ui.next': 'Next',
  'ui.range': '{first} to {last} of {total}',
  'ui.rangeFloor': '{first} to {last} of more than {total}',
  'ui.errorsTitle': 'Something needs a correction',
  'ui.errorsText': {
    one: 'One answer is missing or not valid. Nothing you typed is lost.',
    other: '{count} answers are missing or not valid. Nothing you typed is lost.',
  },
  'ui.loading': 'Loading',
  'ui.priceOnRequest': 'on request',
  'ui.sortAscending': 'Sorted ascending',
  'ui.sortDescending': 'Sorted descending',
} as const satisfies Words;
