import { readEmail } from '#server/platform/emails.ts';
import type { FieldError } from '#server/platform/errors.ts';
import { cleanLine } from '#server/platform/typed-text.ts';
import type { RegisterBody } from '../schema.ts';

const hourMs = 3_600_000;
/** How long the link of a registration works. */
const validMs = 24 * hourMs;

/** Returns the time before which registrations have expired. */
export const expiredBefore = (now: Date): Date => new Date(now.getTime() - validMs);

/** What a person typed to register, cleaned. */
export interface Registrant {
  name: string;
  /** In lower case. */
  email: string;
  company: string | null;
}

/** Cleans what was typed, and names every wrong field. */
export function readRegistrant(body: RegisterBody): { registrant: Registrant; errors: FieldError[] } {
  const name = cleanLine(body.name);
  const email = readEmail(body.email);
  const registrant = {
    ...{ name, email: email?.toLowerCase() ?? '' },
    company: cleanLine(body.company ?? '') || null,
  };
  const errors = [
    ...(name ? [] : [required('name')]),
    ...(body.email.trim() ? [] : [required('email')]),
    ...(body.email.trim() && !email
      ? [{ path: 'email', code: 'format', message: 'is not an e-mail address' }]
      : []),
  ];
  return { registrant, errors };
}

const required = (path: string): FieldError => ({ path, code: 'required', message: 'is required' });
