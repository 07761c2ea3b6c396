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

/** The proof that an e-mail address belongs to the person of a buyer's account. */
export interface AddressProof {
  /** The account's buyer. */
  buyerId: string;
  /** In lower case. */
  provenEmail: string;
  at: Date;
}

/** Lets features move what guests sent with an address into its owner's account, in the transaction of the proof. */
export const addressProven = defineHook<AddressProof>('buyers.address-proven');

export const buyerMerged = defineEvent<{ guestId: string; buyerId: string }>('buyer.merged');
