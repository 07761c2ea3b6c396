import type { Words } from '#server/common/words.ts';

/** The list of what a guest has sent from this browser, or a person with their account. */
export const words = {
  'requests.title': 'My requests',
  'requests.lead.guest':
    'What you sent from this browser. The link in the confirmation e-mail opens each request on any device.',
  'requests.lead.account':
    'What you sent, in every browser in which you log in. The link in the confirmation e-mail opens each request without a login.',
  'requests.request': 'Request',
  'requests.sent': 'Sent',
  'requests.lines': 'Lines',
  'requests.answers': 'Answers',
  'requests.answersOf': {
    one: '{count} of {total} partners',
    other: '{count} of {total} partners',
  },
  'requests.deadline': 'Answers due',
  'requests.noDeadline': 'no deadline',
  'requests.over': '(over)',
  'requests.state': 'State',
  'requests.kind.quote': 'request for quotes',
  'requests.kind.order': 'order',
  'requests.status.sent': 'Waiting for answers',
  'requests.status.partly_answered': 'Some partners have answered',
  'requests.status.answered': 'All partners have answered',
  'requests.decided.quote.partly_accepted': 'Ordered in part',
  'requests.decided.quote.accepted': 'Ordered',
  'requests.decided.order.partly_accepted': 'Order confirmed in part',
  'requests.decided.order.accepted': 'Order confirmed',
  'requests.status.closed': 'Closed',
  'requests.empty': 'Nothing sent yet',
  'requests.emptyText':
    'List what you need, from as many partners as you like, and send them all one request. You then find it here with their answers.',
  'requests.toSearch': 'Search the catalogue',
  'requests.toSolution': 'To the solution',
  'requests.place': 'Delivery address',
  'requests.country': 'Country',
  'requests.countryNone': 'Not given',
  'requests.billingElsewhere': 'The invoice goes to another address',
  'requests.billingPlace': 'Address for the invoice',
  'requests.billingCountry': 'Country of that address',

  'requests.wrong.contact.name': 'Enter your name.',
  'requests.wrong.contact.company': 'Enter the company that orders.',
  'requests.wrong.contact.email': 'Enter an address such as name@company.com.',
  'requests.wrong.contact.phone':
    'Enter the whole number with its country code, for example +381 11 123 4567.',
  'requests.wrong.deadline': 'Choose a day from today on, at most a year ahead.',
  'requests.wrong.delivery.place': 'Enter the delivery address.',
  'requests.wrong.delivery.country': 'Choose the country of delivery.',
  'requests.wrong.billing.place': 'Enter the address for the invoice, or untick it.',
  'requests.wrong.billing.country': 'Choose the country for the invoice.',
  'requests.wrong.delivery.neededBy': 'Choose today or a later day.',
} as const satisfies Words;
