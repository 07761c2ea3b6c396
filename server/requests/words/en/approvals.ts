import type { Words } from '#server/common/words.ts';

/** What mails about approvals say. */
export const words = {
  for: 'For {name}',
  request: 'Request',
  partners: 'Partners',
  amount: 'Amount, gross',
  onRequest: 'on request',
  why: 'You get this mail as a member of {company} on Quoteline.',
  'asked.subject': '{name} asks for your approval',
  'reminded.subject': '{name} still waits for your approval',
  'asked.acceptance':
    '{name} wants to accept offers above their limit. Nothing is ordered before somebody approves.',
  'asked.order': '{name} wants to send an order above their limit. Nothing is sent before somebody approves.',
  'asked.action': 'Look and decide',
  'asked.hint': 'Until {time}. Opening the page decides nothing yet.',
  'decided.subject.approved': 'Approved',
  'decided.subject.rejected': 'Not approved',
  'decided.subject.withdrawn': 'Withdrawn',
  'decided.subject.expired': 'Nobody decided in time',
  'decided.subject.outdated': 'The approval has become outdated',
  'decided.lead.approved': '{name} approved what you asked for. It is ordered.',
  'decided.lead.rejected': '{name} did not approve what you asked for. Nothing is ordered.',
  'decided.lead.withdrawn': 'What you asked for was withdrawn. Nothing is ordered.',
  'decided.lead.expired': 'The offer has expired before anybody decided. Nothing is ordered.',
  'decided.lead.outdated':
    'What you asked for has changed since, such as by a new version of the offer. Nothing is ordered; look at it and ask again.',
  'decided.action': 'Show it',
  'decided.hint': 'There is also the way to ask again.',
} as const satisfies Words;
