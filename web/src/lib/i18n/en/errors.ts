import type { RefusalCode } from '#server/platform/errors.ts';
import type { Words } from '../words.ts';

/** What each refusal of the service means to a person, and what to do about it. */
const refusals = {
  'errors.invalid_input': 'Some answers need a correction.',
  'errors.not_found': 'This is no longer here, or it is not open to you.',
  'errors.link_not_valid':
    'This link does not work. It may be incomplete, replaced by a newer one, or out of date. Use the link in the newest e-mail.',
  'errors.forbidden': 'You may not do this.',
  'errors.foreign_origin':
    'The request came from another site and was not carried out. Reload the page and try again.',
  'errors.login_required': 'Log in first.',
  'errors.invalid_credentials': 'The e-mail address or the password is wrong.',
  'errors.too_many': 'That was too much at once. Wait a minute, then try again.',
  'errors.too_large': 'This is too large. Send it in smaller parts.',
  'errors.unsupported_media_type': 'The service cannot read this kind of data.',
  'errors.internal': 'The fault is ours and has been recorded. Try again in a minute.',
  'errors.unavailable': 'This is not available right now. Try again in a minute.',
  'errors.quantity_not_sellable':
    'The partner does not sell this quantity: mind the smallest quantity and the pack size.',
  'errors.offer_not_of_product': 'This offer is not for this product. Reload the page and choose again.',
  'errors.one_offer_per_vendor': 'A line asks each partner once. Choose one offer of each.',
  'errors.no_vendor_to_ask': 'Choose at least one partner to ask.',
  'errors.vendor_not_reachable': 'This partner has no e-mail address here and cannot be asked.',
  'errors.solution_sent': 'This solution has been sent and stays as it is. Start a new one to change it.',
  'errors.solution_full': 'This solution holds as many lines as it can. Send it, or remove a line first.',
  'errors.line_removed': 'This line has been removed.',
  'errors.solution_empty': 'Add at least one line first.',
  'errors.one_vendor_per_order_line': 'An order asks exactly one partner for each line. Choose one.',
  'errors.deadline_past': 'Choose a time for the answers that lies ahead.',
  'errors.idempotency_key_required': 'The form was incomplete. Reload the page and send it again.',
  'errors.idempotency_key_reused':
    'This form has already been sent with other content. Reload the page to see what was sent.',
  'errors.line_not_of_enquiry': 'This line does not belong to this enquiry. Reload the page.',
  'errors.line_missing': 'Every line needs an answer: a price, another product, or a decline.',
  'errors.line_repeated': 'This line is answered twice. Reload the page.',
  'errors.confirm_changes_terms':
    'A confirmed line keeps the ordered price and quantity. To change them, choose “Offer a change”.',
  'errors.alternative_unknown':
    'None of your products here has this code. Check it, or describe the product in words.',
  'errors.currency_not_supported': 'Choose one of the offered currencies.',
  'errors.currency_mixed': 'Give all prices of an answer in one currency.',
  'errors.validity_past': 'Choose a day that lies ahead.',
  'errors.decision_not_allowed': 'This decision does not fit this kind of request.',
  'errors.deadline_over': 'The time to answer is over. You can ask the buyer for more time.',
  'errors.enquiry_closed': 'The buyer has decided, so the answer can no longer change.',
  'errors.quote_expired': 'This quote has expired. Ask the partner to renew it.',
  'errors.quote_superseded': 'The partner has sent a newer version of this quote. Look at it first.',
  'errors.quote_declined': 'This quote has been declined.',
  'errors.line_already_accepted': 'This line has already been accepted.',
  'errors.line_not_offered': 'This line is not offered in that quote.',
  'errors.nothing_to_accept': 'Choose at least one line.',
  'errors.revision_not_possible': 'A change can no longer be asked for.',
} as const satisfies Record<`errors.${RefusalCode}`, string>;

export const errors = {
  ...refusals,
  'errors.other': 'This could not be done. Reload the page and try again.',
  'errors.unreachable': 'The service did not answer. Check the connection and try again.',
  'field.required': 'Fill in this field.',
  'field.format': 'Check the form of this entry.',
  'field.format.email': 'Enter an e-mail address, for example name@company.com.',
  'field.format.deadline': 'Enter a date and a time.',
  'field.format.validUntil': 'Enter a date.',
  'field.format.amount': 'Enter an amount, for example 12.50.',
  'field.format.phone': 'Enter a phone number with its country code, for example +44 20 7946 0123.',
  'field.wrong_type': 'Check this entry.',
  'field.wrong_type.quantity': 'Enter a whole number.',
  'field.wrong_type.leadTimeDays': 'Enter a whole number of days.',
  'field.not_allowed': 'Choose one of the offered values.',
  'field.too_long': 'This is too long. Shorten it.',
  'field.too_small': 'This number is too small.',
  'field.too_large': 'This number is too large.',
  'field.too_few': 'Choose at least one.',
  'field.too_many_items': 'These are too many. Leave some out.',
  'field.other': 'Check this entry.',
} as const satisfies Words;
