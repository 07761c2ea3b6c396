import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';
import { refusals as solutionRefusals, type SolutionRefusal } from '#server/solutions/refusals.ts';

export const refusals = {
  solution_empty: [422, 'Add at least one line first'],
  one_vendor_per_order_line: [422, 'An order needs exactly one vendor per line'],
  specification_changed: [409, 'The solution has changed since you reviewed it'],
  deadline_past: [422, 'The deadline must be in the future'],
  line_not_of_enquiry: [422, 'That line is not part of this enquiry'],
  line_missing: [422, 'Every line needs an answer'],
  line_repeated: [422, 'Each line can be named only once'],
  confirm_changes_terms: [422, 'A confirmed line must be as asked; make an offer to change it'],
  line_confirmed: [422, 'A line that you have confirmed stays confirmed'],
  alternative_unknown: [422, 'That SKU is not among the offers of this vendor'],
  currency_not_supported: [422, 'This currency is not supported'],
  currency_mixed: [422, 'All prices of an answer must be in one currency'],
  validity_past: [422, 'The validity must end in the future'],
  decision_not_allowed: [422, 'This decision does not fit this kind of request'],
  deadline_over: [409, 'The deadline to answer has passed'],
  newer_answer: [409, 'A colleague has sent a newer answer'],
  enquiry_closed: [409, 'The buyer has decided; answers can no longer change'],
  quote_expired: [409, 'This quote has expired'],
  quote_superseded: [409, 'There is a newer version of this quote'],
  quote_declined: [409, 'This quote was declined'],
  line_already_accepted: [409, 'This line has already been accepted'],
  line_not_offered: [422, 'This line was not offered in that quote'],
  approval_waiting: [409, 'Lines of it wait for an approver in another acceptance'],
  approval_over: [409, 'This has been decided, or has ended'],
  own_approval: [403, 'Nobody approves what they asked for'],
  revision_not_possible: [409, 'It is too late to ask for a change'],
} as const satisfies RefusalTable;

/** Includes the refusals of solutions, because a request is checked for its solution's lines. */
export type RequestRefusal = keyof typeof refusals | SolutionRefusal;

export const { refuse, refuseField, titleOf } = refusalsOf({ ...solutionRefusals, ...refusals });
