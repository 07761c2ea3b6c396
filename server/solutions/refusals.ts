import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  quantity_not_sellable: [422, 'This quantity is below the minimum or not a multiple of the pack size'],
  offer_not_of_product: [422, 'That offer is not for this product'],
  one_offer_per_vendor: [422, 'A line can ask each vendor only once'],
  no_vendor_to_ask: [422, 'Choose at least one vendor to ask'],
  vendor_not_reachable: [422, 'This vendor has no e-mail address and cannot be asked'],
  solution_sent: [409, 'This solution was sent and cannot be changed'],
  solution_full: [409, 'This solution has the maximum number of lines'],
  line_removed: [409, 'This line was removed'],
} as const satisfies RefusalTable;

export type SolutionRefusal = keyof typeof refusals;

export const { refuse, refuseField } = refusalsOf(refusals);
