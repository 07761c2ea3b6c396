import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  login: {
    summary: 'Log in with e-mail address and password',
    description:
      'Sets the cookie `session`. What this browser did as a guest joins the account. A wrong address and a wrong password are refused alike, as `invalid_credentials`. An account with a second factor needs `code`; without it the answer is 401 `second_factor_required` with the cookie `step`, with which `finishLogin` goes on.',
  },
  getSecondStep: {
    summary: 'How a login that waits for its second factor can be finished',
    description: 'By the cookie `step`. Refused as `login_step_over` after ten minutes.',
  },
  finishLogin: {
    summary: 'Finish a login with a code of the second factor',
    description:
      'By the cookie `step` of a `login` whose password was right. `code` is of the authenticator app, or a recovery code, each of which works once.',
  },
  startPasskeyLogin: {
    summary: 'Begin to finish a login with a passkey',
    description:
      'By the cookie `step`. Answers what `PublicKeyCredential.parseRequestOptionsFromJSON()` takes, for five minutes.',
  },
  finishLoginWithPasskey: {
    summary: 'Finish a login with a passkey',
    description:
      'By the cookie `step`. `credential`: what `toJSON()` of the browser’s `PublicKeyCredential` returns. Each challenge counts once.',
  },
  startPasskey: {
    summary: 'Begin to add a passkey',
    description:
      'Answers what `PublicKeyCredential.parseCreationOptionsFromJSON()` takes, for five minutes. Changes nothing until `addPasskey`.',
  },
  addPasskey: {
    summary: 'Add the passkey that the browser made',
    description:
      'The first factor of the account ends the sessions of all other browsers and answers recovery codes, which are not shown again.',
  },
  renamePasskey: { summary: 'Give a passkey another name' },
  removePasskey: { summary: 'Remove a passkey' },
  getTwoFactor: {
    summary: 'The second factors of the account',
  },
  startTwoFactor: {
    summary: 'Get a secret for an authenticator app',
    description: 'Changes nothing until `confirmTwoFactor`; for an hour the answer is the same.',
  },
  confirmTwoFactor: {
    summary: 'Make the authenticator app a second factor, with its first code',
    description:
      'Answers ten recovery codes, which are not shown again. Ends the sessions of all other browsers.',
  },
  endTwoFactor: {
    summary: 'Remove the authenticator app',
  },
  renewRecoveryCodes: {
    summary: 'Get new recovery codes',
    description: 'The former ones no longer work.',
  },
  logout: {
    summary: 'Log out',
    description:
      'Ends the session and gives the browser a fresh guest: nothing of the account can be seen in it afterwards.',
  },
  register: {
    summary: 'Register with an e-mail address and a password',
    description:
      'Always 202: the address gets a mail with a link that proves it, or, if it has an account, one that says so. There is no account before the proof.',
  },
  verifyAddress: {
    summary: 'Prove an e-mail address with the link from the mail',
    description:
      'Makes the account and sets the cookie `session`. Other registrations of the address end. What this browser did as a guest, and requests that guests sent with the address, move to the account. The password chosen at registration is required unless this is the browser that registered. The link of `changeEmail` gives the account the new address.',
  },
  requestPasswordReset: {
    summary: 'Mail a link to a new password',
    description: 'Always 202 for an e-mail address. One without an account gets no mail.',
  },
  resetPassword: {
    summary: 'Set a new password with the link from the mail',
    description: 'The link works once within an hour. All sessions of the account end.',
  },
  checkAccountLink: {
    summary: 'Whether the link of a mail still works',
    description:
      'Changes nothing. Refuses a link that was used, replaced or is too old, as `link_not_valid`. `asksPassword`: whether `verifyAddress` needs the password in this browser.',
  },
  changePassword: {
    summary: 'Change the password',
    description:
      'Ends the sessions of all other browsers. A wrong `current` is refused as `invalid_credentials`, together with what is wrong with the new one.',
  },
  updateProfile: {
    summary: 'Change name, company, language or currency',
  },
  listDeliveryAddresses: {
    summary: 'Where I have things delivered, the default first',
  },
  addDeliveryAddress: {
    summary: 'Add a delivery address',
    description: 'The first becomes the default. At most 20.',
  },
  updateDeliveryAddress: {
    summary: 'Change a delivery address, or make it the default',
  },
  removeDeliveryAddress: {
    summary: 'Remove a delivery address',
    description: 'If it was the default, the oldest one becomes it.',
  },
  getNotificationChoices: {
    summary: 'Which mails I get, of those that can be switched off',
  },
  setNotificationChoices: {
    summary: 'Switch mails on or off',
    description:
      'From now on. Mails that are switched off are listed as `suppressed`. Those that prove, confirm, or say what must not be missed are always sent.',
  },
  changeEmail: {
    summary: 'Change the e-mail address',
    description:
      'Always 202. The new address gets a mail with a link for `verifyAddress`; until it is used the present one stays. The former address then gets a link that undoes the change.',
  },
  undoEmailChange: {
    summary: 'Undo a change of the e-mail address with the link from the mail',
    description:
      'Within 7 days. Ends all sessions and the password, and mails a link to a new one to the former address.',
  },
  listSessions: {
    summary: 'The browsers in which the account is logged in',
  },
  endOtherSessions: {
    summary: 'Log all other browsers out',
  },
  endSession: {
    summary: 'Log one browser out',
  },
  exportMyData: {
    summary: 'A copy of all that is kept of me',
    description: 'One JSON document. Files are listed: `download` has their content.',
  },
  getErasure: {
    summary: 'What an erasure of the account would meet',
    description:
      'Changes nothing. `open`: why it can’t be erased yet. `leftovers`: credit and deposits, which are paid back or given up first.',
  },
  eraseAccount: {
    summary: 'Erase the account',
    description:
      'For good. Refused as `still_open`, naming in `errors` what is open: an order, a hold, a call, a complaint, a top-up, or the company’s last admin; its only person says by `endCompany` that the company ends. What is left of credit and money must be given up in `giveUp`, word for word, else `credit_left`. Partners, colleagues and the books keep what they need under a pseudonym.',
  },
  getMe: {
    summary: 'The account that is logged in',
  },
};
