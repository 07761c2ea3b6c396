import { readEmail } from '#server/platform/emails.ts';
import type { FieldError } from '#server/platform/errors.ts';
import { cleanLine } from '#server/platform/typed-text.ts';
import { emailError } from '../addresses/rules.ts';
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
  const wrongEmail = emailError(body.email);
  const errors = [
    ...(name ? [] : [{ path: 'name', code: 'required', message: 'is required' }]),
    ...(wrongEmail ? [wrongEmail] : []),
  ];
  return { registrant, errors };
}
