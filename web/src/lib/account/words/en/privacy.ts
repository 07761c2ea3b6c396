import type { Words } from '#server/common/words.ts';

/** A copy of the own data, and the erasure of an account. */
export const words = {
  'privacy.copy': 'A copy of your data',
  'privacy.copyText':
    'All that we keep about you, as one file for programs (JSON): profile, requests with answers, calls, credit, complaints, solutions, wishes, files by name.',
  'privacy.getCopy': 'Get the copy',
  'privacy.erase': 'Erase your account',
  'privacy.eraseText':
    'For good, at once: profile, logins, solutions, wishes, files, phone numbers and the addresses of your mails go. It cannot be undone.',
  'privacy.kept': 'What stays, without your name',
  'privacy.kept.partners':
    'What partners were asked and answered; for what you ordered also the company and the addresses.',
  'privacy.kept.books': 'Payments, the use of credit, and invoices as they were issued, as the law demands.',
  'privacy.kept.complaints': 'What was written in complaints, with the files and how they ended.',
  'privacy.kept.company': 'What you sent for your company, for your colleagues.',
  'privacy.stillOpen': 'Your account can be erased once this is over:',
  'privacy.open.open_order': 'An order is on its way',
  'privacy.open.open_hold': 'Credit is held for a call',
  'privacy.open.open_call': 'A call is running',
  'privacy.open.open_complaint': 'A complaint is open',
  'privacy.open.open_top_up': 'A top-up is not settled yet:',
  'privacy.open.last_admin': 'Your company needs another admin first',
  'privacy.leftovers': 'You still have something',
  'privacy.leftoversText': 'Ask us to pay it back first, or give it up here.',
  'privacy.toCredits': 'Your credit',
  'privacy.giveUp': 'I give up',
  'privacy.credits': '{amount} credits',
  'privacy.endCompany': 'My company ends with my account: nobody else belongs to it',
  'privacy.endCompanyMissing':
    'Tick that your company ends, or invite somebody and make them an admin first.',
  'privacy.eraseNow': 'Erase the account for good',

  'errors.still_open': 'Something is still open: it is listed below.',
  'errors.credit_left': 'Tick all that you give up. The amounts may have changed since.',
} as const satisfies Words;
