import type { Words } from '#server/common/words.ts';

/** The list of what this browser has sent. */
export const words = {
  'requests.title': 'My requests',
  'requests.lead':
    'What you sent from this browser. The link in the confirmation e-mail opens each of them anywhere.',
  'requests.request': 'Request',
  'requests.sent': 'Sent',
  'requests.lines': 'Lines',
  'requests.answers': 'Answers',
  'requests.answersOf': {
    one: '{count} of {total} partners',
    other: '{count} of {total} partners',
  },
  'requests.deadline': 'Answers due',
  'requests.noDeadline': 'no date',
  'requests.over': '(over)',
  'requests.state': 'State',
  'requests.kind.quote': 'request for quotes',
  'requests.kind.order': 'order',
  'requests.status.sent': 'Waiting for answers',
  'requests.status.partly_answered': 'Some have answered',
  'requests.status.answered': 'All have answered',
  'requests.status.partly_accepted': 'Accepted in part',
  'requests.status.accepted': 'Accepted',
  'requests.status.closed': 'Closed',
  'requests.empty': 'Nothing sent yet',
  'requests.emptyText':
    'Line up what you need, from as many partners as you like, and send them all one request. It then stands here with their answers.',
  'requests.toSearch': 'Search the catalogue',
  'requests.toSolution': 'To the solution',
} as const satisfies Words;
