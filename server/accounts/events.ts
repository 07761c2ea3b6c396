import { defineMail } from '#server/platform/mailing/template.ts';

/** Carries the link that proves an address. Its subject is a registration. */
export const verifyAddressMail = defineMail('verify-address', 'registration');

/** For a registration of an address that has an account. */
export const alreadyRegisteredMail = defineMail('already-registered', 'registration');
