import { defineEvent } from '#server/platform/events.ts';
import { defineHook } from '#server/platform/hooks.ts';

/** Runs in the transaction that opts a number (E.164) out of calls. */
export const numberOptedOut = defineHook<{ phone: string; at: Date }>('number.opted_out');

/** `number` is masked. */
export const callRefused = defineEvent<{
  reason: string;
  purpose: string;
  number: string;
  country: string | null;
  vendorId: number;
}>('call.refused');
export const callingStopped = defineEvent<{ reason: string }>('calling.stopped');
export const callingResumed = defineEvent<{ reason: string }>('calling.resumed');
/** Recorded if too few calls to this country were answered. */
export const countryClosed = defineEvent<{ country: string; until: string }>('calling.country_closed');
export const countryOpened = defineEvent<{ country: string }>('calling.country_opened');
export const phoneOptedOut = defineEvent<{ number: string }>('phone.opted_out');
export const phoneAllowed = defineEvent<{ number: string }>('phone.allowed');
