import { defineEvent } from '#server/platform/events.ts';
import { defineMail } from '#server/platform/mailing/template.ts';

/** Carries the link that proves an address. Its subject is a registration. */
export const verifyAddressMail = defineMail('verify-address', 'registration');

/** For a registration of an address that has an account. */
export const alreadyRegisteredMail = defineMail('already-registered', 'registration');

/** Carries the link to a new password. Its subject is a request for one. */
export const passwordResetMail = defineMail('password-reset', 'password-reset');

/** Says that the password was changed. Its subject is the account. */
export const passwordChangedMail = defineMail('password-changed', 'account');

/** What was changed of an account's second factor. `left`: recovery codes that are unused. */
export type FactorChange =
  | { what: 'appAdded' | 'appRemoved' | 'passkeyAdded' | 'passkeyRemoved' | 'codesRenewed' | 'factorReset' }
  | { what: 'recoveryCodeUsed'; left: number };

/** Says what was changed of the second factor. Its subject is the account. */
export const secondFactorMail = defineMail<FactorChange>('second-factor', 'account');

/** Says, for the last time, that the account was erased and what of it stays. */
export const accountErasedMail = defineMail('account-erased', 'account');

export const accountErased = defineEvent('account.erased', 'account');

/** Carries the link that proves an account's new address. Its subject is the change. */
export const emailChangeMail = defineMail('email-change', 'email-change');

/** Says at the former address that it was changed, with a link that undoes it. */
export const emailChangedMail = defineMail('email-changed', 'email-change');
