import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  complaint_closed: [409, 'The complaint has been decided or withdrawn'],
  complaint_open: [409, 'An open complaint is about this already'],
  complaint_in_review: [409, 'The complaint is being reviewed already'],
  subject_not_over: [422, 'The call is still going on'],
  not_an_order: [422, 'Nothing of this enquiry is ordered'],
  vendor_needed: [422, 'Several partners offer this; say which one it is about'],
  not_refundable: [422, 'Only a charged support call is paid back in credit'],
  refund_exceeds_charge: [422, 'All refunds of a call together are at most its charge'],
} as const satisfies RefusalTable;

export type ComplaintRefusal = keyof typeof refusals;
export const { refuse, refuseField } = refusalsOf(refusals);
