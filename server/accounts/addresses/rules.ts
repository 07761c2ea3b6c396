import { readEmail } from '#server/platform/emails.ts';
import type { FieldError } from '#server/platform/errors.ts';

const dayMs = 86_400_000;
const undoDays = 7;

/** Returns the time before which changes that nobody proved have expired. */
export const unprovenBefore = (now: Date): Date => new Date(now.getTime() - dayMs);

/** Returns the time before which changes that took effect can't be undone any more. */
export const finalBefore = (now: Date): Date => new Date(now.getTime() - undoDays * dayMs);

/** Returns what is wrong with a typed address, at the field `email`, or null. */
export function emailError(typed: string): FieldError | null {
  if (!typed.trim()) return { path: 'email', code: 'required', message: 'is required' };
  if (readEmail(typed) !== null) return null;
  return { path: 'email', code: 'format', message: 'is not an e-mail address' };
}
