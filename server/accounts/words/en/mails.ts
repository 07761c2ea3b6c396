import type { Words } from '#server/common/words.ts';

/** What mails about accounts say. */
export const words = {
  for: 'For {address}',
  'verify.subject': 'Confirm your e-mail address',
  'verify.lead':
    'Somebody, probably you, registered with Quoteline with this address. Confirm that it is yours.',
  'verify.action': 'Confirm the address',
  'verify.hint':
    'Opening the page changes nothing yet: you press a button there. The link works for 24 hours.',
  'verify.notYou': 'If it wasn’t you, do nothing: no account is made without this confirmation.',
  'known.subject': 'You already have an account',
  'known.lead':
    'Somebody, probably you, wanted to register with Quoteline with this address. It has an account already, which stays as it is.',
  'known.action': 'Log in',
  'known.hint': 'Log in with this address and the password of your account.',
  'known.notYou': 'If it wasn’t you, do nothing: nothing was changed.',
} as const satisfies Words;
