import type { FieldError } from '#server/platform/errors.ts';

/** NIST SP 800-63B-4, 3.1.1.2: a length and nothing about which characters. */
const shortest = 8;
const longest = 128;

/** Returns what is wrong with a new password, or null. Characters are Unicode's. */
export function passwordError(path: string, password: string): FieldError | null {
  const { length } = Array.from(password);
  if (length === 0) return { path, code: 'required', message: 'is required' };
  if (length < shortest) return { path, code: 'too_short', message: `has fewer than ${shortest} characters` };
  if (length > longest) return { path, code: 'too_long', message: `has more than ${longest} characters` };
  return null;
}
