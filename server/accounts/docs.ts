import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  login: {
    summary: 'Log in with e-mail address and password',
    description:
      'Sets the cookie `session`. What this browser did as a guest joins the account. A wrong address and a wrong password are refused alike, as `invalid_credentials`.',
  },
  logout: {
    summary: 'Log out',
    description:
      'Ends the session and gives the browser a fresh guest: nothing of the account can be seen in it afterwards.',
  },
  getMe: {
    summary: 'The account that is logged in',
  },
};
