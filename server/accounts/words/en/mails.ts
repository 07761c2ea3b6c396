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
    'Somebody, probably you, wanted to use this address for an account with Quoteline. It has an account already, which stays as it is.',
  'known.action': 'Log in',
  'known.hint': 'If you have forgotten the password, the same page leads to a new one.',
  'known.notYou': 'If it wasn’t you, do nothing: nothing was changed.',
  'change.subject': 'Confirm your new e-mail address',
  'change.lead':
    'Somebody, probably you, wants to use this address for their account with Quoteline. Confirm that it is yours.',
  'change.action': 'Confirm the address',
  'change.hint':
    'Opening the page changes nothing yet: you press a button there. The link works for 24 hours.',
  'change.notYou': 'If it wasn’t you, do nothing: the account keeps its former address.',
  'moved.subject': 'Your e-mail address was changed',
  'moved.lead':
    'Your account with Quoteline has another e-mail address now. You no longer log in with this one.',
  'moved.action': 'It wasn’t me: undo it',
  'moved.hint': 'Works for 7 days. It ends all sessions, and you set a new password.',
  'moved.notYou': 'If it was you, there is nothing to do.',
  'reset.subject': 'Set a new password',
  'reset.lead': 'Somebody, probably you, asked for a new password for the account of this address.',
  'reset.action': 'Set a new password',
  'reset.hint': 'Opening the page changes nothing yet. The link works once, within an hour.',
  'reset.notYou': 'If it wasn’t you, do nothing: the password stays as it is.',
  'changed.subject': 'Your password was changed',
  'changed.lead':
    'The password of your account was changed just now, and all other browsers were logged out.',
  'changed.action': 'It wasn’t me: set a new password',
  'changed.hint': 'If it was you, there is nothing to do.',
  'changed.notYou': 'You get this mail at every change of your password.',
  'appAdded.subject': 'Your second factor is on',
  'appAdded.lead':
    'An authenticator app was added to your account. From now on logging in takes a code of it, too; all other browsers were logged out.',
  'appRemoved.subject': 'Your authenticator app was removed',
  'appRemoved.lead': 'Your account no longer asks for a code of an authenticator app.',
  'passkeyAdded.subject': 'A passkey was added',
  'passkeyAdded.lead': 'Logins of your account can now be confirmed with a new passkey.',
  'passkeyRemoved.subject': 'A passkey was removed',
  'passkeyRemoved.lead': 'A passkey of your account no longer confirms logins.',
  'factorReset.subject': 'Your second factor was reset',
  'factorReset.lead':
    'Quoteline’s staff removed the authenticator app, the passkeys and the recovery codes of your account, and all browsers were logged out. Until you set up a new second factor, your password alone logs you in.',
  'codesRenewed.subject': 'You have new recovery codes',
  'codesRenewed.lead': 'New recovery codes were made for your account. The former ones no longer work.',
  'recoveryCodeUsed.subject': 'A recovery code was used',
  'recoveryCodeUsed.lead': {
    one: 'Somebody, probably you, logged in with a recovery code. {count} is left.',
    other: 'Somebody, probably you, logged in with a recovery code. {count} are left.',
  },
  'factor.action': 'It wasn’t me: set a new password',
  'factor.hint': 'Then log in, log all other browsers out, and look at your second factor.',
  'factor.notYou': 'You get this mail at every change of your second factor.',
  'erased.subject': 'Your account was erased',
  'erased.lead': 'Your account with Quoteline and what it held were erased just now. This cannot be undone.',
  'erased.kept': 'What stays, without your name',
  'erased.partners': 'With partners',
  'erased.partnersText':
    'What you asked and they answered. What you ordered keeps the company and the addresses.',
  'erased.books': 'In the books',
  'erased.booksText': 'Payments and the use of credit, and invoices as they were issued, as the law demands.',
  'erased.complaints': 'Complaints',
  'erased.complaintsText': 'What was written in them and how they ended.',
  'erased.backups': 'Backups',
  'erased.backupsText': 'They end by themselves within 36 days, and nothing of you comes back from them.',
  'erased.last': 'This is our last mail to you, and we now forget this address.',
} as const satisfies Words;
