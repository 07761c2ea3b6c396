import { defineEvent } from '#server/platform/events.ts';
import { defineHook } from '#server/platform/hooks.ts';

/** A login with a buyer's account in a browser used by a guest. */
export interface GuestLogin {
  /** The browser's buyer before the login. */
  guestId: string;
  /** The account's buyer. */
  buyerId: string;
  /** The account's e-mail address in lower case; null: not proven. */
  provenEmail: string | null;
  at: Date;
}

/** Lets features move a guest's data into the account, in the login's transaction. Both buyers are locked. */
export const guestLoggedIn = defineHook<GuestLogin>('buyers.guest-logged-in');

export const buyerMerged = defineEvent<{ guestId: string; buyerId: string }>('buyer.merged');
