import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';
import { refusals as solutionRefusals, type SolutionRefusal } from '#server/solutions/refusals.ts';

export const refusals = {
  solution_empty: [422, 'Add at least one line first'],
  one_vendor_per_order_line: [422, 'An order asks exactly one vendor per line'],
  deadline_past: [422, 'The deadline must lie ahead'],
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
  revision_not_possible: [409, 'A change can no longer be asked for'],
} as const satisfies RefusalTable;

/** A request is refused for its solution's lines, too. */
export type RequestRefusal = keyof typeof refusals | SolutionRefusal;

export const { refuse, refuseField, titleOf } = refusalsOf({ ...solutionRefusals, ...refusals });
