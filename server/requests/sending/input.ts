import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { dayIn, isTimeZone, lastMoment } from '#server/common/zones.ts';
import { readEmail } from '#server/platform/emails.ts';
import type { FieldError } from '#server/platform/errors.ts';
import { isDay, isInstant } from '#server/platform/formats.ts';
import { readAddress, readBilling, requiredErrors } from '../orders/details.ts';
import { refuse, titleOf } from '../refusals.ts';
import type { Delivery } from '../schema.ts';
import { cleanLine, cleanText } from '#server/platform/typed-text.ts';
import type { NewRequest } from './schema.ts';

/** The buyer's input for a request, cleaned and checked. */
export interface CheckedRequest {
  kind: 'quote' | 'order';
  /** Null: the solution's name. */
  title: string | null;
  contact: {
    name: string;
    email: string;
    phone: string | null;
    company: string | null;
    taxId: string | null;
  };
  delivery: Delivery;
  /** Null: the same as the delivery. */
  billing: { place: string; country: string } | null;
  message: string;
  deadline: Date | null;
  timeZone: string | null;
}

const longestDeadlineMs = 366 * 86_400_000;

/**
 * Cleans and checks the buyer's input. Refuses `invalid_input` or `deadline_past`, naming every wrong field; an order
 * also needs the company and where to deliver.
 */
export function checkRequest(body: NewRequest, now: Date): CheckedRequest {
  const { contact, errors: contactErrors } = readContact(body);
  const { delivery, errors: deliveryErrors } = readDelivery(body.delivery);
  const { billing, errors: billingErrors } = readBilling(body.billing);
  const timeZone = body.timeZone ?? null;
  const hasZone = timeZone !== null && isTimeZone(timeZone);
  const { kind } = body;
  const needed = {
    'contact.company': contact.company,
    'delivery.place': delivery.place,
    'delivery.country': delivery.country,
  };
  const deadline =
    body.deadline === undefined ? null : readDeadline(body.deadline, hasZone ? timeZone : 'UTC');
  const errors = [
    ...contactErrors,
    ...(kind === 'order' ? requiredErrors(needed) : []),
    ...deliveryErrors,
    ...dayErrors(delivery.neededBy, dayIn(hasZone ? timeZone : westernmost, now)),
    ...billingErrors,
    ...deadlineErrors(deadline, now),
    ...(timeZone === null || hasZone
      ? []
      : [{ path: 'timeZone', code: 'format', message: 'is not the name of a time zone' }]),
  ];
  if (errors.length > 0) {
    const onlyDeadline = errors.every((error) => error.code === 'deadline_past');
    throw refuse(onlyDeadline ? 'deadline_past' : 'invalid_input', { errors });
  }
  const message = cleanText(body.message ?? '');
  const title = cleanLine(body.title ?? '') || null;
  return { kind, title, contact, delivery, billing, message, deadline, timeZone };
}

/** Returns the moment of a deadline; a day ends in that zone. An invalid date if it is neither. */
export function readDeadline(typed: string, timeZone: string): Date {
  if (isDay(typed)) return new Date(lastMoment(typed, timeZone) ?? NaN);
  return new Date(isInstant(typed) ? typed : NaN);
}

/** Where a day ends last. */
const westernmost = 'Etc/GMT+12';

function readContact(body: NewRequest): { contact: CheckedRequest['contact']; errors: FieldError[] } {
  const name = cleanLine(body.contact.name);
  const email = readEmail(body.contact.email);
  const typedPhone = cleanLine(body.contact.phone ?? '');
  const country = typeof body.delivery === 'string' ? undefined : body.delivery?.country;
  const phone = typedPhone ? readPhone(typedPhone, country) : null;
  const hasEmail = body.contact.email.trim() !== '';
  const errors = [
    ...requiredErrors({ 'contact.name': name, 'contact.email': hasEmail ? 'given' : '' }),
    ...(hasEmail && !email ? [formatError('contact.email', 'is not an e-mail address')] : []),
    ...(typedPhone && !phone ? [formatError('contact.phone', phoneHint)] : []),
  ];
  const company = cleanLine(body.contact.company ?? '') || null;
  const taxId = cleanLine(body.contact.taxId ?? '') || null;
  return { contact: { name, email: email ?? '', phone, company, taxId }, errors };
}

const phoneHint = 'is not a possible phone number; write it with the country code, like +381 11 123 4567';

const formatError = (path: string, message: string): FieldError => ({ path, code: 'format', message });

function dayErrors(neededBy: string | undefined, today: string): FieldError[] {
  if (neededBy === undefined) return [];
  if (!isDay(neededBy)) return [formatError('delivery.neededBy', 'is not a date')];
  if (neededBy >= today) return [];
  return [{ path: 'delivery.neededBy', code: 'day_past', message: 'is in the past' }];
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

function readDelivery(given: NewRequest['delivery']): { delivery: Delivery; errors: FieldError[] } {
  const { neededBy, ...typed }: Delivery = typeof given === 'string' ? { place: given } : (given ?? {});
  const { address, errors } = readAddress(typed, 'delivery');
  return { delivery: { ...address, ...(neededBy ? { neededBy } : {}) }, errors };
}

/**
 * Returns E.164, with ` ext. N` after it if an extension was typed; null for an impossible number. A national number is
 * read as one of that country. Takes numbers as documents and address books hold them, with invisible marks and dashes.
 */
function readPhone(typed: string, country: string | undefined): string | null {
  const plain = typed
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}|\u2212/gu, '-')
    .replace(/^\s*00(?=[1-9])/, '+');
  const code = country?.toUpperCase();
  const home = code && isSupportedCountry(code) ? code : undefined;
  const number = parsePhoneNumberFromString(plain, {
    ...(home ? { defaultCountry: home } : {}),
    extract: false,
  });
  // Possible, not valid: ranges that are not assigned yet (and those of demos) are numbers, too.
  if (!number?.isPossible()) return null;
  return number.ext ? `${number.number} ext. ${number.ext}` : number.number;
}
