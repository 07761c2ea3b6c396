import type { Words } from '#server/common/words.ts';

/** What mails about companies say. */
export const words = {
  for: 'For {address}',
  'invited.subject': '{company} invites you to buy together',
  'invited.lead':
    '{name} invites you to {company} on Quoteline. Colleagues see each other’s requests and orders and share the company’s credit.',
  'invited.action': 'See the invitation',
  'invited.hint': 'It is valid until {date}, for this address. Opening the page changes nothing yet.',
  'invited.notYou': 'If you don’t know this company, you need not do anything.',
} as const satisfies Words;
