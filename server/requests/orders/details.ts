import { countryCodeOf } from '#server/common/countries.ts';
import type { FieldError } from '#server/platform/errors.ts';
import type { RequestRow } from '../queries.ts';
import type { Address, OrderDetails } from '../schema.ts';
import { cleanLine, cleanText } from '#server/platform/typed-text.ts';

/** What vendors need to carry out an order, as typed. */
export interface TypedDetails {
  company?: string | undefined;
  delivery?: Address | undefined;
  billing?: Address | undefined;
}

/** Cleaned; empty fields are left out. */
export interface GivenDetails {
  company?: string;
  place?: string;
  country?: string;
  billing?: { place: string; country: string };
}

/**
 * Returns an address without control characters and without its empty fields, with the code of its country; with errors
 * if there is no such country. `path` names the address in them.
 */
export function readAddress(
  { place = '', country = '' }: Address,
  path: 'delivery' | 'billing',
): { address: Address; errors: FieldError[] } {
  const cleaned = { place: cleanText(place), country: cleanLine(country) };
  const code = countryCodeOf(cleaned.country);
  const address = {
    ...(cleaned.place ? { place: cleaned.place } : {}),
    ...(cleaned.country ? { country: code ?? cleaned.country } : {}),
  };
  const message = 'is not a country; give its two-letter code (ISO 3166-1), such as RS';
  const isWrong = cleaned.country !== '' && code === null;
  return { address, errors: isWrong ? [{ path: `${path}.country`, code: 'format', message }] : [] };
}

/** Returns the billing address; null if none is given; with errors if only half of it is, or of its country. */
export function readBilling(typed: Address | undefined): {
  billing: { place: string; country: string } | null;
  errors: FieldError[];
} {
  const { address, errors } = readAddress(typed ?? {}, 'billing');
  const { place = '', country = '' } = address;
  if (!place && !country) return { billing: null, errors: [] };
  return {
    billing: { place, country },
    errors: [...requiredErrors({ 'billing.place': place, 'billing.country': country }), ...errors],
  };
}

/** Returns an error for each field that is empty. */
export function requiredErrors(fields: Record<string, string | null | undefined>): FieldError[] {
  return Object.entries(fields)
    .filter(([, value]) => !value)
    .map(([path]) => ({ path, code: 'required', message: 'is required' }));
}

/**
 * Returns the buyer's company as a vendor may know it. `seesDetails`: whether the vendor is told the order details, which
 * have the company that the buyer gave with the acceptance.
 */
export function companyFor(
  { contactCompany, orderDetails }: Pick<RequestRow, 'contactCompany' | 'orderDetails'>,
  seesDetails: boolean,
): string | undefined {
  return contactCompany ?? (seesDetails ? orderDetails?.company : undefined);
}

type KnownDetails = Pick<RequestRow, 'contactCompany' | 'delivery' | 'billing' | 'orderDetails'>;

/** Returns who orders and where everything goes, as far as it is known. */
export function orderDetailsOf({
  contactCompany,
  delivery,
  billing,
  orderDetails,
}: KnownDetails): OrderDetails {
  const company = companyFor({ contactCompany, orderDetails }, true);
  const place = delivery?.place ?? orderDetails?.place;
  const country = delivery?.country ?? orderDetails?.country;
  const invoice = billing ?? orderDetails?.billing;
  const needed = { company, 'delivery.place': place, 'delivery.country': country };
  return {
    ...(company ? { company } : {}),
    delivery: { ...(place ? { place } : {}), ...(country ? { country } : {}) },
    ...(invoice ? { billing: invoice } : {}),
    missing: requiredErrors(needed).map(({ path }) => path),
  };
}

/** Returns what an acceptance adds to the details that are known; null if nothing. What is known stays. */
export function addedDetails(
  known: KnownDetails,
  typed: TypedDetails,
): { details: GivenDetails | null; errors: FieldError[] } {
  const before = orderDetailsOf(known);
  const { billing, errors: billingErrors } = readBilling(typed.billing);
  const delivery = readAddress(typed.delivery ?? {}, 'delivery');
  const given = { company: cleanLine(typed.company ?? ''), ...delivery.address };
  const added: GivenDetails = {
    ...(given.company && !before.company ? { company: given.company } : {}),
    ...(given.place && !before.delivery.place ? { place: given.place } : {}),
    ...(given.country && !before.delivery.country ? { country: given.country } : {}),
    ...(billing && !before.billing ? { billing } : {}),
  };
  const isNew = Object.keys(added).length > 0;
  const errors = [...delivery.errors, ...billingErrors];
  return { details: isNew ? { ...known.orderDetails, ...added } : null, errors };
}
