import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  credits_out_of_range: [422, 'A top-up is from 1.00 to 10000.00 credits'],
  currency_not_offered: [422, 'Credit is not sold in this currency'],
  method_not_offered: [422, 'This way to pay is not offered'],
  vat_id_not_valid: [422, 'This is not a VAT identification number'],
  other_currency: [422, 'The payment is in another currency than the top-up'],
  amount_not_payable: [422, 'An amount is above zero, without fractions of the smallest coin'],
  received_in_future: [422, 'The payment is of a day to come'],
  bank_reference_needed: [
    409,
    'A payment of the top-up counts already; name a further one by its bank reference',
  ],
  payment_counted: [409, 'This payment has been counted for another top-up or with another amount'],
  payment_reversed: [409, 'This payment was reversed'],
  top_up_by_card: [409, 'The top-up is paid by card, whose payments the provider tells of'],
  top_up_paid: [409, 'The top-up is paid'],
  nothing_received: [409, 'Nothing was received that buys credit'],
  top_up_refunded: [409, 'Credit of the top-up was refunded, so its price stays'],
  top_up_not_cancellable: [409, 'Something was received for the top-up, or is owed'],
  top_up_disputed: [409, 'The payment is disputed, so the bank decides about the money'],
  refund_too_high: [409, 'So much of its credit is not left, or is held'],
  statement_too_long: [422, 'Choose fewer days: a statement as PDF has at most 5000 entries'],
  prices_not_ascending: [422, 'Tiers begin at 1.00 credit and ascend'],
  price_too_small: [422, 'One credit costs less than the smallest coin'],
  prices_in_past: [422, 'Prices hold from today or a later day on'],
} as const satisfies RefusalTable;

export const { refuse, refuseField } = refusalsOf(refusals);
