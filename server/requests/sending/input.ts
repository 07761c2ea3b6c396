import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { isTimeZone } from '#server/common/zones.ts';
import type { FieldError } from '#server/platform/errors.ts';
import type { NewRequest } from './schema.ts';
import { refuse, titleOf } from '../refusals.ts';
import type { Delivery } from '../schema.ts';
import { cleanLine, cleanText } from '../text.ts';

/** The buyer's input for a request, cleaned and checked. */
export interface CheckedRequest {
  kind: 'quote' | 'order';
  contact: {
    name: string;
    email: string;
    phone: string | null;
    company: string | null;
    taxId: string | null;
  };
  delivery: Delivery;
  message: string;
  deadline: Date | null;
  timeZone: string | null;
}

const longestDeadlineMs = 366 * 86_400_000;

/** Cleans and checks the buyer's input. Refuses `invalid_input` or `deadline_past`, naming every wrong field. */
export function checkRequest(body: NewRequest, now: Date): CheckedRequest {
  const delivery = deliveryOf(body.delivery);
  const message = cleanText(body.message ?? '');
  const errors: FieldError[] = [];
  const contact = {
    name: cleanLine(body.contact.name),
    email: body.contact.email.trim(),
    phone: null as string | null,
    company: cleanLine(body.contact.company ?? '') || null,
    taxId: cleanLine(body.contact.taxId ?? '') || null,
  };
  if (!contact.name) errors.push({ path: 'contact.name', code: 'required', message: 'is required' });
  const phone = cleanLine(body.contact.phone ?? '');
  if (phone) {
    contact.phone = phoneNumber(phone, delivery.country);
    if (!contact.phone) errors.push({ path: 'contact.phone', code: 'format', message: phoneHint });
  }
  const deadline = body.deadline === undefined ? null : new Date(body.deadline);
  errors.push(...deadlineErrors(deadline, now));
  const timeZone = body.timeZone ?? null;
  if (timeZone !== null && !isTimeZone(timeZone)) {
    errors.push({ path: 'timeZone', code: 'format', message: 'is not the name of a time zone' });
  }
  if (errors.length > 0) {
    const onlyDeadline = errors.every((error) => error.code === 'deadline_past');
    throw refuse(onlyDeadline ? 'deadline_past' : 'invalid_input', { errors });
  }
  return { kind: body.kind, contact, delivery, message, deadline, timeZone };
}

const phoneHint = 'is not a possible phone number; write it with the country code, like +381 11 123 4567';

/** Returns E.164, or null for an impossible number. A national number is read as one of the delivery's country. */
function phoneNumber(typed: string, country: string | undefined): string | null {
  const code = country?.toUpperCase();
  const home = code && isSupportedCountry(code) ? code : undefined;
  const number = parsePhoneNumberFromString(typed, home);
  return number?.isValid() ? number.number : null;
}

/** Returns an error unless the deadline is in the future, at most a year ahead. */
export function deadlineErrors(deadline: Date | null, now: Date): FieldError[] {
  if (deadline === null) return [];
  const ahead = deadline.getTime() - now.getTime();
  if (Number.isNaN(ahead)) return [{ path: 'deadline', code: 'format', message: 'is not a time' }];
  if (ahead <= 0) return [{ path: 'deadline', code: 'deadline_past', message: titleOf('deadline_past') }];
  if (ahead <= longestDeadlineMs) return [];
  return [{ path: 'deadline', code: 'too_large', message: 'is more than a year ahead' }];
}

function deliveryOf(given: NewRequest['delivery']): Delivery {
  const { place = '', country = '', neededBy } = typeof given === 'string' ? { place: given } : (given ?? {});
  const cleaned = { place: cleanText(place), country: cleanLine(country) };
  return {
    ...(cleaned.place ? { place: cleaned.place } : {}),
    ...(cleaned.country ? { country: cleaned.country } : {}),
    ...(neededBy ? { neededBy } : {}),
  };
}
