import type { Words } from '#server/common/words.ts';

/** Logging in and out, and who one is. */
export const words = {
  'account.login': 'Log in',
  'account.loginText': 'Buyers, agents, partners and staff log in here. You can also buy without an account.',
  'account.refused': 'You could not be logged in',
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

  'errors.invalid_credentials': 'The e-mail address or the password is wrong.',
} as const satisfies Words;
