import type { Cookies } from '@sveltejs/kit';
import { isUuid } from '#server/common/ids.ts';
import type { Call } from '#lib/api/schema.d.ts';

const afterwardsMs = 10 * 60_000;

/** Returns whether pages still show a call: while it lives, and for ten minutes afterwards unless it was rated. */
export function isShown({ status, endedAt, serverNow, rating }: Call): boolean {
  if (status !== 'ended') return true;
  return rating === null && endedAt !== null && Date.parse(serverNow) - Date.parse(endedAt) < afterwardsMs;
}

/**
 * Set in a browser that has requested a call-back, whose call the agent starts. Its value is the id of the last call that
 * was dismissed there.
 */
const askedBackCookie = 'asked-back';
const askedBackDays = 28;

/** Returns whether a call that the agent started may be this browser's. */
export const looksForCalls = (cookies: Pick<Cookies, 'get'>): boolean =>
  cookies.get(askedBackCookie) !== undefined;

export const wasDismissed = (cookies: Pick<Cookies, 'get'>, callId: string): boolean =>
  cookies.get(askedBackCookie) === callId;

/** Makes the browser look for the call that answers its call-back request. */
export function lookForCalls(cookies: Pick<Cookies, 'set'>, dismissedCallId = 'none'): void {
  cookies.set(askedBackCookie, dismissedCallId, { path: '/', maxAge: askedBackDays * 86_400 });
}

/** Stops showing a call in this browser. */
export function dismissCall(cookies: Pick<Cookies, 'get' | 'set' | 'delete'>, callId: string): void {
  cookies.delete('call', { path: '/' });
  if (looksForCalls(cookies) && isUuid(callId)) lookForCalls(cookies, callId);
}
