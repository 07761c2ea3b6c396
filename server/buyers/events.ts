import { defineEvent } from '#server/platform/events.ts';
import { defineHook } from '#server/platform/hooks.ts';

/** The guest of a browser logs in with a buyer's account. */
export interface GuestLogin {
  /** The browser's buyer so far. */
  guestId: string;
  /** The account's. */
  buyerId: string;
  /** The account's e-mail address in lower case; null: nobody has proven it. */
  provenEmail: string | null;
  at: Date;
}

/**
 * Runs in the transaction of a login, with both buyers locked against changes of what they own. Each feature moves what
 * follows the guest into the account.
 */
export const guestLoggedIn = defineHook<GuestLogin>('buyers.guest-logged-in');

export const buyerMerged = defineEvent<{ guestId: string; buyerId: string }>('buyer.merged');
