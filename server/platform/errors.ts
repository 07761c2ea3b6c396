/** Every refusal the API can give: code -> status and English title. Screens find their own words by the code. */
export const refusals = {
  invalid_input: [422, 'Some fields need another look'],
  not_found: [404, 'There is nothing here'],
  link_not_valid: [404, 'This link is not valid'],
  forbidden: [403, 'Not allowed'],
  foreign_origin: [403, 'The request came from another site'],
  login_required: [401, 'Log in first'],
  invalid_credentials: [401, 'E-mail address or password is wrong'],
  too_many: [429, 'Too many requests, try again later'],
  too_large: [413, 'Too large'],
  unsupported_media_type: [415, 'Send JSON'],
  internal: [500, 'Something went wrong on our side'],
  unavailable: [503, 'Not available right now'],

  quantity_not_sellable: [422, 'This quantity is below the minimum or off the pack size'],
  offer_not_of_product: [422, 'That offer is not for this product'],
  one_offer_per_vendor: [422, 'A line asks each vendor once'],
  no_vendor_to_ask: [422, 'Choose at least one vendor to ask'],
  vendor_not_reachable: [422, 'This vendor has no e-mail address and cannot be asked'],
  solution_sent: [409, 'This solution was sent and stays as it is'],
  solution_full: [409, 'This solution has as many lines as it can hold'],
  line_removed: [409, 'This line was removed'],

  solution_empty: [422, 'Add at least one line first'],
  one_vendor_per_order_line: [422, 'An order asks exactly one vendor per line'],
  deadline_past: [422, 'The deadline must lie ahead'],
  idempotency_key_required: [422, 'The Idempotency-Key header is required'],
  idempotency_key_reused: [422, 'This Idempotency-Key was used for something else'],

  line_not_of_enquiry: [422, 'That line is not part of this enquiry'],
  line_missing: [422, 'Every line needs an answer'],
  line_repeated: [422, 'Each line is named once'],
  confirm_changes_terms: [422, 'A confirmed line stays as asked; offer a change instead'],
  alternative_unknown: [422, 'That SKU is not among the offers of this vendor'],
  currency_not_supported: [422, 'This currency is not supported'],
  currency_mixed: [422, 'All prices of an answer have one currency'],
  validity_past: [422, 'The validity must lie ahead'],
  decision_not_allowed: [422, 'This decision does not fit this kind of request'],
  deadline_over: [409, 'The time to answer is over'],
  enquiry_closed: [409, 'The buyer has decided; answers can no longer change'],

  quote_expired: [409, 'This quote has expired'],
  quote_superseded: [409, 'There is a newer version of this quote'],
  quote_declined: [409, 'This quote was declined'],
  line_already_accepted: [409, 'This line was accepted already'],
  line_not_offered: [422, 'This line was not offered in that quote'],
  nothing_to_accept: [422, 'Choose at least one line'],
  revision_not_possible: [409, 'A change can no longer be asked for'],

  calling_off: [503, 'Calls are not possible right now'],
  phone_not_valid: [422, 'Enter the whole number with its country prefix'],
  call_not_possible: [422, 'This number cannot be called from here'],
  agent_not_responsible: [422, 'That agent does not answer for this offer'],
  nobody_free: [409, 'Nobody is free to take the call'],
  call_in_progress: [409, 'You are in another call'],
  call_over: [409, 'The call is over'],
  call_not_yours_now: [409, 'This call is no longer with you'],
  wrap_up_extended: [409, 'The wrap-up was extended already'],
  wrap_up_over: [409, 'The wrap-up is over'],
  nothing_to_share: [409, 'The solution has no line for this vendor'],
  call_not_rateable: [409, 'Only a conversation can be rated, for seven days'],
  call_already_rated: [409, 'This call was rated already'],
  time_not_ahead: [422, 'The time must lie ahead, within the days offered'],
  call_back_closed: [409, 'This call-back request is closed'],
} as const satisfies Record<string, readonly [number, string]>;

export type RefusalCode = keyof typeof refusals;

export interface FieldError {
  /** Where: dotted path into the body ("lines.0.quantity"), or the name of a header or query field. */
  path: string;
  /** A stable word: a RefusalCode or a validation keyword such as "required", "format", "too_long". */
  code: string;
  message: string;
}

/** A refusal on its way out: an expected "no", never a bug. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly title: string;
  readonly errors: FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: RefusalCode,
    options: { detail?: string; errors?: FieldError[]; retryAfterSeconds?: number },
  ) {
    super(options.detail ?? refusals[code][1]);
    this.code = code;
    this.status = refusals[code][0];
    this.title = refusals[code][1];
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** `throw refuse('not_found')`. */
export function refuse(
  code: RefusalCode,
  options: { detail?: string; errors?: FieldError[]; retryAfterSeconds?: number } = {},
): Refusal {
  return new Refusal(code, options);
}

/** One wrong field: `throw refuseField('quantity', 'quantity_not_sellable')`. */
export function refuseField(path: string, code: RefusalCode, message: string = refusals[code][1]): Refusal {
  return new Refusal(code, { errors: [{ path, code, message }] });
}
