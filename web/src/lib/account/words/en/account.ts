import type { Words } from '#server/common/words.ts';

/** Registering, logging in and out, and who one is. */
export const words = {
  'account.login': 'Log in',
  'account.loginText': 'Buyers, agents, partners and staff log in here. You can also buy without an account.',
  'account.refused': 'You could not be logged in',
  'account.noAccount': 'No account yet?',
  'account.haveAccount': 'Do you have an account?',
  'account.register': 'Register',
  'account.registerAgain': 'Register again',
  'account.registerText':
    'An account is free and never needed to buy. It keeps your solutions and requests together in every browser.',
  'account.registerRefused': 'You could not be registered',
  'account.name': 'Full name',
  'account.company': 'Company',
  'account.emailHint': 'We send a link there. There is no account until you have used it.',
  'account.passwordHint': '8 to 128 characters of any kind. A few words in a row are good.',
  'account.lookAtMail': 'Look into your mailbox',
  'account.mailSent': 'We have sent a mail to {address}.',
  'account.openTheMail':
    'Open the link in it within 24 hours and press the button there. Then you are logged in.',
  'account.noMail': 'Nothing arrived within a few minutes? Look into the spam folder, and check the address.',
  'account.verify': 'Confirm your e-mail address',
  'account.verifyText':
    'One press confirms that the mailbox is yours. Then your account begins and you are logged in.',
  'account.verifyPasswordHint': 'The one you chose when you registered.',
  'account.verifyButton': 'Confirm and log in',
  'account.verifyRefused': 'The address could not be confirmed',
  'account.verifyWrongPassword':
    'The password is wrong. It is the one of the registration that this mail was sent for.',
  'account.linkGone': 'This link does not work any more',
  'account.verifyGone':
    'It is older than a day, or the address has been confirmed already. If it has, log in; otherwise register again.',
  'account.verified': 'Your address is confirmed, and you are logged in.',
  'account.joined': {
    one: '{count} request that was sent with this address is now in your account.',
    other: '{count} requests that were sent with this address are now in your account.',
  },
  'account.showRequests': 'Show the requests',
  'account.email': 'E-mail',
  'account.password': 'Password',
  'account.title': 'Your account',
  'account.loggedInAs': 'Logged in as',
  'account.role': 'Role',
  'account.language': 'Language',
  'account.logout': 'Log out',
  'account.loggedOut': 'You are logged out.',
  'account.roles.buyer': 'buyer',
  'account.roles.agent': 'agent of a partner',
  'account.roles.manager': 'manager of a partner',
  'account.roles.staff': 'staff',

  'errors.too_short': 'Use at least 8 characters.',
  'errors.password_too_common':
    'This is one of the passwords that guesses begin with. A few words in a row that say nothing about you are better.',
  'errors.invalid_credentials': 'The e-mail address or the password is wrong.',
} as const satisfies Words;
